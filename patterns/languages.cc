#include <algorithm>
#include <filesystem>
#include <utility>

#include "patterns/data_files.h"
#include "patterns/loader.h"
#include "patterns/routes.h"
#include "patterns/table_reader.h"

namespace logspill {
namespace {

constexpr std::uint32_t kMostArguments = 32;

CallRule ReadCall(const toml::table& table, Diagnostics* diagnostics) {
  TableReader reader(&table, "a call", diagnostics);
  CallRule rule;
  rule.framework = reader.String("framework", Need::kRequired);
  reader.set_what("a call of " + rule.framework);
  rule.prints = reader.Bool("prints", false);
  rule.imports = reader.Strings("imports");
  rule.anywhere = reader.Bool("anywhere", false);
  rule.bare = reader.Bool("bare", false);
  rule.receivers = reader.Strings("receivers");
  rule.types = reader.Strings("types");
  rule.factories = reader.Strings("factories");
  rule.methods = reader.StringTable("methods");
  rule.level_argument = reader.Number("level_argument", 1, kMostArguments);
  rule.message_argument = reader.Number("message_argument", 0, kMostArguments);
  rule.message_is_first_string = reader.Bool("message_is_first_string", false);
  rule.message_is_last = reader.Bool("message_is_last", false);
  rule.required_argument =
      reader.Number("required_argument", 0, kMostArguments);
  rule.required = reader.Strings("required");
  rule.required_keyword = reader.String("required_keyword");
  rule.placeholders = reader.String("placeholders", Need::kRequired);
  rule.rest = reader.String("rest");
  rule.separator_keyword = reader.String("separator_keyword");
  rule.pairs = reader.String("pairs");
  rule.object_first = reader.Bool("object_first", false);
  rule.pair_keywords = reader.Strings("pair_keywords");
  rule.reserved = reader.Strings("reserved");
  rule.chain = reader.StringTable("chain");
  rule.stream = reader.String("stream");
  rule.manipulators = reader.Strings("manipulators");
  reader.Finish();
  return rule;
}

void ReadSpelling(TableReader* reader, Language* language) {
  language->unknown_escape = reader->String("unknown_escape");
  language->line_join = reader->String("line_join");
  language->raw_prefixes = reader->Strings("raw_prefixes");
  language->bytes_prefixes = reader->Strings("bytes_prefixes");
  language->doubled_prefixes = reader->Strings("doubled_prefixes");
  language->verbatim_prefixes = reader->Strings("verbatim_prefixes");
  language->quoted_openings = reader->Strings("quoted_openings");
  language->block_openings = reader->Strings("block_openings");
}

void ReadNames(TableReader* reader, Language* language) {
  language->module_names = reader->Strings("module_names");
  language->class_names = reader->Strings("class_names");
  language->class_suffix = reader->String("class_suffix");
  language->class_marks = reader->Strings("class_marks");
  language->unnamed_logger = reader->String("unnamed_logger");
  language->module_is_logger = reader->Bool("module_is_logger", false);
  language->folder_is_module = reader->Bool("folder_is_module", false);
  language->root_loggers = reader->Strings("root_loggers");
  language->module_marker = reader->String("module_marker");
  language->module_package = reader->String("module_package");
  language->module_source = reader->String("module_source");
  language->module_separator = reader->String("module_separator");
  language->module_indexes = reader->Strings("module_indexes");
  language->self_names = reader->Strings("self_names");
  language->caller_marks = reader->StringTable("caller_marks");
  language->rest_types = reader->Strings("rest_types");
}

void ReadTexts(TableReader* reader, Language* language) {
  language->level_words = reader->StringTable("level_words");
  language->transparent = reader->Strings("transparent");
  language->shapers = reader->StringTable("shapers");
  language->formatters = reader->StringTable("formatters");
  language->joiners = reader->StringTable("joiners");
  language->builders = reader->Strings("builders");
  language->appenders = reader->Strings("appenders");
  language->builder_texts = reader->Strings("builder_texts");
  language->field_makers = reader->Strings("field_makers");
  language->message_keys = reader->Strings("message_keys");
  language->text_macros = reader->StringTable("text_macros");
}

// Without `extends` it is a language of its own, else more of a built-in one.
Language ReadLanguage(const toml::table& root, Diagnostics* diagnostics) {
  TableReader reader(&root, "the language", diagnostics);
  Language language;
  language.name = reader.String("name", Need::kRequired);
  if (!language.name.empty()) reader.set_what("language " + language.name);
  const bool extends = reader.Bool("extends", false);
  const Need need = extends ? Need::kOptional : Need::kRequired;
  language.grammar = reader.String("grammar");
  language.extensions = reader.Strings("extensions", need);
  language.shared_extensions = reader.Strings("shared_extensions");
  language.shared_marks = reader.Strings("shared_marks");
  language.tokens = reader.Strings("tokens", need);
  if (const toml::array* calls = reader.TableArray("call")) {
    for (const toml::node& node : *calls) {
      if (!node.as_table()) continue;
      language.calls.push_back(ReadCall(*node.as_table(), diagnostics));
    }
  }
  language.routes = ReadRouteRules(&reader, diagnostics);
  ReadTexts(&reader, &language);
  ReadSpelling(&reader, &language);
  ReadNames(&reader, &language);
  language.nodes = reader.StringTable("nodes");
  language.fields = reader.StringTable("fields");
  reader.Finish();
  return language;
}

void Append(std::vector<std::string> more, std::vector<std::string>* to) {
  to->insert(to->end(), more.begin(), more.end());
}

// What a user adds stands before what is built in.
void Extend(Language more, Language* to) {
  Append(std::move(more.extensions), &to->extensions);
  Append(std::move(more.tokens), &to->tokens);
  to->calls.insert(to->calls.begin(), more.calls.begin(), more.calls.end());
  to->routes.insert(to->routes.begin(), more.routes.begin(), more.routes.end());
  for (const auto& [from, table] :
       {std::pair(&more.level_words, &to->level_words),
        {&more.formatters, &to->formatters},
        {&more.joiners, &to->joiners},
        {&more.text_macros, &to->text_macros},
        {&more.shapers, &to->shapers},
        {&more.caller_marks, &to->caller_marks},
        {&more.nodes, &to->nodes}}) {
    table->insert(table->begin(), from->begin(), from->end());
  }
  for (const auto& [from, list] :
       {std::pair(&more.transparent, &to->transparent),
        {&more.builders, &to->builders},
        {&more.appenders, &to->appenders},
        {&more.builder_texts, &to->builder_texts},
        {&more.field_makers, &to->field_makers},
        {&more.message_keys, &to->message_keys},
        {&more.module_names, &to->module_names},
        {&more.class_names, &to->class_names},
        {&more.class_marks, &to->class_marks},
        {&more.root_loggers, &to->root_loggers},
        {&more.shared_extensions, &to->shared_extensions},
        {&more.shared_marks, &to->shared_marks},
        {&more.self_names, &to->self_names}}) {
    Append(std::move(*from), list);
  }
  to->query += "\n" + more.query;
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

// A relative grammar stands beside the file that names it.
void PlaceGrammar(const LoadedFile& file, Language* language) {
  std::string& grammar = language->grammar;
  if (file.built_in || !grammar.ends_with(".so")) return;
  const std::filesystem::path folder =
      std::filesystem::absolute(file.name).parent_path();
  grammar = (folder / grammar).string();
}

Result<void> CheckTrust(const LoadedFile& file, const Language& language,
                        GrammarTrust trust) {
  if (trust == GrammarTrust::kAll || !language.grammar.ends_with(".so")) {
    return {};
  }
  return Error{file.name +
               ": its grammar is code, and the configuration that names it was "
               "only found here; if you trust it, give that with --config, or "
               "this file with --languages"};
}

Result<void> AddLanguage(const LoadedFile& file, GrammarTrust trust,
                         std::vector<Language>* languages) {
  Diagnostics diagnostics(file.name, file.text);
  const auto root = ParseToml(file.name, file.text, &diagnostics);
  if (!root) return diagnostics.ToError();
  Language language = ReadLanguage(*root, &diagnostics);
  if (!diagnostics.ok()) return diagnostics.ToError();
  PlaceGrammar(file, &language);
  if (auto trusted = CheckTrust(file, language, trust); !trusted) {
    return trusted.error();
  }
  const bool extends = (*root)["extends"].value_or(false);
  Result<std::string> query = QueryOf(file);
  if (query) {
    language.query = std::move(*query);
  } else if (!extends) {
    return query.error();
  }
  const auto same = std::find_if(
      languages->begin(), languages->end(),
      [&](const Language& other) { return other.name == language.name; });
  const bool known = same != languages->end();
  if (extends && !known) {
    return Error{file.name + ": there is no language '" + language.name +
                 "' to extend"};
  }
  if (extends) {
    Extend(std::move(language), &*same);
  } else if (known) {
    *same = std::move(language);
  } else {
    languages->push_back(std::move(language));
  }
  if (file.built_in) return {};
  auto checked = CheckLanguage(known ? *same : languages->back());
  if (!checked) return Error{file.name + ": " + checked.error().message};
  return {};
}

}  // namespace

Result<std::vector<Language>> LoadLanguages(
    const std::vector<std::string>& paths, GrammarTrust trust) {
  auto files = CollectFiles(true, "languages/", ".toml", paths);
  if (!files) return files.error();
  std::vector<Language> languages;
  bool routed = false;
  const auto add_routes = [&]() -> Result<void> {
    if (std::exchange(routed, true)) return {};
    return AddBuiltInRoutes(&languages);
  };
  for (const LoadedFile& file : *files) {
    // What users add comes on top.
    if (!file.built_in) {
      if (auto added = add_routes(); !added) return added.error();
    }
    auto added = AddLanguage(file, trust, &languages);
    if (!added) return added.error();
  }
  if (auto added = add_routes(); !added) return added.error();
  return languages;
}

}  // namespace logspill
