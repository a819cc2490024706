#include "tests/e2e/scan_result.h"

#include <simdjson.h>

#include <cstdlib>
#include <sstream>

#include "tests/house/shell.h"

namespace logspill::e2e {
namespace {

using simdjson::dom::element;

std::string Text(const element& object, const char* key) {
  std::string_view text;
  return object[key].get(text) == simdjson::SUCCESS ? std::string(text) : "";
}

std::uint64_t Number(const element& object, const char* key) {
  std::uint64_t number = 0;
  return object[key].get(number) == simdjson::SUCCESS ? number : 0;
}

SeenSite ReadSite(const element& site) {
  return {Text(site, "file"), Number(site, "line"), Text(site, "argument")};
}

SeenFinding ReadFinding(const element& json, const std::string& bytes) {
  SeenFinding finding;
  finding.rule = Text(json, "rule");
  finding.kind = Text(json, "kind");
  finding.class_name = Text(json, "class");
  finding.severity = Text(json, "severity");
  finding.input = Text(json, "input");
  finding.line = Number(json, "line");
  const std::uint64_t record = Number(json, "offset");
  const std::uint64_t begin = json["span"].at(0).get_uint64();
  const std::uint64_t end = json["span"].at(1).get_uint64();
  finding.value = bytes.substr(record + begin, end - begin);
  for (const element reason : json["reasons"].get_array()) {
    finding.reasons.emplace_back(std::string_view(reason));
  }
  element attribution;
  if (json["attribution"].get(attribution) == simdjson::SUCCESS) {
    finding.attribution = Text(attribution, "result");
    for (const element site : attribution["sites"].get_array()) {
      finding.sites.push_back(ReadSite(site));
    }
  }
  return finding;
}

}  // namespace

std::filesystem::path Corpus() {
  const char* named = std::getenv("LOGSPILL_CORPUS");
  const std::filesystem::path corpus =
      named != nullptr
          ? std::filesystem::path(named)
          : std::filesystem::path(LOGSPILL_SOURCE_DIR) / "../shared/corpus";
  return std::filesystem::exists(corpus) ? corpus : std::filesystem::path();
}

std::string Contents(const std::filesystem::path& file) {
  return house::RunShell("zcat -f " + house::Quoted(file.string())).out;
}

ScanResult Scan(const std::filesystem::path& file, const std::string& more) {
  const house::ShellResult run =
      house::RunShell(std::string(LOGSPILL_PROGRAM) +
                      " scan --format jsonl --min-severity info " +
                      house::Quoted(file.string()) + " " + more);
  const std::string bytes = Contents(file);
  ScanResult result;
  result.status = run.status;
  result.err = run.err;
  simdjson::dom::parser parser;
  std::istringstream lines(run.out);
  for (std::string line; std::getline(lines, line);) {
    const element json = parser.parse(line);
    if (Text(json, "type") == "finding") {
      result.findings.push_back(ReadFinding(json, bytes));
    } else if (Text(json, "type") == "summary") {
      result.summary_findings = Number(json, "findings");
      result.complete = bool(json["coverage"]["complete"]);
    }
  }
  return result;
}

}  // namespace logspill::e2e
