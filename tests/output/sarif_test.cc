// What SARIF 2.1.0 asks for, and what a reader of it needs.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <set>
#include <string>

#include "adapters/output/sarif_sink.h"
#include "tests/output/sample.h"

namespace logspill {
namespace {

using simdjson::dom::element;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

SarifOptions Options() { return {Severity::kMedium, {}, "/home/x y/work"}; }

RowSummary TiedRow() {
  RowSummary row = MakeSample().summary.rows[1];
  SiteName name;
  name.id = row.site_id;
  name.root = row.root;
  name.file = row.file;
  name.line = row.site_line;
  name.argument = row.argument;
  row.tied = {name, name};
  row.tied[1].id = "py:99aa";
  row.tied[1].line = 301;
  row.site_id.clear();
  return row;
}

class Sarif : public testing::Test {
 protected:
  explicit Sarif() : summary_(MakeSample().summary) {
    summary_.rows.push_back(TiedRow());
    // The same class at the same call site, in another argument.
    RowSummary other = summary_.rows[1];
    other.argument = "{braces}";
    summary_.rows.push_back(other);
    Parse(Options());
  }

  void Parse(const SarifOptions& options) {
    text_ = SarifText(summary_, options);
    padded_ = simdjson::padded_string(text_);
    ASSERT_EQ(parser_.parse(padded_).get(root_), simdjson::SUCCESS) << text_;
  }

  std::string At(const std::string& pointer) const {
    element field;
    if (root_.at_pointer(pointer).get(field) != simdjson::SUCCESS) return "-";
    std::string_view text;
    if (field.get(text) == simdjson::SUCCESS) return std::string(text);
    return simdjson::to_string(field);
  }

  std::size_t SizeOf(const std::string& pointer) const {
    return root_.at_pointer(pointer).get_array().size();
  }

  Summary summary_;
  std::string text_;
  simdjson::padded_string padded_;
  simdjson::dom::parser parser_;
  element root_;
};

TEST_F(Sarif, SaysWhichVersionItIs) {
  EXPECT_EQ(At("/version"), "2.1.0");
  EXPECT_THAT(At("/$schema"), HasSubstr("sarif-schema-2.1.0.json"));
  EXPECT_EQ(SizeOf("/runs"), 1u);
  EXPECT_EQ(At("/runs/0/tool/driver/name"), "logspill");
  EXPECT_TRUE(text_.ends_with("\n"));
}

TEST_F(Sarif, HasOneResultForEachClassAndCallSite) {
  // An e-mail address, a call site with two arguments, words, and a tie.
  EXPECT_EQ(SizeOf("/runs/0/results"), 4u) << text_;
  EXPECT_EQ(SizeOf("/runs/0/results/1/properties/seen"), 2u);
  EXPECT_EQ(At("/runs/0/results/1/properties/seen/0/lines"), "3330");
  EXPECT_EQ(At("/runs/0/results/1/occurrenceCount"), "6668");
  std::set<std::string> prints;
  for (int i = 0; i < 4; ++i) {
    prints.insert(At("/runs/0/results/" + std::to_string(i) +
                     "/partialFingerprints/logspillPlace~1v1"));
  }
  EXPECT_EQ(prints.size(), 4u);
  EXPECT_TRUE(prints.contains("py:7d31:consumer_uuid"));
  EXPECT_TRUE(prints.contains("py:7d31:py:99aa:consumer_uuid"));
}

TEST_F(Sarif, EachResultNamesARuleThatThereIs) {
  for (std::size_t i = 0; i < SizeOf("/runs/0/results"); ++i) {
    const std::string result = "/runs/0/results/" + std::to_string(i);
    const std::string rule =
        "/runs/0/tool/driver/rules/" + At(result + "/ruleIndex");
    EXPECT_EQ(At(rule + "/id"), At(result + "/ruleId"));
    EXPECT_NE(At(rule + "/help/text"), "-");
    EXPECT_NE(At(rule + "/shortDescription/text"), "-");
    EXPECT_NE(At(rule + "/properties/security-severity"), "-");
    EXPECT_NE(At(result + "/message/text"), "-");
    EXPECT_EQ(SizeOf(result + "/locations"), 1u);
  }
  EXPECT_EQ(At("/runs/0/results/0/level"), "error");
  EXPECT_EQ(At("/runs/0/results/1/level"), "warning");
}

TEST_F(Sarif, PlacesAResultAtItsCall) {
  const std::string place = "/runs/0/results/1/locations/0/physicalLocation";
  EXPECT_EQ(At(place + "/artifactLocation/uri"), "handlers/util.py");
  EXPECT_EQ(At(place + "/artifactLocation/uriBaseId"), "SOURCE");
  EXPECT_EQ(At(place + "/region/startLine"), "227");
  EXPECT_EQ(At(place + "/region/endLine"), "229");
  const std::string bases = "/runs/0/originalUriBaseIds";
  EXPECT_EQ(At(bases + "/SOURCE/uri"), "src/placement/");
  EXPECT_EQ(At(bases + "/SOURCE/uriBaseId"), "WORKDIR");
  EXPECT_EQ(At(bases + "/WORKDIR/uri"), "file:///home/x%20y/work/");
  EXPECT_EQ(At("/runs/0/results/1/relatedLocations/0/physicalLocation/"
               "artifactLocation/uri"),
            "logs/placement.log.gz");
}

TEST_F(Sarif, PlacesWhatHasNoCallInTheLog) {
  const std::string place = "/runs/0/results/0/locations/0/physicalLocation";
  EXPECT_EQ(At(place + "/artifactLocation/uri"), "it's%0A%20here.log");
  EXPECT_EQ(At(place + "/region/startLine"), "138");
}

TEST_F(Sarif, ATieRelatesTheOtherCalls) {
  const std::string tie = "/runs/0/results/3";
  EXPECT_EQ(SizeOf(tie + "/relatedLocations"), 2u);
  EXPECT_EQ(At(tie + "/relatedLocations/1/physicalLocation/region/startLine"),
            "301");
  EXPECT_THAT(At(tie + "/message/text"), HasSubstr("one of 2 calls"));
}

TEST_F(Sarif, BracesOfAMessageAreDoubled) {
  EXPECT_THAT(At("/runs/0/results/1/message/text"),
              HasSubstr("'{{braces}}' prints"));
}

TEST_F(Sarif, AnIncompleteScanIsNoSuccess) {
  EXPECT_EQ(At("/runs/0/invocations/0/executionSuccessful"), "false");
  EXPECT_THAT(At("/runs/0/invocations/0/toolExecutionNotifications/0/message/"
                 "text"),
              StartsWith("b.log.gz: truncated"));
}

TEST_F(Sarif, LeavesOutWhatWasNotAskedFor) {
  EXPECT_THAT(text_, Not(HasSubstr("\"uuid\",\"shortDescription\"")));
  SarifOptions options = Options();
  options.classes = {"email"};
  Parse(options);
  EXPECT_EQ(SizeOf("/runs/0/results"), 1u);
  EXPECT_EQ(SizeOf("/runs/0/tool/driver/rules"), 1u);
}

}  // namespace
}  // namespace logspill
