// Loads the data that the engine works with: rule packs, subjects, languages.
//
// Built-in data is compiled into the program from the files of this folder, so
// that a binary needs none of them beside it.  Users' files are read on top.
//
// Errors:    file:line:column, what, the line, a caret and the way out.
// Threads:   call once, at the start.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/access_format.h"
#include "scanner/callsite/source_pass.h"
#include "scanner/identity/prediction.h"
#include "scanner/identity/subjects.h"
#include "scanner/record/log_format.h"
#include "scanner/rule/rule.h"

namespace logspill {

struct DataFile {
  std::string name;  // "packs/identifiers.toml"
  std::string_view text;
};

// The files of patterns/ as they were compiled in; `prefix` like "packs/".
std::vector<DataFile> BuiltInData(std::string_view prefix);

struct RuleSelection {
  std::vector<std::string> paths;   // users' packs: files, or folders of *.toml
  std::vector<std::string> enable;  // ids or globs ("pii.*"); empty: all
  std::vector<std::string> disable;  // ids or globs
  std::vector<std::string> tags;     // rules with one of them; empty: all
  bool built_in = true;
  // Proves the built-in rules' patterns and anchors as well.  The tests do; at each
  // start it would cost more than all else.
  bool check_built_in = false;
};

Result<RuleSet> LoadRules(const RuleSelection& selection);

// Parses one pack; what LoadRules() does for each file.
Result<std::vector<Rule>> ParsePack(const std::string& name,
                                    std::string_view text);

// Built-in subjects, then users' files on top: a subject of the same name is
// extended.
Result<SubjectTable> LoadSubjects(const std::vector<std::string>& paths);

// Whose grammars may be loaded: a grammar of one's own is code that runs.
enum class GrammarTrust : std::uint8_t { kAll, kBuiltIn };

// Built-in languages, then users' on top: one of the same name replaces it, or
// adds to it where it says `extends = true`.  Fails before it loads a grammar that
// is not trusted.
Result<std::vector<Language>> LoadLanguages(
    const std::vector<std::string>& paths,
    GrammarTrust trust = GrammarTrust::kAll);

Result<PredictionWords> LoadPredictions();

// Formats of access logs: those that are built in, and how code and
// configuration declare their own (patterns/access).
struct AccessFormats {
  std::vector<CallSite> built_in;
  std::vector<AccessFormatRule> rules;
};
Result<AccessFormats> LoadAccessFormats();
// Adds one file; what LoadAccessFormats() does for each.
Result<void> AddAccessFormats(const std::string& name, std::string_view text,
                              AccessFormats* formats);

// Adds one file of patterns/routes to the languages that it names.
Result<void> AddRoutes(const std::string& name, std::string_view text,
                       std::vector<Language>* languages);

// Users' log formats, which are tried first, then the built-in ones.  Users'
// are proved by their examples; the built-in ones with `check_built_in`, too.
Result<LogFormats> LoadFormats(const std::vector<std::string>& paths,
                               bool check_built_in = false);

}  // namespace logspill
