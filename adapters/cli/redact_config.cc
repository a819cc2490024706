#include "adapters/cli/redact_config.h"

#include <fmt/format.h>

#include <iterator>

#include "patterns/suggest.h"
#include "patterns/table_reader.h"

namespace logspill {
namespace {

// Reports where there is no policy of this name.
Policy ReadPolicy(std::string_view key, TableReader* reader) {
  const std::string text = reader->String(key);
  if (const auto policy = ParsePolicy(text)) return *policy;
  if (text.empty()) return {};  // of another type, which was reported
  std::string hint = DidYouMean(text, PolicyNames());
  if (hint.empty()) {
    hint = fmt::format("one of {}", fmt::join(PolicyNames(), ", "));
  }
  reader->Fail(key, fmt::format("unknown policy '{}'", text), hint);
  return {};
}

std::vector<PolicyEntry> ReadEntries(const toml::table& table,
                                     std::string_view key,
                                     std::string_view name,
                                     Diagnostics* diagnostics) {
  std::vector<PolicyEntry> entries;
  const toml::node* node = table.get(key);
  if (node == nullptr || !node->is_table()) return entries;
  const toml::table& inner = *node->as_table();
  TableReader reader(&inner, fmt::format("[redact.{}]", key), diagnostics);
  for (const auto& [entry, value] : inner) {
    const std::string what(entry.str());
    entries.push_back({what, ReadPolicy(what, &reader),
                       fmt::format("{}:{}", name, PositionOf(value).line)});
  }
  return entries;
}

}  // namespace

void ReadRedactTable(const toml::table& table, std::string_view name,
                     Diagnostics* diagnostics, PolicySettings* settings) {
  TableReader reader(&table, "[redact]", diagnostics);
  if (reader.Has("policy")) settings->otherwise = ReadPolicy("policy", &reader);
  const std::string severity = reader.String("min-severity");
  if (const auto parsed = ParseSeverity(severity)) {
    settings->min_severity = *parsed;
  } else if (!severity.empty()) {
    reader.Fail("min-severity", fmt::format("unknown severity '{}'", severity),
                DidYouMean(severity, {std::begin(kSeverityNames),
                                      std::end(kSeverityNames)}));
  }
  reader.String("policy");
  for (const char* key : {"rules", "classes", "kinds"}) reader.Table(key);
  reader.Finish();
  settings->rules = ReadEntries(table, "rules", name, diagnostics);
  settings->classes = ReadEntries(table, "classes", name, diagnostics);
  settings->kinds = ReadEntries(table, "kinds", name, diagnostics);
}

}  // namespace logspill
