// ISO/IEC 7812 (cards), the ISO 13616 registry (IBAN), the ABA's routing number
// policy, Bitcoin's address forms, EIP-55.

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>

#include "scanner/verify/checks.h"
#include "scanner/verify/checksum.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

// A range of first six digits, and the lengths that its issuer uses.
struct Brand {
  std::uint32_t from;
  std::uint32_t to;
  std::uint8_t min;
  std::uint8_t max;
};

constexpr Brand kBrands[] = {
    {400000, 499999, 16, 16},                            // Visa
    {400000, 499999, 13, 13},                            // Visa, before 1990
    {400000, 499999, 19, 19}, {510000, 559999, 16, 16},  // Mastercard
    {222100, 272099, 16, 16}, {340000, 349999, 15, 15},  // American Express
    {370000, 379999, 15, 15}, {601100, 601199, 16, 19},  // Discover
    {644000, 659999, 16, 19}, {352800, 358999, 16, 19},  // JCB
    {300000, 305999, 14, 19},                            // Diners Club
    {309500, 309599, 14, 19}, {360000, 369999, 14, 19},
    {380000, 399999, 14, 19}, {620000, 629999, 16, 19},  // UnionPay
    {810000, 817199, 16, 19}, {500000, 509999, 16, 19},  // Maestro
    {560000, 589999, 16, 19}, {220000, 220499, 16, 19},  // Mir
};

// Numbers that payment providers publish for tests.
constexpr std::string_view kTestCards[] = {
    "4111111111111111", "4012888888881881", "4242424242424242",
    "4000056655665556", "5555555555554444", "5105105105105100",
    "2223003122003222", "378282246310005",  "371449635398431",
    "6011111111111117", "6011000990139424", "30569309025904",
    "38520000023237",   "3530111333300000", "3566002020360505",
    "4222222222222",    "5200828282828210", "6200000000000005",
    "378734493671000",  "4917610000000000", "3056930009020004",
};

struct IbanCountry {
  char code[3];
  std::uint8_t size;
};

// IBAN registry, sorted by code.
constexpr IbanCountry kIbanCountries[] = {
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20},
    {"BE", 16}, {"BG", 22}, {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28},
    {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DJ", 27},
    {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18},
    {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23},
    {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28},
    {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26}, {"IT", 27}, {"JO", 30},
    {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20},
    {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22},
    {"MK", 19}, {"MN", 20}, {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28},
    {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24}, {"PL", 28}, {"PS", 29},
    {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24},
    {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27},
    {"SO", 23}, {"ST", 25}, {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26},
    {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20}, {"YE", 30},
};

std::string DigitsOf(std::string_view value) {
  std::string digits;
  std::copy_if(value.begin(), value.end(), std::back_inserter(digits), IsDigit);
  return digits;
}

bool HasBrand(std::string_view digits) {
  std::uint32_t prefix = 0;
  for (const char c : digits.substr(0, 6)) {
    prefix = prefix * 10 + static_cast<std::uint32_t>(c - '0');
  }
  return std::any_of(std::begin(kBrands), std::end(kBrands),
                     [&](const Brand& b) {
                       return prefix >= b.from && prefix <= b.to &&
                              digits.size() >= b.min && digits.size() <= b.max;
                     });
}

}  // namespace

Validation CheckCard(std::string_view value) {
  const std::string digits = DigitsOf(value);
  if (digits.size() < 13 || digits.size() > 19 || !HasBrand(digits) ||
      !LuhnHolds(digits)) {
    return kRejected;
  }
  if (std::find(std::begin(kTestCards), std::end(kTestCards), digits) !=
      std::end(kTestCards)) {
    return Filler("a published test card");
  }
  // One counter in ten passes Luhn; few cards have so many digits.
  if (digits.size() >= 17 && value.size() == digits.size()) {
    return Lowered("a bare number of 17 to 19 digits is rarely a card");
  }
  return kAccepted;
}

Validation CheckIban(std::string_view value) {
  std::string compact;
  for (const char c : value) {
    if (c != ' ') compact.push_back(c);
  }
  const std::string_view code = std::string_view(compact).substr(0, 2);
  const auto* const country = std::find_if(
      std::begin(kIbanCountries), std::end(kIbanCountries),
      [&](const IbanCountry& c) { return code == std::string_view(c.code); });
  if (country == std::end(kIbanCountries) || compact.size() != country->size) {
    return kRejected;
  }
  return AcceptIf(Mod97Holds(compact));
}

Validation CheckAba(std::string_view value) {
  if (value.size() != 9 || !All(value, IsDigit)) return kRejected;
  const int district = (value[0] - '0') * 10 + (value[1] - '0');
  const bool issued = (district <= 12) || (district >= 21 && district <= 32) ||
                      (district >= 61 && district <= 72) || district == 80;
  constexpr int kWeights[] = {3, 7, 1, 3, 7, 1, 3, 7, 1};
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += kWeights[i] * (value[i] - '0');
  return AcceptIf(issued && sum != 0 && sum % 10 == 0);
}

Validation CheckBitcoin(std::string_view value) {
  if (value.size() > 3 && EqualCaseless(value.substr(0, 3), "bc1")) {
    return AcceptIf(Bech32Holds(value));
  }
  if (!MayBeBase58(value, "13")) return kRejected;
  const auto payload = DecodeBase58Check(value);
  if (!payload || payload->size() != 21) return kRejected;
  const char version = payload->front();
  return AcceptIf(version == 0x00 || version == 0x05);
}

Validation CheckEip55(std::string_view value) {
  if (value.size() != 42 || value.substr(0, 2) != "0x") return kRejected;
  const std::string_view hex = value.substr(2);
  if (!All(hex, IsHex)) return kRejected;
  if (Distinct(hex) < 6) return Filler("a constant address");
  const bool upper = std::any_of(hex.begin(), hex.end(), IsUpper);
  const bool lower = std::any_of(hex.begin(), hex.end(), IsLower);
  if (!upper || !lower) return Lowered("no checksum: letters of one case");
  std::string folded(hex);
  std::transform(folded.begin(), folded.end(), folded.begin(), ToLower);
  const auto hash = Keccak256(folded);
  for (std::size_t i = 0; i < hex.size(); ++i) {
    if (!IsAlpha(hex[i])) continue;
    const int nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;
    if (IsUpper(hex[i]) != (nibble >= 8)) {
      return Lowered("the mixed-case checksum (EIP-55) does not hold");
    }
  }
  return kAccepted;
}

}  // namespace logspill
