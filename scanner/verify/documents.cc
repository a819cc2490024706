// What has a form and no check digit: document numbers, phone numbers in
// national form, coordinates, host names.

#include <algorithm>
#include <string>
#include <string_view>

#include "scanner/verify/checks.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

// The number of `text`, as -12.3456; false where it is none, or has fewer than
// `decimals` digits behind the point.
bool ReadDegrees(std::string_view text, std::size_t decimals, double* degrees) {
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos || dot == 0 || dot > 3) return false;
  const std::string_view fraction = text.substr(dot + 1);
  if (fraction.size() < decimals || fraction.size() > 20 ||
      !All(text.substr(0, dot), IsDigit) || !All(fraction, IsDigit)) {
    return false;
  }
  double number = 0;
  for (const char c : text.substr(0, dot)) number = number * 10 + (c - '0');
  double place = 1;
  for (const char c : fraction) number += (c - '0') * (place /= 10);
  *degrees = minus ? -number : number;
  return true;
}

}  // namespace

// A passport's or a licence's number: at least four digits, no word, no date.
Validation CheckDocumentNumber(std::string_view value) {
  const std::size_t digits = Count(value, IsDigit);
  if (digits < 4 || value.size() < 6) return kRejected;
  const bool date = value.size() == 10 && digits == 8 && value[4] == value[7] &&
                    !IsAlnum(value[4]);
  return AcceptIf(!date && Distinct(value) > 2);
}

// A pair with at least three digits behind each point: 110 m or finer.
Validation CheckCoordinates(std::string_view value) {
  const auto is_part = [](char c) {
    return IsDigit(c) || c == '.' || c == '-' || c == '+';
  };
  std::size_t at = 0;
  double parts[2] = {};
  for (double& part : parts) {
    while (at < value.size() && !IsDigit(value[at]) &&
           !(value[at] == '-' && at + 1 < value.size() &&
             IsDigit(value[at + 1]))) {
      ++at;
    }
    const std::size_t begin = at;
    while (at < value.size() && is_part(value[at])) ++at;
    if (!ReadDegrees(value.substr(begin, at - begin), 3, &part)) {
      return kRejected;
    }
  }
  const auto within = [](double degrees, double limit) {
    return degrees >= -limit && degrees <= limit;
  };
  const bool ordered = within(parts[0], 90) && within(parts[1], 180);
  const bool swapped = within(parts[0], 180) && within(parts[1], 90);
  if (!ordered && !swapped) return kRejected;
  if (parts[0] == 0 && parts[1] == 0) return Filler("no place: 0, 0");
  return kAccepted;
}

Validation CheckDegrees(std::string_view value) {
  double degrees = 0;
  if (!ReadDegrees(value, 3, &degrees) || degrees < -180 || degrees > 180) {
    return kRejected;
  }
  return degrees == 0 ? Filler("no place: 0") : kAccepted;
}

// RFC 1123: labels of letters, digits and '-', the last one of letters.
Validation CheckHostName(std::string_view value) {
  const std::size_t dot = value.rfind('.');
  if (dot == std::string_view::npos || value.size() > 253) return kRejected;
  if (!All(value.substr(dot + 1), IsAlpha)) return kRejected;
  for (std::string_view rest = value; !rest.empty();) {
    const std::size_t end = std::min(rest.find('.'), rest.size());
    const std::string_view label = rest.substr(0, end);
    if (label.empty() || label.size() > 63 || label.front() == '-' ||
        label.back() == '-') {
      return kRejected;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  const std::string_view top = value.substr(dot + 1);
  if (EqualCaseless(top, "local") || EqualCaseless(top, "localdomain") ||
      EqualCaseless(top, "internal") || EqualCaseless(top, "lan")) {
    return Filler("a name within one network");
  }
  return kAccepted;
}

}  // namespace logspill
