#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "scanner/verify/digits.h"
#include "tests/verify/verdict.h"

namespace logspill {
namespace {

// What a check digit notices of single changed digits.
enum class Notices {
  kAll,
  kMost,  // over 11 or 97 with two remainders as one sign, or dates too
  kForm,  // there is no check digit, only a form
};

struct Published {
  std::string_view validator;
  std::string_view value;  // from the documentation, or made up to its rules
  Notices notices = Notices::kAll;
};

constexpr Published kPublished[] = {
    {"ae_eid", "784-1980-1234567-8"},
    {"ar_cuit", "20-12345678-6"},
    {"at_svnr", "1237010180"},
    {"au_abn", "51 824 753 556"},
    {"au_medicare", "2123 45670 1", Notices::kMost},
    {"au_tfn", "876 543 210"},
    {"base58check", "LM2WMpR1Rp6j3Sa59cMXMs1SPzj9eXpGc1"},
    {"be_nn", "85073003328"},
    {"bech32", "ltc1qw508d6qejxtdg4y5r3zarvary0c5xw7kgmn4n9"},
    {"bg_egn", "7523169263"},
    {"bic", "DEUTDEFF500", Notices::kForm},
    {"br_cnpj", "16.727.230/0001-97"},
    {"br_cpf", "390.533.447-05", Notices::kMost},
    {"ca_sin", "721-984-532"},
    {"ch_ahv", "756.9217.0769.85"},
    {"cl_rut", "12.345.678-5"},
    {"clabe", "032180000118359719"},
    {"cn_ric", "11010519491231002X"},
    {"co_nit", "213.123.432-1", Notices::kMost},
    {"cy_tic", "10259033P"},
    {"cz_rc", "710319/2745"},
    {"de_idnr", "36574261809"},
    {"dea", "AB1234563", Notices::kMost},
    {"dk_cpr", "211062-5629", Notices::kForm},
    {"do_cedula", "001-1391820-5"},
    {"ec_ci", "1714307103"},
    {"ee_ik", "37805123218", Notices::kMost},
    {"eg_nid", "29001011234567", Notices::kForm},
    {"es_dni", "54362315K"},
    {"fi_hetu", "131052-308T"},
    {"fr_nir", "255081416802538"},
    {"fr_spi", "3023217600053"},
    {"gb_nhs", "943 476 5919"},
    {"gb_nino", "JG103759A", Notices::kForm},
    {"gb_utr", "1955839661", Notices::kMost},
    {"gr_afm", "094259216"},
    {"gr_amka", "01013010069"},
    {"hk_id", "A123456(3)"},
    {"hr_oib", "33392005961"},
    {"hu_ado", "8071592153"},
    {"hu_taj", "121456782"},
    {"iccid", "89014103211118510720"},
    {"id_nik", "3171011708450001", Notices::kForm},
    {"ie_pps", "6433435F"},
    {"il_tz", "039337423"},
    {"imei", "490154203237518"},
    {"in_aadhaar", "9999 4105 7058"},
    {"in_pan", "ACUPA7085R", Notices::kForm},
    {"ir_melli", "0499370899"},
    {"is_kt", "120174-3399", Notices::kMost},
    {"isin", "US0378331005"},
    {"it_cf", "RCCMNL83S18D969H"},
    {"jp_mynumber", "6214 9832 0354"},
    {"kr_rrn", "971013-9019874"},
    {"ksuid", "0ujtsYcgvSTl8PAuAdqWYSMnLOv", Notices::kForm},
    {"kw_civil", "285011301214"},
    {"kz_iin", "850730301122", Notices::kMost},
    {"lei", "5493001KJTIIGC8Y1R12"},
    {"lk_nic", "853400937V", Notices::kForm},
    {"lu_matricule", "1893120105732"},
    {"lv_pk", "161175-19997", Notices::kMost},
    {"md_idnp", "2004042876520"},
    {"mx_curp", "BOXW310820HNERXN09", Notices::kMost},
    {"mx_rfc", "GODE561231GR8"},
    {"my_nric", "770305-02-1234", Notices::kForm},
    {"nl_bsn", "111222333"},
    {"no_fnr", "15108695169"},
    {"npi", "1245319599"},
    {"nz_ird", "49-091-850"},
    {"nz_nhi", "ZAC5361"},
    {"pe_ruc", "20512333797"},
    {"pk_cnic", "34201-0891231-8", Notices::kForm},
    {"pl_nip", "8567346215"},
    {"pl_pesel", "44051401359"},
    {"pt_nif", "501964843"},
    {"ro_cnp", "1630615123457"},
    {"rs_jmbg", "0101006500006"},
    {"ru_inn", "7707083893"},
    {"ru_snils", "112-233-445 95"},
    {"sa_nid", "1087654321"},
    {"se_pn", "811228-9874"},
    {"sg_nric", "S8712345F"},
    {"si_ds", "50223054"},
    {"snowflake", "175928847299117063", Notices::kForm},
    {"th_pin", "3100504001217", Notices::kMost},
    {"tr_tckn", "17291716060"},
    {"tw_id", "A123456789", Notices::kMost},
    {"ua_rnokpp", "1759013326"},
    {"us_ein", "91-1144442", Notices::kForm},
    {"us_mbi", "1EG4-TE5-MK73", Notices::kForm},
    {"uy_ci", "1.234.567-2", Notices::kMost},
    {"ve_rif", "V-11470283-4"},
    {"vin", "1M8GDM9AXKP042788"},
    {"za_id", "7503065733087"},
};

bool Taken(std::string_view validator, std::string_view value) {
  return Ask(validator, value) == Verdict::kAccept;
}

TEST(CheckDigits, HoldForEveryPublishedExample) {
  for (const Published& p : kPublished) {
    EXPECT_TRUE(Taken(p.validator, p.value)) << p.validator << " " << p.value;
  }
}

TEST(CheckDigits, NoticeEverySingleChangedDigitOrMostWhereTheMethodIsWeaker) {
  for (const Published& p : kPublished) {
    if (p.notices == Notices::kForm) continue;
    int changes = 0;
    int unnoticed = 0;
    for (std::size_t i = 0; i < p.value.size(); ++i) {
      if (p.value[i] < '0' || p.value[i] > '9') continue;
      for (char digit = '0'; digit <= '9'; ++digit) {
        if (digit == p.value[i]) continue;
        std::string changed(p.value);
        changed[i] = digit;
        ++changes;
        unnoticed += Taken(p.validator, changed) ? 1 : 0;
      }
    }
    ASSERT_GT(changes, 0) << p.validator;
    if (p.notices == Notices::kAll) {
      EXPECT_EQ(unnoticed, 0) << p.validator << " " << p.value;
    } else {
      EXPECT_LE(unnoticed * 10, changes) << p.validator << " " << p.value;
    }
  }
}

TEST(CheckDigits, TakeNoShorterOrLongerNumber) {
  for (const Published& p : kPublished) {
    const std::string value(p.value);
    EXPECT_FALSE(Taken(p.validator, value + "77777777")) << p.validator;
    EXPECT_FALSE(Taken(p.validator, value.substr(0, value.size() / 2)))
        << p.validator;
    EXPECT_FALSE(Taken(p.validator, "")) << p.validator;
  }
}

TEST(Verhoeff, NoticesChangesAndSwapsOfNeighbours) {
  const std::string valid = "2363";  // Verhoeff's own example
  ASSERT_TRUE(VerhoeffHolds(Digits(valid)));
  for (std::size_t i = 0; i < valid.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = valid;
      changed[i] = digit;
      EXPECT_EQ(VerhoeffHolds(Digits(changed)), changed == valid) << changed;
    }
    if (i + 1 == valid.size()) continue;
    std::string swapped = valid;
    std::swap(swapped[i], swapped[i + 1]);
    EXPECT_FALSE(VerhoeffHolds(Digits(swapped))) << swapped;
  }
}

TEST(Damm, NoticesChangesAndSwapsOfNeighbours) {
  const std::string valid = "5724";  // the example of Damm's thesis
  ASSERT_TRUE(DammHolds(Digits(valid)));
  for (std::size_t i = 0; i < valid.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = valid;
      changed[i] = digit;
      EXPECT_EQ(DammHolds(Digits(changed)), changed == valid) << changed;
    }
    if (i + 1 == valid.size()) continue;
    std::string swapped = valid;
    std::swap(swapped[i], swapped[i + 1]);
    EXPECT_FALSE(DammHolds(Digits(swapped))) << swapped;
  }
}

