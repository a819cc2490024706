#include <algorithm>

#include "patterns/data_files.h"
#include "patterns/loader.h"
#include "patterns/suggest.h"
#include "patterns/table_reader.h"

namespace logspill {
namespace {

std::string StemOf(std::string_view name) {
  name.remove_prefix(name.rfind('/') + 1);
  return std::string(name.substr(0, name.rfind('.')));
}

void CheckSyntax(const AccessFormatRule& rule, TableReader* reader) {
  const auto& known = AccessSyntaxes();
  if (rule.syntax.empty() ||
      std::find(known.begin(), known.end(), rule.syntax) != known.end()) {
    return;
  }
  reader->Fail("syntax", "unknown syntax of formats '" + rule.syntax + "'",
               DidYouMean(rule.syntax, known));
}

void ReadFormat(const toml::table& table, const LoadedFile& file,
                AccessFormatRule rule, Diagnostics* diagnostics,
                AccessFormats* formats) {
  TableReader reader(&table, "a format", diagnostics);
  const std::string name = reader.String("name", Need::kRequired);
  if (!name.empty()) reader.set_what("format " + name);
  const std::string text = reader.String("text", Need::kRequired);
  rule.names = reader.Strings("names");
  reader.Finish();
  auto message = ReadAccessFormat(rule, text);
  if (!message || !PrintsRequest(*message)) {
    reader.Fail("text", "prints nothing of a request",
                "no variable is called 'request line', 'request method' ...");
    return;
  }
  CallSite site =
      AccessSite(rule, std::move(*message), "built-in",
                 "access/" + StemOf(file.name), PositionOf(table).line);
  site.function = name;
  site.flags.emplace_back("built-in");
  formats->built_in.push_back(std::move(site));
}

void ReadFile(const LoadedFile& file, const toml::table& root,
              Diagnostics* diagnostics, AccessFormats* formats) {
  TableReader reader(&root, "the file", diagnostics);
  AccessFormatRule rule;
  rule.framework = reader.String("framework", Need::kRequired);
  rule.syntax = reader.String("syntax", Need::kRequired);
  rule.variables = reader.StringTable("variables");
  CheckSyntax(rule, &reader);
  const toml::array* declarations = reader.TableArray("declaration");
  const toml::array* packs = reader.TableArray("format");
  reader.Finish();
  if (declarations != nullptr) {
    for (const toml::node& node : *declarations) {
      if (!node.as_table()) continue;
      TableReader table(node.as_table(), "a declaration", diagnostics);
      AccessFormatRule declared = rule;
      declared.extensions = table.Strings("extensions", Need::kRequired);
      declared.keywords = table.Strings("keywords", Need::kRequired);
      declared.names = table.Strings("names");
      declared.marks = table.Strings("marks");
      table.Finish();
      formats->rules.push_back(std::move(declared));
    }
  }
  if (packs == nullptr) return;
  for (const toml::node& node : *packs) {
    if (!node.as_table()) continue;
    ReadFormat(*node.as_table(), file, rule, diagnostics, formats);
  }
}

}  // namespace

Result<AccessFormats> LoadAccessFormats() {
  auto files = CollectFiles(true, "access/", ".toml", {});
  if (!files) return files.error();
  AccessFormats formats;
  for (const LoadedFile& file : *files) {
    auto added = AddAccessFormats(file.name, file.text, &formats);
    if (!added) return added.error();
  }
  return formats;
}

Result<void> AddAccessFormats(const std::string& name, std::string_view text,
                              AccessFormats* formats) {
  Diagnostics diagnostics(name, text);
  const auto root = ParseToml(name, text, &diagnostics);
  if (root) {
    ReadFile({name, std::string(text), true}, *root, &diagnostics, formats);
  }
  if (!diagnostics.ok()) return diagnostics.ToError();
  return {};
}

}  // namespace logspill
