#include <gtest/gtest.h>

#include "tests/verify/verdict.h"

namespace logspill {
namespace {

TEST(Jwt, LooksIntoTheHeader) {
  // RFC 7519, section 3.1.
  EXPECT_EQ(Ask("jwt",
                "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODB9."
                "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            Verdict::kAccept);
  EXPECT_EQ(Ask("jwt", "eyJmb28iOiJiYXIifQ.eyJzdWIiOiIxIn0.c2ln"),
            Verdict::kReject);
  EXPECT_EQ(Ask("jwt", "eyJhbGciOiJIUzI1NiJ9"), Verdict::kReject);
  EXPECT_EQ(Ask("jwt", "no.token.at-all"), Verdict::kReject);
}

TEST(GithubToken, IsLoweredWhereItsChecksumIsWrong) {
  EXPECT_EQ(Ask("github_crc32", "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"),
            Verdict::kAccept);
  EXPECT_EQ(Ask("github_crc32", "ghp_zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18"),
            Verdict::kLower);
  EXPECT_EQ(Ask("github_crc32", "ghp_"), Verdict::kReject);
}

TEST(BasicAuth, DecodesToUserAndPassword) {
  EXPECT_EQ(Ask("basic_auth", "QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),
            Verdict::kAccept);
  EXPECT_EQ(Ask("basic_auth", "authentication"), Verdict::kReject);
  EXPECT_EQ(Ask("basic_auth", "QWxhZGRpbg=="), Verdict::kReject);
}

TEST(Token, IsJudgedByItsEndAndNotByItsPrefix) {
  EXPECT_EQ(Ask("token", "acme_live_k4Hs82kQmZp0TrXwVb71LdNe"),
            Verdict::kAccept);
  EXPECT_EQ(Ask("token", "acme_live_000000000000000000000000"),
            Verdict::kReject);
  EXPECT_EQ(Ask("token", "acme_live_abcdefabcdefabcdefabcdefabcdef"),
            Verdict::kLower);
  // Zero bits in base 64.
  EXPECT_EQ(Ask("token", "k4Hs82kQmZp0TrXwAAAAAAAAAAAAVb71LdNe9Yc3Uf6Ax7Qm"),
            Verdict::kAccept);
}

TEST(Generated, AsksForMoreThanAWordWithANumberBehind) {
  for (const char* value :
       {"k4Hs82kQmZp0TrXwVb71", "5f3a9c1e7b2d8046af91c3e5d7b20846af91c3e5"}) {
    EXPECT_EQ(Ask("generated", value), Verdict::kAccept) << value;
  }
  for (const char* value :
       {"780e2104-7a54-42e3-9ce0-70a24dbf5d84", "partition-2024-01-01-orders",
        "org.apache.catalina.core.Standard1", "order_line_items_2024",
        "authentication"}) {
    EXPECT_EQ(Ask("generated", value), Verdict::kReject) << value;
  }
}

TEST(Password, IsNoPlaceNamedAfterIt) {
  EXPECT_EQ(Ask("password", "#add-password"), Verdict::kReject);
  EXPECT_EQ(Ask("password", "app/forgot_password"), Verdict::kReject);
  EXPECT_EQ(Ask("password", "$BASE_URL/login"), Verdict::kReject);
  EXPECT_EQ(Ask("password", "S3cr3t/pw"), Verdict::kAccept);
}

TEST(UrlPassword, IsNoReferenceAndNoMask) {
  for (const char* none : {"$PASS", "${password}", "{{pw}}", "xxxx", "****"}) {
    EXPECT_EQ(Ask("url_password", none), Verdict::kReject) << none;
  }
  EXPECT_EQ(Ask("url_password", "pass"), Verdict::kPlaceholder);
  EXPECT_EQ(Ask("url_password", "k4Hs82kQ"), Verdict::kAccept);
}

TEST(Secret, TellsGeneratedTextFromWordsOfCode) {
  for (const char* secret : {"k4Hs82kQmZp0TrXw", "5f3a9c1e7b2d8046af91c3e5",
                             "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b",
                             "wJalrXUtnFEMI/K7MDENG/bPxRfiCY"}) {
    EXPECT_EQ(Ask("secret", secret), Verdict::kAccept) << secret;
  }
  for (const char* none :
       {"required", "android.os.Binder", "access_token_type", "AccessToken",
        "self->token", "get_secret()", "Token", "http://acme.de/token1",
        "/run/secrets/db1", "my-service-account-v2", "null", "12345678901"}) {
    EXPECT_NE(Ask("secret", none), Verdict::kAccept) << none;
  }
}

TEST(Password, TakesShortWordsButNoWordsOfStatus) {
  EXPECT_EQ(Ask("password", "hunter2"), Verdict::kAccept);
  EXPECT_EQ(Ask("password", "letmein"), Verdict::kAccept);
  for (const char* none : {"required", "Incorrect", "null", "none", "abc",
                           "keep empty", "{0}", "%s", "<enter>"}) {
    EXPECT_EQ(Ask("password", none), Verdict::kReject) << none;
  }
  EXPECT_EQ(Ask("password", "${DB_PASSWORD}"), Verdict::kPlaceholder);
  EXPECT_EQ(Ask("password_prose", "letmein"), Verdict::kReject);
  EXPECT_EQ(Ask("password_prose", "hunter22"), Verdict::kAccept);
}

TEST(AwsKeyId, RefusesAWordInCapitals) {
  EXPECT_EQ(Ask("aws_key_id", "ASIAQX2K7ZP4MT6RWV3B"), Verdict::kAccept);
  EXPECT_EQ(Ask("aws_key_id", "AKIAAAAAAAAAAAAAAAAA"), Verdict::kReject);
}

}  // namespace
}  // namespace logspill
