#include "scanner/base/key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

namespace logspill {
namespace {

class KeyTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string folder = testing::TempDir() + "/logspill_key_XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ / name; }

  std::string Write(const std::string& text, mode_t mode = 0600) {
    std::string path = Path("key" + std::to_string(files_++));
    std::ofstream(path, std::ios::binary) << text;
    chmod(path.c_str(), mode);
    return path;
  }

  // The fingerprint under the key in a file with this text.
  std::string FingerprintOf(const std::string& text) {
    const Result<Key> key = Key::FromFile(Write(text));
    return key ? key->Fingerprint("value") : key.error().message;
  }

  std::filesystem::path folder_;
  int files_ = 0;
};

constexpr char kHexKey[] = "000102030405060708090a0b0c0d0e0f1011121314151617";

TEST_F(KeyTest, CreateMakesAFileThatOnlyItsOwnerCanRead) {
  const mode_t before = umask(0);
  const Result<void> made = Key::Create(Path("new"));
  umask(before);
  ASSERT_TRUE(made) << made.error().message;
  struct stat info {};
  ASSERT_EQ(stat(Path("new").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 07777, 0600U);
  const Result<Key> key = Key::FromFile(Path("new"));
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_TRUE(key->from_file());
}

TEST_F(KeyTest, CreateNeverOverwritesAFile) {
  const std::string path = Write("something else");
  EXPECT_FALSE(Key::Create(path));
  std::string text;
  std::getline(std::ifstream(path), text);
  EXPECT_EQ(text, "something else");
}

TEST_F(KeyTest, CreateMakesAnotherKeyEachTime) {
  ASSERT_TRUE(Key::Create(Path("a")));
  ASSERT_TRUE(Key::Create(Path("b")));
  EXPECT_NE(Key::FromFile(Path("a"))->Hash("value"),
            Key::FromFile(Path("b"))->Hash("value"));
}

TEST_F(KeyTest, AFileThatOthersCanReadIsRefused) {
  for (const mode_t mode : {0640u, 0604u, 0620u, 0610u, 0644u, 0777u, 0666u}) {
    const Result<Key> key = Key::FromFile(Write(kHexKey, mode));
    ASSERT_FALSE(key) << std::oct << mode;
    EXPECT_NE(key.error().message.find("chmod 600"), std::string::npos);
  }
  for (const mode_t mode : {0600u, 0400u}) {
    EXPECT_TRUE(Key::FromFile(Write(kHexKey, mode))) << std::oct << mode;
  }
}

TEST_F(KeyTest, AKeyOfFewerThanSixteenBytesIsRefused) {
  EXPECT_FALSE(Key::FromFile(Write("")));
  EXPECT_FALSE(Key::FromFile(Write("\n")));
  EXPECT_FALSE(Key::FromFile(Write("fifteen bytes x\n")));
  EXPECT_TRUE(Key::FromFile(Write("sixteen bytes xy")));
  // Fifteen bytes in hexadecimal are thirty digits.
  EXPECT_FALSE(Key::FromFile(Write(std::string(kHexKey, 30))));
  EXPECT_TRUE(Key::FromFile(Write(std::string(kHexKey, 32))));
}

TEST_F(KeyTest, WhatIsNoKeyFileIsRefused) {
  EXPECT_FALSE(Key::FromFile(Path("missing")));
  EXPECT_FALSE(Key::FromFile(folder_.string()));
  EXPECT_FALSE(Key::FromFile(Write(std::string(5000, 'x'))));
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  EXPECT_FALSE(Key::FromFile(Path("pipe")));  // and never blocks on it
}

TEST_F(KeyTest, AnErrorNeverQuotesTheKey) {
  const std::string text = "notlongenough";
  EXPECT_EQ(Key::FromFile(Write(text)).error().message.find(text),
            std::string::npos);
  EXPECT_EQ(Key::FromFile(Write(kHexKey, 0644)).error().message.find("0001"),
            std::string::npos);
}

TEST_F(KeyTest, OneKeyMakesTheSameFingerprintsEachTime) {
  const std::string path = Write(kHexKey);
  const Result<Key> a = Key::FromFile(path);
  const Result<Key> b = Key::FromFile(path);
  EXPECT_EQ(a->id(), b->id());
  EXPECT_EQ(a->Hash("alice@example.org"), b->Hash("alice@example.org"));
  EXPECT_EQ(a->Fingerprint("alice@example.org"),
            b->Fingerprint("alice@example.org"));
  EXPECT_NE(a->Fingerprint("alice@example.org"),
            a->Fingerprint("bob@example.org"));
}

TEST_F(KeyTest, AnotherKeyMakesOtherFingerprints) {
  std::string other = kHexKey;
  other.back() = '8';
  EXPECT_NE(FingerprintOf(kHexKey), FingerprintOf(other));
  EXPECT_NE(Key::Random().Hash("value"), Key::Random().Hash("value"));
  EXPECT_FALSE(Key::Random().from_file());
}

TEST_F(KeyTest, ATrailingNewlineAndTheCaseOfHexadecimalDoNotMatter) {
  std::string upper = kHexKey;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  const std::string plain = FingerprintOf(kHexKey);
  EXPECT_EQ(FingerprintOf(std::string(kHexKey) + "\n"), plain);
  EXPECT_EQ(FingerprintOf(std::string(kHexKey) + "\r\n"), plain);
  EXPECT_EQ(FingerprintOf(upper), plain);
}

TEST_F(KeyTest, HexadecimalAndRawBytesAreTheSameKey) {
  std::string raw;
  for (char byte = 0; byte < 24; ++byte) raw += byte;
  EXPECT_EQ(FingerprintOf(raw), FingerprintOf(kHexKey));
}

TEST_F(KeyTest, AFingerprintIsTheKeysIdAndEightyBits) {
  const Key key = Key::Random();
  const std::string print = key.Fingerprint("value");
  EXPECT_TRUE(std::regex_match(print, std::regex("[0-9a-f]{4}:[0-9a-f]{20}")))
      << print;
  EXPECT_EQ(print.substr(0, 4), key.id());
}

TEST_F(KeyTest, HashesOfManyValuesDiffer) {
  const Key key = Key::Random();
  std::set<std::uint64_t> hashes;
  for (int i = 0; i < 20'000; ++i) hashes.insert(key.Hash(std::to_string(i)));
  EXPECT_EQ(hashes.size(), 20'000U);
}

TEST_F(KeyTest, AMovedKeyKeepsItsFingerprints) {
  Key key = Key::Random();
  const std::string print = key.Fingerprint("value");
  Key moved = std::move(key);
  EXPECT_EQ(moved.Fingerprint("value"), print);
}

TEST(Wipe, OverwritesEveryByte) {
  std::string text = "alice@example.org, a value longer than any inline buffer";
  const char* bytes = text.data();
  const std::size_t size = text.size();
  Wipe(text.data(), size);
  EXPECT_EQ(std::string_view(bytes, size), std::string(size, '\0'));
  text = "again";
  Wipe(&text);
  EXPECT_TRUE(text.empty());
}

}  // namespace
}  // namespace logspill
