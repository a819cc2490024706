// National identity, tax and health numbers, by ISO 3166 country code.  Private
// to this folder.
//
// Threads:   pure functions; safe from any thread.
// Cost:      O(value), no allocation.
// Errors:    letters are taken in either case; groups as Digits takes them.

#pragma once

#include <string_view>

#include "scanner/verify/validators.h"

namespace logspill {

// national_europe.cc
Validation CheckAtSvnr(std::string_view value);
Validation CheckBeNn(std::string_view value);
Validation CheckBgEgn(std::string_view value);
Validation CheckChAhv(std::string_view value);
Validation CheckCyTic(std::string_view value);
Validation CheckCzRc(std::string_view value);
Validation CheckDeIdnr(std::string_view value);
Validation CheckDkCpr(std::string_view value);
Validation CheckEeIk(std::string_view value);
Validation CheckEsDni(std::string_view value);
Validation CheckFiHetu(std::string_view value);
Validation CheckFrNir(std::string_view value);
Validation CheckFrSpi(std::string_view value);
Validation CheckGbNhs(std::string_view value);
Validation CheckGbNino(std::string_view value);
Validation CheckGbUtr(std::string_view value);
Validation CheckGrAfm(std::string_view value);
Validation CheckGrAmka(std::string_view value);
Validation CheckHrOib(std::string_view value);
Validation CheckHuAdo(std::string_view value);
Validation CheckHuTaj(std::string_view value);
Validation CheckIePps(std::string_view value);
Validation CheckIsKt(std::string_view value);
Validation CheckItCf(std::string_view value);
Validation CheckLuMatricule(std::string_view value);
Validation CheckLvPk(std::string_view value);
Validation CheckMdIdnp(std::string_view value);
Validation CheckNlBsn(std::string_view value);
Validation CheckNoFnr(std::string_view value);
Validation CheckPlNip(std::string_view value);
Validation CheckPlPesel(std::string_view value);
Validation CheckPtNif(std::string_view value);
Validation CheckRoCnp(std::string_view value);
Validation CheckRsJmbg(std::string_view value);
Validation CheckRuInn(std::string_view value);
Validation CheckRuSnils(std::string_view value);
Validation CheckSePn(std::string_view value);
Validation CheckSiDs(std::string_view value);
Validation CheckTrTckn(std::string_view value);
Validation CheckUaRnokpp(std::string_view value);

// national_americas.cc
Validation CheckArCuit(std::string_view value);
Validation CheckBrCnpj(std::string_view value);
Validation CheckBrCpf(std::string_view value);
Validation CheckCaSin(std::string_view value);
Validation CheckClRut(std::string_view value);
Validation CheckCoNit(std::string_view value);
Validation CheckDoCedula(std::string_view value);
Validation CheckEcCi(std::string_view value);
Validation CheckMxCurp(std::string_view value);
Validation CheckMxRfc(std::string_view value);
Validation CheckPeRuc(std::string_view value);
Validation CheckUsEin(std::string_view value);
Validation CheckUsMbi(std::string_view value);
Validation CheckUyCi(std::string_view value);
Validation CheckVeRif(std::string_view value);

// national_asia.cc, with Africa and Oceania
Validation CheckAeEid(std::string_view value);
Validation CheckAuAbn(std::string_view value);
Validation CheckAuMedicare(std::string_view value);
Validation CheckAuTfn(std::string_view value);
Validation CheckCnRic(std::string_view value);
Validation CheckEgNid(std::string_view value);
Validation CheckHkId(std::string_view value);
Validation CheckIdNik(std::string_view value);
Validation CheckIlTz(std::string_view value);
Validation CheckInAadhaar(std::string_view value);
Validation CheckInPan(std::string_view value);
Validation CheckIrMelli(std::string_view value);
Validation CheckJpMyNumber(std::string_view value);
Validation CheckKrRrn(std::string_view value);
Validation CheckKwCivil(std::string_view value);
Validation CheckKzIin(std::string_view value);
Validation CheckLkNic(std::string_view value);
Validation CheckMyNric(std::string_view value);
Validation CheckNzIrd(std::string_view value);
Validation CheckNzNhi(std::string_view value);
Validation CheckPkCnic(std::string_view value);
Validation CheckSaNid(std::string_view value);
Validation CheckSgNric(std::string_view value);
Validation CheckThPin(std::string_view value);
Validation CheckTwId(std::string_view value);
Validation CheckZaId(std::string_view value);

}  // namespace logspill
