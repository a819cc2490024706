#include "scanner/verify/validators.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace logspill {
namespace {

TEST(Validators, AreSortedAndFoundByName) {
  const auto all = AllValidators();
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(FindValidator(all[i].name), &all[i]);
    EXPECT_FALSE(all[i].title.empty());
    if (i != 0) {
      EXPECT_LT(all[i - 1].name, all[i].name);
    }
  }
  EXPECT_EQ(FindValidator("iban_mod79"), nullptr);
  EXPECT_EQ(FindValidator(""), nullptr);
}

TEST(Validators, TakeAnyBytesAndGiveReasonsForHalfVerdicts) {
  std::mt19937 random(7);
  const std::string alphabet = "09aAfFzZ.:-_+/=@ $%<>{}\"'\\\n\x80\xff";
  for (int round = 0; round < 20000; ++round) {
    std::string value(random() % 48, ' ');
    for (char& c : value) c = alphabet[random() % alphabet.size()];
    for (const Validator& validator : AllValidators()) {
      const Validation validation = validator.check(value);
      const bool half = validation.verdict == Verdict::kLower ||
                        validation.verdict == Verdict::kPlaceholder;
      EXPECT_EQ(half, !validation.reason.empty()) << validator.name;
    }
    (void)IsPlaceholder(value);
  }
}

TEST(IsPlaceholder, TakesWhatStandsInDocumentation) {
  for (const char* filler :
       {"xxxxxxxx", "********", "0000000000000000", "1234567890",
        "0123456789abcdef", "AKIAIOSFODNN7EXAMPLE", "changeme", "CHANGE_ME",
        "<password>", "${DB_PASSWORD}", "{{ token }}", "$(cat key)",
        "%(secret)s", "your_api_key_here", "alice@example.com", "abc***xyz",
        "00000000-0000-0000-0000-000000000000", "[redacted]", "hunter***"}) {
    EXPECT_TRUE(IsPlaceholder(filler)) << filler;
  }
}

TEST(IsPlaceholder, LeavesRealValuesAlone) {
  for (const char* value :
       {"", "hunter2", "780e2104-7a54-42e3-9ce0-70a24dbf5d84",
        "54fadb412c4e40cdbaed9335e4c35a9e", "10.251.39.209",
        "jane.doe@acme-shop.de", "4539578763621486", "tr0ub4dor&3",
        "correct horse battery staple", "aaaab", "x7Qm2Kd9Tz4Rb8Lw",
        "DE89370400440532013000", "fa:16:3e:7b:91:0c", "+491701234567",
        "123459", "112233"}) {
    EXPECT_FALSE(IsPlaceholder(value)) << value;
  }
}

TEST(IsPlaceholder, SwallowsNoRandomToken) {
  std::mt19937 random(11);
  const std::string alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  for (int round = 0; round < 20000; ++round) {
    std::string token(32, ' ');
    for (char& c : token) c = alphabet[random() % alphabet.size()];
    EXPECT_FALSE(IsPlaceholder(token)) << token;
  }
}

}  // namespace
}  // namespace logspill
