// Telephone numbers: libphonenumber knows the numbering plans.

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

#include <algorithm>
#include <bitset>
#include <set>
#include <string>

#include "scanner/verify/checks.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr std::uint32_t kNorthAmerica = 1;

// What the library has to say would hold the number.
class Silence : public i18n::phonenumbers::Logger {
 public:
  void WriteMessage(const std::string& /*message*/) override {}
};

// The calling codes, by number.
using Codes = std::bitset<1000>;

struct Plans {
  const PhoneNumberUtil* library;
  Codes codes;
};

// Reads the tables when the first number is seen; safe from any thread.
const Plans& AllPlans() {
  static const Plans* const plans = [] {
    PhoneNumberUtil* library = PhoneNumberUtil::GetInstance();
    library->SetLogger(new Silence);  // which it owns
    std::set<int> known;
    library->GetSupportedCallingCodes(&known);
    auto* made = new Plans{library, {}};
    for (const int code : known)
      made->codes.set(static_cast<std::size_t>(code));
    return made;
  }();
  return *plans;
}

// Area and exchange codes of North America begin with 2-9, and N11 is a service.
bool IsAmerican(std::string_view national) {
  return national.size() == 10 && national[0] >= '2' && national[3] >= '2' &&
         national.substr(1, 2) != "11" && national.substr(4, 2) != "11";
}

// Whether the country's numbers can be so long.  The ranges that it has given
// out are not looked at: that takes 15 us, and a log may be full of numbers.
Validation Check(std::uint32_t code, std::string_view national) {
  if (code == kNorthAmerica) {
    if (!IsAmerican(national)) return kRejected;
    if (national.substr(3, 5) == "55501") {
      return Filler("number kept for fiction");
    }
  }
  const std::size_t zeros =
      std::min(national.find_first_not_of('0'), national.size());
  PhoneNumber number;
  number.set_country_code(static_cast<int>(code));
  number.set_national_number(std::stoull(std::string(national)));
  if (zeros > 0) {
    number.set_italian_leading_zero(true);
    number.set_number_of_leading_zeros(static_cast<int>(zeros));
  }
  return AcceptIf(AllPlans().library->IsPossibleNumberWithReason(number) ==
                  PhoneNumberUtil::IS_POSSIBLE);
}

std::string DigitsOf(std::string_view value) {
  std::string digits;
  for (const char c : value) {
    if (IsDigit(c)) digits.push_back(c);
  }
  return digits;
}

}  // namespace

Validation CheckPhone(std::string_view value) {
  const std::string text = DigitsOf(value);
  const std::string_view digits = text;
  if (!value.starts_with('+') || digits.size() < 7 || digits.size() > 15) {
    return kRejected;
  }
  // No code is the begin of another.
  std::uint32_t code = 0;
  for (std::size_t size = 1; size <= 3; ++size) {
    code = code * 10 + static_cast<std::uint32_t>(digits[size - 1] - '0');
    if (AllPlans().codes[code]) return Check(code, digits.substr(size));
  }
  return kRejected;
}

Validation CheckNanpPhone(std::string_view value) {
  const std::string text = DigitsOf(value);
  std::string_view digits = text;
  if (digits.size() == 11 && digits[0] == '1') digits.remove_prefix(1);
  return digits.size() == 10 ? Check(kNorthAmerica, digits) : kRejected;
}

// 9-12 digits behind a word that says phone; of which country is not known.
Validation CheckNationalPhone(std::string_view value) {
  const std::string digits = DigitsOf(value);
  if (digits.size() < 9 || digits.size() > 12 || Distinct(digits) < 3) {
    return kRejected;
  }
  // A moment in seconds since 1970, as logs print it.
  if (value.size() == 10 && digits.size() == 10 &&
      (value.starts_with("15") || value.starts_with("16") ||
       value.starts_with("17"))) {
    return kRejected;
  }
  return kAccepted;
}

}  // namespace logspill
