// ISO 9362 (BIC), ISO 6166 (ISIN), ISO 17442 (LEI), Banco de Mexico (CLABE),
// and the base58check addresses of coins beside Bitcoin.

#include <array>
#include <string_view>

#include "scanner/verify/checksum.h"
#include "scanner/verify/digits.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

// ISO 3166-1 alpha-2, and XK as SWIFT uses it.
constexpr std::string_view kCountries =
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZ"
    "CACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFO"
    "FRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJE"
    "JMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMO"
    "MPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPW"
    "PYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTKTLTM"
    "TNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

bool IsCountry(std::string_view code) {
  for (std::size_t i = 0; i < kCountries.size(); i += 2) {
    if (kCountries.substr(i, 2) == code) return true;
  }
  return false;
}

}  // namespace

Validation CheckBic(std::string_view value) {
  if (value.size() != 8 && value.size() != 11) return kRejected;
  if (!All(value.substr(0, 6), IsUpper) || !All(value, IsAlnum)) {
    return kRejected;
  }
  // The second byte of the location: 0 marks a BIC for tests.
  if (value[7] == '0') return Filler("a test BIC");
  return AcceptIf(IsCountry(value.substr(4, 2)));
}

// Luhn over the digits, where each letter counts as two of them.
Validation CheckIsin(std::string_view value) {
  if (value.size() != 12 || !All(value, IsAlnum)) return kRejected;
  const std::string_view code = value.substr(0, 2);
  if (!IsCountry(code) && code != "XS" && code != "EU") return kRejected;
  std::array<char, 24> digits{};
  std::size_t size = 0;
  for (const char c : value) {
    if (IsLower(c)) return kRejected;
    if (IsDigit(c)) {
      digits[size++] = c;
      continue;
    }
    digits[size++] = static_cast<char>('0' + (c - 'A' + 10) / 10);
    digits[size++] = static_cast<char>('0' + (c - 'A' + 10) % 10);
  }
  return AcceptIf(LuhnHolds(std::string_view(digits.data(), size)));
}

Validation CheckLei(std::string_view value) {
  if (value.size() != 20 || !All(value, IsAlnum)) return kRejected;
  int rest = 0;
  for (const char c : value) {
    if (IsLower(c)) return kRejected;
    rest = IsDigit(c) ? (rest * 10 + (c - '0')) % 97
                      : (rest * 100 + (c - 'A' + 10)) % 97;
  }
  return AcceptIf(rest == 1 && IsDigit(value[18]) && IsDigit(value[19]));
}

Validation CheckClabe(std::string_view value) {
  const Digits d(value);
  if (d.size() != 18) return kRejected;
  int sum = 0;
  for (std::size_t i = 0; i < 17; ++i) {
    constexpr int kWeights[] = {3, 7, 1};
    sum += d[i] * kWeights[i % 3] % 10;
  }
  return Proved((10 - sum % 10) % 10 == d[17], d);
}

// Versions: Litecoin, Dogecoin, Dash, Tron, Zcash (two bytes).
Validation CheckBase58Check(std::string_view value) {
  constexpr std::string_view kVersions("\x30\x32\x1e\x16\x4c\x10\x41\x1c", 8);
  if (!MayBeBase58(value, "LM3DX7T9At")) return kRejected;
  const auto payload = DecodeBase58Check(value);
  if (!payload || payload->size() < 21 || payload->size() > 22) {
    return kRejected;
  }
  return AcceptIf(kVersions.find(payload->front()) != std::string_view::npos);
}

Validation CheckBech32(std::string_view value) {
  return AcceptIf(Bech32Holds(value));
}

}  // namespace logspill