TEST(Mod11And10, TakesTheExampleOfTheStandardAlone) {
  for (char digit = '0'; digit <= '9'; ++digit) {
    const std::string number = std::string("079") + digit;  // ISO/IEC 7064
    EXPECT_EQ(Mod11And10Holds(Digits(number)), digit == '2') << number;
  }
}

TEST(Digits, PassOverGroupsAndTakeNoLetters) {
  EXPECT_EQ(Digits("12 34-56.78/9").size(), 9U);
  EXPECT_EQ(Digits("12 34").Number(0, 4), 1234);
  EXPECT_EQ(Digits("1234x").size(), 0U);
  EXPECT_EQ(Digits("").size(), 0U);
  EXPECT_EQ(Digits(std::string(25, '1')).size(), 0U);
}

TEST(IsDay, KnowsTheCalendar) {
  EXPECT_TRUE(IsDay(2024, 2, 29));
  EXPECT_FALSE(IsDay(2023, 2, 29));
  EXPECT_FALSE(IsDay(1900, 2, 29));
  EXPECT_TRUE(IsDay(0, 2, 29));  // 2000, or 1900: not known
  EXPECT_FALSE(IsDay(2024, 13, 1));
  EXPECT_FALSE(IsDay(2024, 4, 31));
  EXPECT_FALSE(IsDay(2024, 1, 0));
}

