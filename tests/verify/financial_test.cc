#include <gtest/gtest.h>

#include <string>

#include "tests/verify/verdict.h"

namespace logspill {
namespace {

TEST(Card, NeedsBrandLengthAndCheckDigit) {
  EXPECT_EQ(Ask("card", "4539578763621486"), Verdict::kAccept);
  EXPECT_EQ(Ask("card", "4539 5787 6362 1486"), Verdict::kAccept);
  EXPECT_EQ(Ask("card", "4539578763621487"), Verdict::kReject);
  EXPECT_EQ(Ask("card", "1480846894123"), Verdict::kReject);
  EXPECT_EQ(Ask("card", "9999999999999995"), Verdict::kReject);
}

TEST(Card, KnowsPublishedTestNumbers) {
  for (const char* card : {"4111111111111111", "3714-496353-98431",
                           "5555 5555 5555 4444", "30569309025904"}) {
    EXPECT_EQ(Ask("card", card), Verdict::kPlaceholder) << card;
  }
}

TEST(Iban, TakesTheRegistrysExamples) {
  for (const char* iban :
       {"AD1200012030200359100100", "BE68539007547034",
        "BR1800360305000010009795493C1", "CH9300762011623852957",
        "DE89 3704 0044 0532 0130 00", "FR1420041010050500013M02606",
        "GB29NWBK60161331926819", "MT84MALT011000012345MTLCAST001S",
        "NO9386011117947", "SA0380000000608010167519",
        "LC55HEMM000100010012001200023015"}) {
    EXPECT_EQ(Ask("iban_mod97", iban), Verdict::kAccept) << iban;
  }
}

TEST(Iban, RefusesOtherCountriesAndLengths) {
  EXPECT_EQ(Ask("iban_mod97", "US64SVBKUS6S3300958879"), Verdict::kReject);
  EXPECT_EQ(Ask("iban_mod97", "DE8937040044053201300"), Verdict::kReject);
  EXPECT_EQ(Ask("iban_mod97", "GB83WEST12345698765432"), Verdict::kReject);
  EXPECT_EQ(Ask("iban_mod97", ""), Verdict::kReject);
}

TEST(Aba, ChecksRangeAndDigit) {
  EXPECT_EQ(Ask("aba", "021000021"), Verdict::kAccept);
  EXPECT_EQ(Ask("aba", "021000022"), Verdict::kReject);
  EXPECT_EQ(Ask("aba", "000000000"), Verdict::kReject);
}

TEST(Bitcoin, ChecksVersionAndChecksum) {
  EXPECT_EQ(Ask("bitcoin", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
            Verdict::kAccept);
  EXPECT_EQ(Ask("bitcoin", "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
            Verdict::kAccept);
  EXPECT_EQ(Ask("bitcoin", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
            Verdict::kAccept);
  EXPECT_EQ(Ask("bitcoin", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb"),
            Verdict::kReject);
}

TEST(Ethereum, TakesTheVectorsOfEip55) {
  for (const char* address : {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                              "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
                              "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
                              "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb"}) {
    EXPECT_EQ(Ask("eip55", address), Verdict::kAccept) << address;
    std::string flipped = address;
    const std::size_t letter = flipped.find_last_of("abcdef");
    flipped[letter] = static_cast<char>(flipped[letter] - 'a' + 'A');
    EXPECT_EQ(Ask("eip55", flipped), Verdict::kLower) << flipped;
  }
  EXPECT_EQ(Ask("eip55", "0x27b1fdb04752bbc536007a920d24acb045561c26"),
            Verdict::kLower);
}

}  // namespace
}  // namespace logspill
