// Options by name: one table says what there is, and command line, environment
// and configuration file are read against it, so that they cannot disagree.
//
// Lifetime:  the table is static; Settings own their text.
// Errors:    a value of the wrong form is reported where it was written.

#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/cli/diagnostic.h"
#include "scanner/base/result.h"

namespace logspill {

enum class OptionKind {
  kFlag,
  kText,
  kPath,
  kNumber,
  kSize,
  kChoice,
  kList,
  kPathList
};

struct OptionSpec {
  std::string_view name;  // "min-severity"
  OptionKind kind = OptionKind::kText;
  std::string_view value_name;  // "SEVERITY"; empty for flags
  std::string_view fallback;    // the default as text; may be empty
  std::string_view help;
  std::string_view group;
  bool in_file = true;  // may stand in logspill.toml
  std::vector<std::string_view> choices;

  bool takes_many() const {
    return kind == OptionKind::kList || kind == OptionKind::kPathList;
  }
};

std::span<const OptionSpec> AllOptions();
// nullptr where there is no such option.
const OptionSpec* FindOption(std::string_view name);

enum class OriginKind { kDefault, kFile, kEnvironment, kCommandLine };

struct Setting {
  std::vector<std::string> values;
  OriginKind origin = OriginKind::kDefault;
  TextPlace place;  // of the value, for kFile

  // "logspill.toml:4", "command line", "default".
  std::string OriginText() const;
};

class Settings {
 public:
  // Checks the form of the values and keeps them; what was set before under
  // this name is replaced.
  Result<void> Set(const OptionSpec& spec, Setting setting);

  bool IsSet(std::string_view name) const;
  // REQUIRES for all: `name` is in the table.  Unset options have their
  // default.
  Setting Get(std::string_view name) const;
  bool Flag(std::string_view name) const;
  std::string Text(std::string_view name) const;
  std::uint64_t Number(std::string_view name) const;
  std::vector<std::string> List(std::string_view name) const;

  // An error about a value, where it was written.
  Error Wrong(std::string_view name, std::string_view what,
              std::string_view hint = {}) const;

 private:
  std::map<std::string, Setting, std::less<>> settings_;
};

// "64M", "4G", "1000": bytes, in powers of 1024.
Result<std::uint64_t> ParseSize(std::string_view text);

}  // namespace logspill