TEST(NationalNumbers, OfEqualDigitsAreFiller) {
  EXPECT_EQ(Ask("br_cpf", "111.111.111-11"), Verdict::kPlaceholder);
  EXPECT_EQ(Ask("dk_cpr", "1111111111"), Verdict::kPlaceholder);
  EXPECT_EQ(Ask("gb_nino", "AB123456C"), Verdict::kPlaceholder);
  EXPECT_EQ(Ask("imsi", "001010123456789"), Verdict::kPlaceholder);
}

TEST(NationalNumbers, WithoutTheirOldCheckAreLowered) {
  EXPECT_EQ(Ask("kr_rrn", "971013-9019874"), Verdict::kAccept);
  EXPECT_EQ(Ask("kr_rrn", "971013-9019875"), Verdict::kLower);
  EXPECT_EQ(Ask("mx_rfc", "GODE561231GR8"), Verdict::kAccept);
  EXPECT_EQ(Ask("mx_rfc", "GODE561231GR9"), Verdict::kLower);
  EXPECT_EQ(Ask("vin", "WVWZZZ1KZ6W000001"), Verdict::kLower);
}

TEST(Coordinates, TakeAPairInItsRange) {
  for (const char* pair : {"48.20849, 16.37208", "-33.8688,151.2093",
                           "48.208\", \"lon\":16.372"}) {
    EXPECT_EQ(Ask("coordinates", pair), Verdict::kAccept) << pair;
  }
  for (const char* none : {"98.20849, 196.37208", "48.2,16.3", "48.20849", "",
                           "1.2.3, 4.5.6", "48.2a849,16.372"}) {
    EXPECT_EQ(Ask("coordinates", none), Verdict::kReject) << none;
  }
  EXPECT_EQ(Ask("coordinates", "0.000,0.000"), Verdict::kPlaceholder);
}

TEST(HostNames, EndInADomainOfLetters) {
  EXPECT_EQ(Ask("host_name", "db01.prod.acme-shop.de"), Verdict::kAccept);
  EXPECT_EQ(Ask("host_name", "db01.local"), Verdict::kPlaceholder);
  for (const char* none : {"10.20.30.40", "db01", "a..de", "-a.de", "a-.de"}) {
    EXPECT_EQ(Ask("host_name", none), Verdict::kReject) << none;
  }
}

TEST(NanpPhones, HaveAreaAndExchangeFromTwoOn) {
  EXPECT_EQ(Ask("nanp_phone", "(202) 456-1111"), Verdict::kAccept);
  EXPECT_EQ(Ask("nanp_phone", "+1 202-456-1111"), Verdict::kAccept);
  EXPECT_EQ(Ask("nanp_phone", "(415) 555-0132"), Verdict::kPlaceholder);
  for (const char* none :
       {"(102) 456-1111", "(202) 156-1111", "202-456-111", "(911) 456-1111"}) {
    EXPECT_EQ(Ask("nanp_phone", none), Verdict::kReject) << none;
  }
}

}  // namespace
}  // namespace logspill
