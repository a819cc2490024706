// The validators behind the names of validators.h, by family.  Private to this
// folder.
//
// Threads:   pure functions; safe from any thread.

#pragma once

#include <string_view>

#include "scanner/verify/validators.h"

namespace logspill {

inline constexpr Validation kAccepted{};
inline constexpr Validation kRejected{Verdict::kReject, {}};

constexpr Validation AcceptIf(bool holds) {
  return holds ? kAccepted : kRejected;
}
constexpr Validation Lowered(std::string_view reason) {
  return {Verdict::kLower, reason};
}
constexpr Validation Filler(std::string_view reason) {
  return {Verdict::kPlaceholder, reason};
}

// identifiers.cc
Validation CheckHex32(std::string_view value);
Validation CheckKeyedId(std::string_view value);
Validation CheckObjectId(std::string_view value);
Validation CheckUlid(std::string_view value);
Validation CheckUuid(std::string_view value);

// network.cc
Validation CheckIpv4(std::string_view value);
Validation CheckIpv6(std::string_view value);
Validation CheckMac(std::string_view value);

// personal.cc
Validation CheckEmail(std::string_view value);
Validation CheckItin(std::string_view value);
Validation CheckPhone(std::string_view value);
Validation CheckSsn(std::string_view value);

// financial.cc
Validation CheckAba(std::string_view value);
Validation CheckBitcoin(std::string_view value);
Validation CheckCard(std::string_view value);
Validation CheckEip55(std::string_view value);
Validation CheckIban(std::string_view value);

// banking.cc
Validation CheckBase58Check(std::string_view value);
Validation CheckBech32(std::string_view value);
Validation CheckBic(std::string_view value);
Validation CheckClabe(std::string_view value);
Validation CheckIsin(std::string_view value);
Validation CheckLei(std::string_view value);

// devices.cc
Validation CheckDea(std::string_view value);
Validation CheckIccid(std::string_view value);
Validation CheckImei(std::string_view value);
Validation CheckImsi(std::string_view value);
Validation CheckKsuid(std::string_view value);
Validation CheckNpi(std::string_view value);
Validation CheckSnowflake(std::string_view value);
Validation CheckVin(std::string_view value);

// documents.cc
Validation CheckCoordinates(std::string_view value);
Validation CheckDegrees(std::string_view value);
Validation CheckDocumentNumber(std::string_view value);
Validation CheckHostName(std::string_view value);
Validation CheckNanpPhone(std::string_view value);
Validation CheckNationalPhone(std::string_view value);

// credentials.cc
Validation CheckAwsKeyId(std::string_view value);
Validation CheckBasicAuth(std::string_view value);
Validation CheckGenerated(std::string_view value);
Validation CheckGithubCrc32(std::string_view value);
Validation CheckJwt(std::string_view value);
Validation CheckPassword(std::string_view value);
Validation CheckPasswordProse(std::string_view value);
Validation CheckRandom(std::string_view value);
Validation CheckSecret(std::string_view value);
Validation CheckTelegram(std::string_view value);
Validation CheckToken(std::string_view value);
Validation CheckUrlPassword(std::string_view value);

// True for what code and prose put where a secret could stand: null, true,
// required, %s, ${VAR}, <password>, a call or a type.  Of any case.
bool IsNoSecret(std::string_view value);

}  // namespace logspill
