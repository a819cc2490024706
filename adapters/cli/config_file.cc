#include "adapters/cli/config_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/cli/redact_config.h"
#include "adapters/output/text.h"
#include "patterns/suggest.h"
#include "patterns/table_reader.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "logspill.toml";
constexpr std::string_view kTables[] = {"scan", "subjects", "allow", "trace",
                                        "redact"};
constexpr std::uint32_t kMostNumber = 1'000'000;

// Reads one file; every error in it is listed.
class Reader {
 public:
  Reader(ConfigFile* config, std::string_view name, std::string_view text)
      : config_(config), name_(name), diagnostics_(name, text) {}

  Result<void> Read(std::string_view text);

 private:
  void ReadOptions(const toml::table& table);
  void ReadOption(const OptionSpec& spec, const toml::table& table,
                  TableReader* reader);
  void ReadTrace(const toml::table& table);
  void ReadAllow(const toml::table& table);
  void ReadSubject(const toml::key& key, const toml::node& node);
  std::string FromFolder(const std::string& path) const;

  ConfigFile* config_;
  std::string_view name_;  // as it is printed
  Diagnostics diagnostics_;
};

std::vector<std::string> ConfigurableNames() {
  std::vector<std::string> names;
  for (const OptionSpec& spec : AllOptions()) {
    if (spec.in_file) names.emplace_back(spec.name);
  }
  return names;
}

Result<void> Reader::Read(std::string_view text) {
  const auto parsed = ParseToml(name_, text, &diagnostics_);
  if (!parsed) return diagnostics_.ToError();
  TableReader top(&*parsed, "the file", &diagnostics_);
  const toml::table* scan = top.Table("scan");
  const toml::table* subjects = top.Table("subjects");
  const toml::table* trace = top.Table("trace");
  const toml::table* redact = top.Table("redact");
  const toml::node* allow = parsed->get("allow");
  if (scan != nullptr) ReadOptions(*scan);
  if (trace != nullptr) ReadTrace(*trace);
  if (redact != nullptr) {
    ReadRedactTable(*redact, name_, &diagnostics_, &config_->redact);
  }
  if (subjects != nullptr) {
    for (const auto& [key, node] : *subjects) ReadSubject(key, node);
  }
  if (allow != nullptr && !allow->is_array_of_tables()) {
    top.Fail("allow", "'allow' must be tables", "begin each with [[allow]]");
  } else if (allow != nullptr) {
    for (const auto& entry : *allow->as_array()) ReadAllow(*entry.as_table());
  }
  for (const auto& [key, node] : *parsed) {
    if (std::find(std::begin(kTables), std::end(kTables), key.str()) !=
        std::end(kTables)) {
      continue;
    }
    const bool option = FindOption(key.str()) != nullptr;
    std::string hint =
        option
            ? "put it below a line [scan]"
            : DidYouMean(key.str(), {std::begin(kTables), std::end(kTables)});
    const auto at = key.source().begin;
    diagnostics_.Add({at.line, at.column},
                     fmt::format("unknown key '{}'", key.str()), hint);
  }
  if (!diagnostics_.ok()) return diagnostics_.ToError();
  return {};
}

void Reader::ReadOptions(const toml::table& table) {
  TableReader reader(&table, "[scan]", &diagnostics_);
  for (const auto& [key, node] : table) {
    const OptionSpec* spec = FindOption(key.str());
    const auto at = key.source().begin;
    if (spec == nullptr) {
      diagnostics_.Add({at.line, at.column},
                       fmt::format("unknown key '{}' in [scan]", key.str()),
                       DidYouMean(key.str(), ConfigurableNames()));
    } else if (!spec->in_file) {
      diagnostics_.Add({at.line, at.column},
                       fmt::format("'{}' cannot be configured", key.str()),
                       "give it on the command line");
    } else {
      ReadOption(*spec, table, &reader);
    }
  }
}

