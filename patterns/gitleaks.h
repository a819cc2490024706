// Rule files of the gitleaks format, as they stand: read, not judged.  The
// format is that of the project's README: [[rules]] with regex, secretGroup,
// entropy, keywords, path, tags and allowlists; [allowlist] and [[allowlists]]
// for all rules; [extend].
//
// Lifetime:  owns its text.
// Threads:   pure functions.
// Errors:    TOML that is none and fields of the wrong type: with line, caret.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "patterns/diagnostics.h"
#include "scanner/base/result.h"

namespace logspill {

// Something that was read and has no place, or is not known.
struct ForeignNote {
  Position at;
  std::string what;
};

struct ForeignAllowlist {
  Position at;
  std::string description;
  std::vector<std::string> regexes;
  std::vector<std::string> stopwords;
  std::vector<std::string> paths;
  std::vector<std::string> commits;
  std::vector<std::string> target_rules;  // of a global one; empty: all
  std::string regex_target;               // "", "match", "line"
  bool all_must_hold = false;             // condition = "AND"
};

struct ForeignRule {
  Position at;
  std::string id;
  std::string description;
  std::string regex;
  Position regex_at;
  int secret_group = 0;  // 0: not said
  double entropy = 0;
  std::string path;
  std::vector<std::string> keywords;
  std::vector<std::string> tags;
  std::vector<ForeignAllowlist> allowlists;
  bool needs_others = false;     // [[rules.required]]
  bool only_for_others = false;  // skipReport
  std::vector<ForeignNote> notes;
};

struct ForeignFile {
  std::vector<ForeignRule> rules;
  std::vector<ForeignAllowlist> allowlists;
  std::vector<ForeignNote> notes;
};

Result<ForeignFile> ReadGitleaks(const std::string& name,
                                 std::string_view text);

}  // namespace logspill
