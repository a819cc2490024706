#include "scanner/verify/validators.h"

#include <algorithm>

#include "scanner/verify/checks.h"

namespace logspill {
namespace {

// Sorted by name.
constexpr Validator kValidators[] = {
    {"aba", "ABA routing number: Federal Reserve range and check digit",
     CheckAba},
    {"aws_key_id", "AWS key id: prefix and base 32 account part",
     CheckAwsKeyId},
    {"basic_auth", "base64 of user:password (RFC 7617)", CheckBasicAuth},
    {"bitcoin", "base58check (version byte) or bech32 address", CheckBitcoin},
    {"card", "issuer's range and length, Luhn check digit", CheckCard},
    {"eip55", "Ethereum address, its mixed-case checksum (EIP-55)", CheckEip55},
    {"email", "address grammar (RFC 5321), no file name or unit", CheckEmail},
    {"github_crc32", "last six digits are the CRC-32 in base 62",
     CheckGithubCrc32},
    {"hex32", "32 hexadecimal digits of enough variety", CheckHex32},
    {"iban_mod97", "country's length, check digits of MOD 97-10", CheckIban},
    {"ipv4", "four octets; special-purpose ranges are info", CheckIpv4},
    {"ipv6", "RFC 4291 text form; special-purpose ranges are info", CheckIpv6},
    {"itin", "ITIN: 9xx and the groups that the IRS issues", CheckItin},
    {"jwt", "header decodes to a JSON object that names alg or typ", CheckJwt},
    {"keyed_id", "an opaque id: no word, no small number, no UUID",
     CheckKeyedId},
    {"mac", "six pairs, neither broadcast nor a date", CheckMac},
    {"object_id", "24 hexadecimal digits that begin with a sane time",
     CheckObjectId},
    {"password", "behind a password's name: no filler, word of code or type",
     CheckPassword},
    {"password_prose", "a password in prose: letters and digits mixed",
     CheckPasswordProse},
    {"phone", "assigned country code and its national length (E.164)",
     CheckPhone},
    {"random", "enough entropy for a generated token", CheckRandom},
    {"secret", "behind a secret's name: generated, no identifier of code",
     CheckSecret},
    {"ssn", "SSN: area, group and serial that the SSA issues", CheckSsn},
    {"telegram", "bot id and a token of enough entropy", CheckTelegram},
    {"token", "behind a token's prefix: enough entropy at its end", CheckToken},
    {"ulid", "48-bit time between 2010 and 2050", CheckUlid},
    {"url_password", "password of a URL: no filler", CheckUrlPassword},
    {"uuid", "RFC 9562 form; nil, max and counted-up ones are filler",
     CheckUuid},
};

}  // namespace

std::span<const Validator> AllValidators() { return kValidators; }

const Validator* FindValidator(std::string_view name) {
  const auto* const found = std::lower_bound(
      std::begin(kValidators), std::end(kValidators), name,
      [](const Validator& v, std::string_view n) { return v.name < n; });
  if (found == std::end(kValidators) || found->name != name) return nullptr;
  return found;
}

}  // namespace logspill
