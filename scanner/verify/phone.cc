// Telephone numbers: libphonenumber knows the numbering plans.

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>

#include <string>

#include "scanner/verify/checks.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

constexpr int kNorthAmerica = 1;

// What the library has to say would hold the number.
class Silence : public i18n::phonenumbers::Logger {
 public:
  void WriteMessage(const std::string& /*message*/) override {}
};

// Reads its tables when the first number is seen; safe from any thread.
const PhoneNumberUtil& Plans() {
  static const PhoneNumberUtil* const plans = [] {
    PhoneNumberUtil* made = PhoneNumberUtil::GetInstance();
    made->SetLogger(new Silence);  // which it owns
    return made;
  }();
  return *plans;
}

// `region`: where a number without '+' is dialled; "ZZ" is nowhere.
Validation CheckIn(const char* region, std::string_view value) {
  PhoneNumber number;
  const PhoneNumberUtil& plans = Plans();
  if (plans.Parse(std::string(value), region, &number) !=
      PhoneNumberUtil::NO_PARSING_ERROR) {
    return kRejected;
  }
  std::string national;
  plans.GetNationalSignificantNumber(number, &national);
  const bool american = number.country_code() == kNorthAmerica;
  if (american && national.size() == 10 && national.substr(3, 5) == "55501") {
    return Filler("number kept for fiction");
  }
  if (plans.IsValidNumber(number)) return kAccepted;
  if (plans.IsPossibleNumberWithReason(number) !=
      PhoneNumberUtil::IS_POSSIBLE) {
    return kRejected;
  }
  // Area and exchange codes of North America begin with 2-9, and N11 is a
  // service.
  if (american &&
      (national[0] < '2' || national[3] < '2' ||
       national.substr(1, 2) == "11" || national.substr(4, 2) == "11")) {
    return kRejected;
  }
  return Lowered("of a range that its country has not given out");
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
  const std::string digits = DigitsOf(value);
  if (!value.starts_with('+') || digits.size() < 7 || digits.size() > 15) {
    return kRejected;
  }
  return CheckIn("ZZ", value);
}

Validation CheckNanpPhone(std::string_view value) {
  return CheckIn("US", value);
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
