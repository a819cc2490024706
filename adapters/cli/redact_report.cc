#include "adapters/cli/redact_report.h"

#include <fmt/format.h>

#include "adapters/output/text.h"

namespace logspill {
namespace {

std::uint64_t ValuesOf(const RedactTotals& totals) {
  std::uint64_t values = 0;
  for (const auto& [key, count] : totals.counts) values += count;
  return values;
}

void AppendCounts(const char* name,
                  const std::map<std::string, std::uint64_t>& counts,
                  std::string* out) {
  *out += fmt::format(",\"{}\":{{", name);
  const char* comma = "";
  for (const auto& [what, count] : counts) {
    *out += comma;
    AppendJsonString(what, out);
    *out += fmt::format(":{}", count);
    comma = ",";
  }
  *out += "}";
}

}  // namespace

std::string RedactReportJson(const RedactReport& report, const RuleSet& rules) {
  const RedactTotals& totals = report.totals;
  std::map<std::string, std::uint64_t> by_kind;
  std::map<std::string, std::uint64_t> by_rule;
  std::map<std::string, std::uint64_t> by_action;
  for (const auto& [key, count] : totals.counts) {
    const Rule& rule = rules.rules[key.first];
    by_kind[rule.kind] += count;
    by_rule[rule.id] += count;
    by_action[std::string(Name(key.second))] += count;
  }
  std::string out = fmt::format(
      "{{\"type\":\"redaction\",\"schema\":\"logspill/1\",\"policy\":\"{}\","
      "\"inputs\":{},\"written\":{},\"unchanged\":{},\"bytes_in\":{},"
      "\"bytes_out\":{},\"records\":{},\"records_changed\":{},"
      "\"records_verified\":{},\"records_withheld\":{},\"values\":{}",
      report.policy, report.inputs, report.written, report.unchanged,
      totals.bytes_in, totals.bytes_out, totals.records, totals.changed,
      totals.verified, totals.withheld, ValuesOf(totals));
  AppendCounts("by_kind", by_kind, &out);
  AppendCounts("by_rule", by_rule, &out);
  AppendCounts("by_action", by_action, &out);
  if (!report.old_key_ids.empty()) {
    std::map<std::string, std::uint64_t> tokens;
    std::uint64_t unknown = 0;
    for (const std::string& id : report.old_key_ids) tokens[id] = 0;
    tokens[report.key_id] = 0;
    for (const auto& [id, count] : totals.tokens) {
      const auto known = tokens.find(id);
      (known == tokens.end() ? unknown : known->second) += count;
    }
    tokens["unknown"] = unknown;
    AppendCounts("tokens_before", tokens, &out);
  }
  out += ",\"problems\":";
  AppendJsonStrings(report.problems, &out);
  out += fmt::format(
      ",\"complete\":{},\"verified\":\"{}\",\"rules\":\"{}\",\"key\":\"{}\","
      "\"key_from_file\":{},\"seconds\":{:.3f}}}\n",
      report.complete, report.verified_all ? "all" : "changed",
      report.rules_digest, report.key_id, report.key_from_file, report.seconds);
  return out;
}

std::string RedactReportLine(const RedactReport& report) {
  const RedactTotals& totals = report.totals;
  std::string line =
      fmt::format("{} replaced in {} of {}", Plural(ValuesOf(totals), "value"),
                  Grouped(totals.changed), Plural(totals.records, "record"));
  if (report.written != 0) {
    line += fmt::format("; {} written", Plural(report.written, "file"));
  }
  if (report.unchanged != 0) {
    line += fmt::format("; {} left as they were, without a value",
                        Plural(report.unchanged, "file"));
  }
  return line;
}

}  // namespace logspill
