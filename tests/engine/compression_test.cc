// However the same bytes come, the findings are those of the oracle.

#include <gtest/gtest.h>

#include "tests/engine/scan_fixture.h"
#include "tests/input/sample.h"

namespace logspill {
namespace {

class CompressionTest : public ScannerTest {
 protected:
  CompressionTest() : text_(Generator(31).Text(300'000)) {}

  // Scans the file with `content` in several ways, and compares.
  void Check(const std::string& name, const std::string& content,
             std::vector<std::pair<std::string, std::string>> members) {
    const std::string path = folder_.Write(name, content);
    const std::vector<MemoryText> inputs = {{path, std::move(members)}};
    const Rows expected = Expected(agreement_, inputs);
    for (const Way& way :
         {Way{1 << 10, 1}, Way{100'000, 3}, Way{4 << 20, 16}}) {
      SCOPED_TRACE(testing::Message() << name << ", " << way);
      const std::unique_ptr<InputQueue> queue = OpenInputs({path}, {});
      const KeepingSink sink = Scan(*queue, way);
      ASSERT_NO_FATAL_FAILURE(ExpectSame(expected, Actual(sink)));
      ASSERT_NO_FATAL_FAILURE(ExpectCovered(inputs, sink));
    }
  }

  TempFolder folder_;
  const std::string text_;
};

TEST_F(CompressionTest, APlainFileIsTheOraclesText) {
  Check("plain.log", text_, {{"", text_}});
}

TEST_F(CompressionTest, EveryCompressionHoldsTheSameFindings) {
  for (const Codec codec : kCodecs) {
    Check("log." + std::string(Name(codec)), Compress(codec, text_),
          {{"", text_}});
  }
}

TEST_F(CompressionTest, CompressionsJoinedInTheMiddleOfALineAreOneText) {
  const std::size_t middle = text_.find("@", text_.size() / 2);
  const std::string_view text = text_;
  for (const Codec codec : kCodecs) {
    Check("joined." + std::string(Name(codec)),
          Compress(codec, text.substr(0, middle)) +
              Compress(codec, text.substr(middle)),
          {{"", text_}});
  }
}

TEST_F(CompressionTest, EveryEntryOfAnArchiveIsScanned) {
  const std::string other = Generator(32).Text(50'000);
  const std::vector<Entry> entries = {{"a.log", text_}, {"b/c.log", other}};
  const std::vector<std::pair<std::string, std::string>> members = {
      {"a.log", text_}, {"b/c.log", other}};
  Check("logs.tar", Tar(entries), members);
  Check("logs.zip", Zip(entries), members);
  Check("logs.tar.gz", Compress(Codec::kGzip, Tar(entries)), members);
}

}  // namespace
}  // namespace logspill
