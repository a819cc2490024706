// A real service's log: who is a consumer is known from its database.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/e2e/scan_result.h"
#include "tests/house/shell.h"

namespace logspill::e2e {
namespace {

constexpr char kUuid[] =
    "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
constexpr char kSource[] = "/usr/lib/python3/dist-packages/placement";

class Placement : public testing::Test {
 protected:
  void SetUp() override {
    if (Corpus().empty()) GTEST_SKIP() << "no corpus; set LOGSPILL_CORPUS";
    log_ = Corpus() / "placement/placement.log.gz";
  }

  // One column of the service's database.
  std::set<std::string> Column(const std::string& query) const {
    const house::ShellResult run = house::RunShell(
        "f=$(mktemp) && zcat " +
        house::Quoted((Corpus() / "placement/placement.db.gz").string()) +
        " >$f && python3 -c 'import sqlite3, sys\n"
        "for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):\n"
        "    print(row[0])' $f " +
        house::Quoted(query) + "; rm -f $f");
    std::set<std::string> values;
    std::istringstream lines(run.out);
    for (std::string line; std::getline(lines, line);) values.insert(line);
    return values;
  }

  std::filesystem::path log_;
};

TEST_F(Placement, AUuidAfterTheWordConsumerIsAConsumersWhereverItStands) {
  const std::string text = Contents(log_);
  const std::regex word(std::string(R"([Cc]onsumer (?:UUID )?()") + kUuid +
                        ")");
  std::set<std::string> named;
  for (std::sregex_iterator it(text.begin(), text.end(), word), end; it != end;
       ++it) {
    named.insert((*it)[1]);
  }
  ASSERT_GT(named.size(), 50u);
  const ScanResult scan = Scan(log_, "");
  std::size_t consumers = 0;
  for (const SeenFinding& finding : scan.findings) {
    if (!named.contains(finding.value)) continue;
    ++consumers;
    ASSERT_EQ(finding.class_name, "consumer_uuid") << "line " << finding.line;
    ASSERT_EQ(finding.severity, "medium");
    ASSERT_FALSE(finding.reasons.empty());
  }
  EXPECT_GT(consumers, named.size());
}

TEST_F(Placement, EveryRequestIdIsInfo) {
  const std::string text = Contents(log_);
  const std::regex request(std::string(R"(\breq-)") + kUuid);
  const auto printed = std::distance(
      std::sregex_iterator(text.begin(), text.end(), request), {});
  std::ptrdiff_t found = 0;
  for (const SeenFinding& finding : Scan(log_, "").findings) {
    if (finding.class_name != "request_id") continue;
    ++found;
    ASSERT_EQ(finding.severity, "info") << "line " << finding.line;
  }
  EXPECT_EQ(found, printed);
}

TEST_F(Placement, NoResourceProviderIsAConsumer) {
  const auto providers = Column("select uuid from resource_providers");
  ASSERT_FALSE(providers.empty());
  std::map<std::string, int> classes;
  for (const SeenFinding& finding : Scan(log_, "").findings) {
    if (providers.contains(finding.value)) ++classes[finding.class_name];
  }
  EXPECT_FALSE(classes.empty());
  EXPECT_FALSE(classes.contains("consumer_uuid"));
}

TEST_F(Placement, TheCallThatPrintedItIsNamedDownToTheArgument) {
  if (!std::filesystem::exists(kSource)) GTEST_SKIP() << "no " << kSource;
  const ScanResult scan = Scan(log_, std::string("--source ") + kSource);
  std::map<std::string, int> places;
  for (const SeenFinding& finding : scan.findings) {
    if (finding.attribution != "HIGH") continue;
    const SeenSite& site = finding.sites.at(0);
    ++places[site.file + ":" + std::to_string(site.line) + " " + site.argument];
  }
  EXPECT_GT(places["handlers/util.py:227 consumer.uuid"], 0);
}

// The values of every finding that a hole naming a consumer printed.
std::set<std::string> PrintedAsConsumer(const ScanResult& scan) {
  std::set<std::string> values;
  for (const SeenFinding& finding : scan.findings) {
    if (finding.kind != "uuid" || finding.sites.empty()) continue;
    const bool all = std::all_of(
        finding.sites.begin(), finding.sites.end(), [](const SeenSite& site) {
          return site.argument.find("consumer") != std::string::npos;
        });
    if (all) values.insert(finding.value);
  }
  return values;
}

TEST_F(Placement, WhatAnArgumentCallsAConsumerIsOneAtEveryOccurrence) {
  if (!std::filesystem::exists(kSource)) GTEST_SKIP() << "no " << kSource;
  const ScanResult scan = Scan(log_, std::string("--source ") + kSource);
  const std::set<std::string> consumers = PrintedAsConsumer(scan);
  ASSERT_GT(consumers.size(), 500u);
  std::size_t by_path = 0;
  for (const SeenFinding& finding : scan.findings) {
    if (!consumers.contains(finding.value)) continue;
    ASSERT_EQ(finding.class_name, "consumer_uuid") << "line " << finding.line;
    const std::string reason = finding.reasons.back();
    // Where a path of the record's own says it, nothing else need.
    const bool by_route = reason.starts_with("route /allocations/{consumer_");
    const bool named = reason.find("argument 'consumer.uuid' of handlers/") !=
                       std::string::npos;
    ASSERT_TRUE(named || by_route) << "line " << finding.line << ": " << reason;
    by_path += by_route ? 1 : 0;
  }
  EXPECT_GT(by_path, consumers.size());
}

TEST_F(Placement, NoRequestIdIsAConsumerWhateverTheSourceSays) {
  if (!std::filesystem::exists(kSource)) GTEST_SKIP() << "no " << kSource;
  const std::string text = Contents(log_);
  const std::regex request(std::string(R"(\breq-()") + kUuid + ")");
  std::set<std::string> requests;
  for (std::sregex_iterator it(text.begin(), text.end(), request), end;
       it != end; ++it) {
    requests.insert((*it)[1]);
  }
  ASSERT_GT(requests.size(), 2000u);
  const auto providers = Column("select uuid from resource_providers");
  for (const SeenFinding& finding :
       Scan(log_, std::string("--source ") + kSource).findings) {
    const std::string& value = finding.value;
    const bool request_id = value.size() >= 36 &&
                            requests.contains(value.substr(value.size() - 36));
    if (!request_id && !providers.contains(value)) continue;
    ASSERT_NE(finding.class_name, "consumer_uuid") << "line " << finding.line;
  }
}

// Most consumers of request paths were deleted from the database since; that
// they are consumers only the route says.
TEST_F(Placement, TheRouteOfARequestPathNamesTheConsumer) {
  if (!std::filesystem::exists(kSource)) GTEST_SKIP() << "no " << kSource;
  const std::string text = Contents(log_);
  const std::regex path(std::string(R"(/allocations/()") + kUuid + ")");
  std::set<std::string> consumers;
  for (std::sregex_iterator it(text.begin(), text.end(), path), end; it != end;
       ++it) {
    consumers.insert((*it)[1]);
  }
  ASSERT_EQ(consumers.size(), 1'482u);
  const auto providers = Column("select uuid from resource_providers");
  ASSERT_FALSE(providers.empty());
  const ScanResult scan = Scan(log_, std::string("--source ") + kSource);
  std::set<std::string> found;
  std::size_t by_route = 0;
  for (const SeenFinding& finding : scan.findings) {
    if (providers.contains(finding.value)) {
      ASSERT_NE(finding.class_name, "consumer_uuid") << "line " << finding.line;
    }
    if (finding.class_name == "request_id") {
      ASSERT_FALSE(consumers.contains(finding.value));
    }
    if (!consumers.contains(finding.value)) continue;
    found.insert(finding.value);
    ASSERT_EQ(finding.class_name, "consumer_uuid") << "line " << finding.line;
    by_route +=
        std::any_of(finding.reasons.begin(), finding.reasons.end(),
                    [](const std::string& reason) {
                      return reason.find(
                                 "route /allocations/{consumer_uuid} "
                                 "(placement/handler.py:") != std::string::npos;
                    });
  }
  EXPECT_EQ(found, consumers);
  EXPECT_GE(by_route, consumers.size());
}

TEST_F(Placement, TheScanIsCompleteAndCountsWhatItPrints) {
  const ScanResult scan = Scan(log_, "");
  EXPECT_EQ(scan.status, 1) << scan.err;
  EXPECT_TRUE(scan.complete);
  EXPECT_EQ(scan.findings.size(), scan.summary_findings);
}

}  // namespace
}  // namespace logspill::e2e
