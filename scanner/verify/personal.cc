// RFC 5321 (mail), ITU-T E.164 (phone), SSA POMS RM 10201 (SSN), IRS (ITIN).

#include <algorithm>
#include <cstdint>
#include <string>

#include "scanner/verify/checks.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

// Endings of file names and systemd units that look like a top-level domain
// and are none.
constexpr std::string_view kNoDomain[] = {
    "bmp",    "class", "cpp",  "css",       "csv",  "dll",     "exe",
    "gif",    "gz",    "html", "ico",       "jar",  "java",    "jpeg",
    "jpg",    "js",    "json", "jsx",       "lock", "log",     "mount",
    "path",   "pdf",   "php",  "png",       "scss", "service", "slice",
    "socket", "svg",   "swap", "target",    "tgz",  "timer",   "toml",
    "ts",     "tsx",   "txt",  "webp",      "whl",  "xml",     "yaml",
    "yml",    "scope", "conf", "automount",
};

// RFC 2606 and RFC 6761: names that reach nobody.
constexpr std::string_view kReserved[] = {"example", "invalid", "localhost",
                                          "test"};

constexpr std::size_t kMaxAddress = 254;  // RFC 5321, erratum 1690
constexpr std::size_t kMaxLocalPart = 64;

bool IsLabel(std::string_view label) {
  if (label.empty() || label.size() > 63) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return All(label, [](char c) { return IsAlnum(c) || c == '-'; });
}

bool AreLabels(std::string_view domain) {
  while (true) {
    const std::size_t dot = domain.find('.');
    if (!IsLabel(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

bool IsOneOf(std::string_view text, const std::string_view* begin,
             const std::string_view* end) {
  return std::any_of(
      begin, end, [&](std::string_view w) { return EqualCaseless(text, w); });
}

// Country code, and how many digits follow it.
struct Ssn {
  int area = 0;
  int group = 0;
  int serial = 0;
};

// nnn-nn-nnnn, or the digits alone.
bool ParseSsn(std::string_view value, Ssn* ssn) {
  std::string digits;
  for (const char c : value) {
    if (IsDigit(c)) digits.push_back(c);
  }
  const bool form = value.size() == 9 ||
                    (value.size() == 11 && value[3] == '-' && value[6] == '-');
  if (!form || digits.size() != 9) return false;
  ssn->area =
      (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + digits[2] - '0';
  ssn->group = (digits[3] - '0') * 10 + digits[4] - '0';
  ssn->serial = std::stoi(digits.substr(5));
  return true;
}

}  // namespace

Validation CheckEmail(std::string_view value) {
  const std::size_t at = value.rfind('@');
  if (at == std::string_view::npos || value.size() > kMaxAddress) {
    return kRejected;
  }
  const std::string_view local = value.substr(0, at);
  const std::string_view domain = value.substr(at + 1);
  if (local.empty() || local.size() > kMaxLocalPart || local.back() == '.' ||
      local.front() == '.' || local.find("..") != std::string_view::npos) {
    return kRejected;
  }
  const std::size_t dot = domain.rfind('.');
  if (dot == std::string_view::npos || !AreLabels(domain)) return kRejected;
  const std::string_view top = domain.substr(dot + 1);
  if (top.size() < 2 || !All(top, IsAlpha) ||
      IsOneOf(top, std::begin(kNoDomain), std::end(kNoDomain))) {
    return kRejected;
  }
  if (IsOneOf(top, std::begin(kReserved), std::end(kReserved))) {
    return Filler("reserved domain (RFC 2606)");
  }
  return kAccepted;
}

Validation CheckSsn(std::string_view value) {
  Ssn ssn;
  if (!ParseSsn(value, &ssn)) return kRejected;
  if (ssn.area == 0 || ssn.area == 666 || ssn.area >= 900 || ssn.group == 0 ||
      ssn.serial == 0) {
    return kRejected;
  }
  // Printed on a sample card and in a pamphlet; never valid since.
  if ((ssn.area == 78 && ssn.group == 5 && ssn.serial == 1120) ||
      (ssn.area == 219 && ssn.group == 9 && ssn.serial == 9999) ||
      (ssn.area == 123 && ssn.group == 45 && ssn.serial == 6789)) {
    return Filler("a number known from print");
  }
  return kAccepted;
}

Validation CheckItin(std::string_view value) {
  Ssn ssn;
  if (!ParseSsn(value, &ssn) || ssn.area < 900) return kRejected;
  const int group = ssn.group;
  return AcceptIf((group >= 50 && group <= 65) ||
                  (group >= 70 && group <= 88) ||
                  (group >= 90 && group <= 92) || group >= 94);
}

}  // namespace logspill
