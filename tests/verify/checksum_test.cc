#include "scanner/verify/checksum.h"

#include <gtest/gtest.h>

namespace logspill {
namespace {

std::string Hex(const std::array<std::uint8_t, 32>& bytes) {
  std::string hex;
  for (const std::uint8_t byte : bytes) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  return hex;
}

TEST(Luhn, ChangingOneDigitBreaksIt) {
  const std::string valid = "79927398713";  // Luhn's patent, by Wikipedia
  ASSERT_TRUE(LuhnHolds(valid));
  for (std::size_t i = 0; i < valid.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = valid;
      changed[i] = digit;
      EXPECT_EQ(LuhnHolds(changed), changed == valid) << changed;
    }
  }
}

TEST(Mod97, ChangingOneDigitOrSwappingTwoBreaksIt) {
  const std::string valid = "GB82WEST12345698765432";
  ASSERT_TRUE(Mod97Holds(valid));
  for (std::size_t i = 2; i < valid.size(); ++i) {
    if (valid[i] < '0' || valid[i] > '9') continue;
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string changed = valid;
      changed[i] = digit;
      EXPECT_EQ(Mod97Holds(changed), changed == valid) << changed;
    }
    if (i + 1 < valid.size() && valid[i] != valid[i + 1]) {
      std::string swapped = valid;
      std::swap(swapped[i], swapped[i + 1]);
      EXPECT_FALSE(Mod97Holds(swapped)) << swapped;
    }
  }
}

TEST(Crc32, HasTheCheckValueOfItsCatalogue) {
  EXPECT_EQ(Crc32("123456789"), 0xcbf43926U);
  EXPECT_EQ(Crc32(""), 0U);
}

TEST(Base62, PadsWithZeros) {
  EXPECT_EQ(Base62(0, 6), "000000");
  EXPECT_EQ(Base62(61, 6), "00000z");
  EXPECT_EQ(Base62(62, 6), "000010");
}

TEST(Base58Check, TakesTheGenesisAddressAndNoneBesideIt) {
  const std::string genesis = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
  const auto payload = DecodeBase58Check(genesis);
  ASSERT_TRUE(payload.has_value());
  EXPECT_EQ(payload->size(), 21U);
  for (std::size_t i = 0; i < genesis.size(); ++i) {
    std::string changed = genesis;
    changed[i] = changed[i] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(DecodeBase58Check(changed).has_value()) << changed;
  }
  EXPECT_FALSE(DecodeBase58Check("0OIl").has_value());
  EXPECT_FALSE(DecodeBase58Check("").has_value());
}

TEST(Bech32, TakesTheVectorsOfBip173AndBip350) {
  for (const char* valid :
       {"A12UEL5L", "a12uel5l",
        "split1checkupstagehandshakeupstreamerranterr"
        "edcaperred2y9e3w",
        "A1LQFN3A", "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
        "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"}) {
    EXPECT_TRUE(Bech32Holds(valid)) << valid;
  }
  for (const char* wrong : {"pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v",
                            "li1dgmt3", "A1G7SGD8", "10a06t8", "1qzzfhee",
                            "Bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", ""}) {
    EXPECT_FALSE(Bech32Holds(wrong)) << wrong;
  }
}

TEST(Keccak256, HasEthereumsPadding) {
  EXPECT_EQ(Hex(Keccak256("")),
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
  EXPECT_EQ(Hex(Keccak256("abc")),
            "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

}  // namespace
}  // namespace logspill