void Reader::ReadOption(const OptionSpec& spec, const toml::table& table,
                        TableReader* reader) {
  Setting setting;
  const std::uint32_t line = PositionOf(*table.get(spec.name)).line;
  setting.origin = fmt::format("{}:{}", name_, line);
  if (spec.takes_many()) {
    setting.values = reader->Strings(spec.name);
  } else if (spec.kind == OptionKind::kFlag) {
    setting.values = {reader->Bool(spec.name, false) ? "true" : "false"};
  } else if (spec.kind == OptionKind::kNumber) {
    const std::uint32_t most = std::min(spec.most, kMostNumber);
    setting.values = {std::to_string(reader->Number(spec.name, 1, most))};
  } else {
    setting.values = {reader->String(spec.name)};
    const Fault fault = CheckValue(spec, setting.values.front());
    const bool said = setting.values.front().empty();
    if (!fault.what.empty() && !said) {
      reader->Fail(spec.name, fault.what, fault.hint);
    }
  }
  if (spec.is_path()) {
    for (std::string& value : setting.values) value = FromFolder(value);
  }
  config_->settings.emplace_back(&spec, std::move(setting));
}

void Reader::ReadTrace(const toml::table& table) {
  TableReader reader(&table, "[trace]", &diagnostics_);
  config_->message_prefixes = reader.Strings("message_prefixes");
  for (const std::string& prefix : config_->message_prefixes) {
    if (prefix.find_first_not_of('*') == std::string::npos) {
      reader.Fail("message_prefixes", "a prefix without text fits anything",
                  "write what stands in front: \"[instance: *] \"");
    }
  }
  reader.Finish();
}

void Reader::ReadAllow(const toml::table& table) {
  TableReader reader(&table, "this [[allow]]", &diagnostics_);
  AllowEntry entry;
  entry.rule = reader.String("rule");
  entry.class_name = reader.String("class");
  entry.site = reader.String("site");
  entry.argument = reader.String("argument");
  entry.field = reader.String("field");
  entry.path = reader.String("path");
  entry.pattern = reader.String("pattern");
  entry.fingerprint = reader.String("fingerprint");
  entry.reason = reader.String("reason", Need::kRequired);
  entry.until = reader.String("until");
  entry.origin = fmt::format("{}:{}", name_, PositionOf(table).line);
  reader.Finish();
  config_->allow.push_back(std::move(entry));
}

void Reader::ReadSubject(const toml::key& key, const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    diagnostics_.Add(PositionOf(node),
                     fmt::format("'{}' is no table", key.str()),
                     "write [subjects.NAME] and its fields below");
    return;
  }
  TableReader reader(table, fmt::format("[subjects.{}]", key.str()),
                     &diagnostics_);
  Subject subject;
  subject.name = key.str();
  subject.words = reader.Strings("words", Need::kRequired);
  subject.class_name = reader.String("class");
  subject.operational = reader.Bool("operational", false);
  const std::string severity = reader.String("severity");
  if (const auto parsed = ParseSeverity(severity)) {
    subject.severity = *parsed;
  } else if (!severity.empty()) {
    reader.Fail("severity", fmt::format("unknown severity '{}'", severity),
                DidYouMean(severity, {std::begin(kSeverityNames),
                                      std::end(kSeverityNames)}));
  }
  reader.Finish();
  config_->subjects.push_back(std::move(subject));
}

std::string Reader::FromFolder(const std::string& path) const {
  if (path.empty() || fs::path(path).is_absolute()) return path;
  const fs::path folder = fs::path(config_->path).parent_path();
  return (folder / path).lexically_normal().string();
}

Result<std::string> ReadWhole(const std::string& path) {
  std::error_code error;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || fs::is_directory(path, error)) {
    return Error{fmt::format("{}: cannot be read", Printable(path))};
  }
  text << file.rdbuf();
  return text.str();
}

}  // namespace

std::string FindConfig(const std::string& folder) {
  std::error_code error;
  fs::path at = fs::canonical(folder, error);
  if (error) return {};
  std::string up;  // the way as messages print it
  while (true) {
    std::error_code absent;
    if (fs::is_regular_file(at / kName, absent)) {
      return up + std::string(kName);
    }
    if (!at.has_relative_path()) return {};
    at = at.parent_path();
    up += "../";
  }
}

Result<ConfigFile> LoadConfig(const std::string& path) {
  const auto text = ReadWhole(path);
  if (!text) return text.error();
  ConfigFile config;
  config.path = path;
  const std::string name = Printable(path);
  auto read = Reader(&config, name, *text).Read(*text);
  if (!read) return read.error();
  return config;
}

}  // namespace logspill
