#include "patterns/routes.h"

#include <algorithm>
#include <string>

#include "patterns/data_files.h"
#include "patterns/loader.h"
#include "patterns/suggest.h"

namespace logspill {
namespace {

constexpr std::uint32_t kMostArguments = 32;

const std::vector<std::string>& Whats() {
  static const std::vector<std::string> whats = {
      "route",      "prefix", "nest",  "mount", "resources",
      "collection", "mark",   "table", "pairs"};
  return whats;
}

void CheckWords(const RouteRule& rule, TableReader* reader) {
  const auto& whats = Whats();
  if (!rule.what.empty() &&
      std::find(whats.begin(), whats.end(), rule.what) == whats.end()) {
    reader->Fail("what", "unknown kind of declaration '" + rule.what + "'",
                 DidYouMean(rule.what, whats));
  }
  PathSpelling spelling;
  if (!ReadSpelling(rule.parameters, &spelling)) {
    reader->Fail("parameters",
                 "unknown spelling of parameters '" + rule.parameters + "'",
                 "braces, angles, colons, regex, options or none");
  }
  const bool is_call = rule.what != "table" && rule.what != "pairs";
  if (is_call && rule.methods.empty()) {
    reader->Fail("methods", "a call needs methods, the names that make it one");
  }
  if (is_call && !rule.bare && !rule.annotation && rule.receivers.empty()) {
    reader->Fail("receivers", "nothing says what the call stands behind",
                 "receivers = [\"*\"], bare = true or annotation = true");
  }
}

RouteRule ReadRouteRule(const toml::table& table, Diagnostics* diagnostics) {
  TableReader reader(&table, "a route", diagnostics);
  RouteRule rule;
  rule.framework = reader.String("framework", Need::kRequired);
  if (!rule.framework.empty()) reader.set_what("a route of " + rule.framework);
  rule.what = reader.String("what", Need::kRequired);
  rule.imports = reader.Strings("imports", Need::kRequired);
  rule.receivers = reader.Strings("receivers");
  rule.bare = reader.Bool("bare", false);
  rule.methods = reader.StringTable("methods");
  rule.annotation = reader.Bool("annotation", false);
  rule.decorator = reader.Bool("decorator", false);
  rule.path_argument = reader.Number("path_argument", 0, kMostArguments);
  rule.first_path = reader.Bool("first_path", false);
  rule.path_keywords = reader.Strings("path_keywords");
  rule.handler = reader.Bool("handler", false);
  rule.path_is_key = reader.Bool("path_is_key", false);
  rule.relative = reader.Bool("relative", false);
  rule.parameters = reader.String("parameters", Need::kRequired);
  rule.verb_argument = reader.Number("verb_argument", 0, kMostArguments);
  rule.verb_keywords = reader.Strings("verb_keywords");
  rule.verb_links = reader.Strings("verb_links");
  rule.nests = reader.Strings("nests");
  rule.member = reader.String("member");
  CheckWords(rule, &reader);
  reader.Finish();
  return rule;
}

}  // namespace

Result<void> AddRoutes(const std::string& name, std::string_view text,
                       std::vector<Language>* languages) {
  Diagnostics diagnostics(name, text);
  const auto root = ParseToml(name, text, &diagnostics);
  if (!root) return diagnostics.ToError();
  TableReader reader(&*root, "the file", &diagnostics);
  const auto names = reader.Strings("languages", Need::kRequired);
  const std::vector<RouteRule> rules = ReadRouteRules(&reader, &diagnostics);
  reader.Finish();
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto language = std::find_if(
        languages->begin(), languages->end(),
        [&](const Language& other) { return other.name == names[i]; });
    if (language == languages->end()) {
      reader.FailItem("languages", i,
                      "there is no language '" + names[i] + "'");
      continue;
    }
    language->routes.insert(language->routes.end(), rules.begin(), rules.end());
  }
  if (!diagnostics.ok()) return diagnostics.ToError();
  return {};
}

std::vector<RouteRule> ReadRouteRules(TableReader* reader,
                                      Diagnostics* diagnostics) {
  std::vector<RouteRule> rules;
  if (const toml::array* tables = reader->TableArray("route")) {
    for (const toml::node& node : *tables) {
      if (!node.as_table()) continue;
      rules.push_back(ReadRouteRule(*node.as_table(), diagnostics));
    }
  }
  return rules;
}

Result<void> AddBuiltInRoutes(std::vector<Language>* languages) {
  auto files = CollectFiles(true, "routes/", ".toml", {});
  if (!files) return files.error();
  for (const LoadedFile& file : *files) {
    auto added = AddRoutes(file.name, file.text, languages);
    if (!added) return added.error();
  }
  return {};
}

}  // namespace logspill
