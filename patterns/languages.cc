#include "patterns/data_files.h"
#include "patterns/loader.h"
#include "patterns/table_reader.h"

namespace logspill {
namespace {

Language ReadLanguage(const toml::table& root, Diagnostics* diagnostics) {
  TableReader reader(&root, "the language", diagnostics);
  Language language;
  language.name = reader.String("name", Need::kRequired);
  if (!language.name.empty()) reader.set_what("language " + language.name);
  language.extensions = reader.Strings("extensions", Need::kRequired);
  language.tokens = reader.Strings("tokens", Need::kRequired);
  language.methods = reader.StringTable("methods");
  language.receivers = reader.Strings("receivers");
  language.transparent = reader.Strings("transparent");
  language.placeholders = reader.String("placeholders", Need::kRequired);
  language.nodes = reader.StringTable("nodes");
  language.literals = reader.String("literals", Need::kRequired);
  language.formatters = reader.Strings("formatters");
  language.message_keys = reader.Strings("message_keys");
  language.level_words = reader.StringTable("level_words");
  language.logger_factories = reader.Strings("logger_factories");
  language.module_names = reader.Strings("module_names");
  language.root_loggers = reader.Strings("root_loggers");
  language.module_marker = reader.String("module_marker");
  language.module_separator = reader.String("module_separator");
  language.module_index = reader.String("module_index");
  language.self_names = reader.Strings("self_names");
  reader.Finish();
  return language;
}

// The query stands beside the table, under the same name.
Result<std::string> QueryOf(const LoadedFile& file) {
  const std::string name =
      file.name.substr(0, file.name.size() - std::string_view(".toml").size()) +
      ".scm";
  if (!file.built_in) return ReadWholeFile(name);
  const std::vector<DataFile> found = BuiltInData(name);
  if (found.empty()) return Error{file.name + ": no query " + name};
  return std::string(found.front().text);
}

}  // namespace

Result<std::vector<Language>> LoadLanguages(
    const std::vector<std::string>& paths) {
  auto files = CollectFiles(true, "languages/", ".toml", paths);
  if (!files) return files.error();
  std::vector<Language> languages;
  for (const LoadedFile& file : *files) {
    Diagnostics diagnostics(file.name, file.text);
    const auto root = ParseToml(file.name, file.text, &diagnostics);
    if (!root) return diagnostics.ToError();
    Language language = ReadLanguage(*root, &diagnostics);
    if (!diagnostics.ok()) return diagnostics.ToError();
    Result<std::string> query = QueryOf(file);
    if (!query) return query.error();
    language.query = std::move(*query);
    languages.push_back(std::move(language));
  }
  return languages;
}

}  // namespace logspill
