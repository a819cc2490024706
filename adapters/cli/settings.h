// Options by name: one table says what there is, and command line, environment
// and configuration file are read against it, so that they cannot disagree.
//
// Lifetime:  the table is static; Settings own their text.
// Errors:    a value of the wrong form is reported where it was written.

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace logspill {

enum class OptionKind : std::uint8_t {
  kFlag,
  kText,
  kPath,
  kNumber,
  kSize,  // bytes: 64M, 4G
  kChoice,
  kList,
  kPathList,
};

struct OptionSpec {
  std::string_view name;  // "min-severity"
  OptionKind kind = OptionKind::kText;
  std::string_view value_name;  // "SEVERITY"; empty for flags
  std::string_view fallback;    // the default as text; may be empty
  std::string_view help;
  std::string_view group;
  bool in_file = true;               // may stand in logspill.toml
  std::vector<std::string> choices;  // of kChoice
  std::uint32_t most = 1'000'000;    // of kNumber, from 1 on
  bool for_scan = true;              // false: another command's alone

  bool takes_many() const {
    return kind == OptionKind::kList || kind == OptionKind::kPathList;
  }
  bool is_path() const {
    return kind == OptionKind::kPath || kind == OptionKind::kPathList;
  }
};

std::span<const OptionSpec> AllOptions();
// nullptr where there is no such option.
const OptionSpec* FindOption(std::string_view name);

// What is wrong with a value, and the way out; `what` is empty where nothing
// is.
struct Fault {
  std::string what;
  std::string hint;
};
Fault CheckValue(const OptionSpec& spec, const std::string& value);

struct Setting {
  std::vector<std::string> values;
  std::string origin = "default";  // "command line", "logspill.toml:4"
};

class Settings {
 public:
  // Replaces what was set before under this name.
  void Set(const OptionSpec& spec, Setting setting);

  // REQUIRES for all: `name` is in the table.  Unset options have their
  // default.
  Setting Get(std::string_view name) const;
  bool Flag(std::string_view name) const;
  std::string Text(std::string_view name) const;
  std::uint64_t Number(std::string_view name) const;  // of kSize: bytes
  std::vector<std::string> List(std::string_view name) const;

 private:
  std::map<std::string, Setting, std::less<>> settings_;
};

}  // namespace logspill
