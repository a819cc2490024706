#include "adapters/cli/config_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "adapters/output/text.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kName = "logspill.toml";

// Reads one file; the first error ends it.
class Reader {
 public:
  Reader(ConfigFile* config, std::string text)
      : config_(config), text_(std::move(text)) {}

  Result<void> Read();

 private:
  TextPlace Place(const toml::source_region& region) const;
  Error Wrong(const toml::source_region& region, std::string_view what,
              std::string_view hint = {}) const;
  Result<void> ReadTop(const toml::key& key, const toml::node& node);
  Result<void> ReadOption(const toml::key& key, const toml::node& node);
  Result<void> ReadValue(const OptionSpec& spec, const toml::node& node,
                         Setting* setting);
  Result<void> ReadAllow(const toml::node& node);
  Result<void> ReadAllowField(const toml::key& key, const toml::node& node,
                              AllowEntry* entry);
  Result<void> ReadSubject(const toml::key& key, const toml::node& node);
  Result<void> ReadSubjectField(const toml::key& key, const toml::node& node,
                                Subject* subject);
  std::string FromFolder(const std::string& path) const;

  ConfigFile* config_;
  std::string text_;
};

// Calls `read(key, node)` for each entry of a table until one fails.
template <typename Read>
Result<void> EachEntry(const toml::table& table, Read read) {
  for (const auto& [key, node] : table) {
    auto done = read(key, node);
    if (!done) return done;
  }
  return {};
}

template <typename Read>
Result<void> EachItem(const toml::array& array, Read read) {
  for (const auto& node : array) {
    auto done = read(node);
    if (!done) return done;
  }
  return {};
}

std::string LineOf(std::string_view text, std::uint32_t line) {
  for (std::uint32_t i = 1; i < line; ++i) {
    const std::size_t end = text.find('\n');
    if (end == text.npos) return {};
    text.remove_prefix(end + 1);
  }
  return std::string(text.substr(0, text.find_first_of("\r\n")));
}

// A value as the command line would have it; false for tables and dates.
bool AsText(const toml::node& node, const OptionSpec& spec, std::string* text) {
  const bool flag = spec.kind == OptionKind::kFlag;
  const bool number =
      spec.kind == OptionKind::kNumber || spec.kind == OptionKind::kSize;
  if (const auto* value = node.as_boolean(); value != nullptr && flag) {
    *text = value->get() ? "true" : "false";
  } else if (const auto* whole = node.as_integer();
             whole != nullptr && number) {
    *text = std::to_string(whole->get());
  } else if (const auto* string = node.as_string();
             string != nullptr && !flag && spec.kind != OptionKind::kNumber) {
    *text = string->get();
  } else {
    return false;
  }
  return true;
}

std::string_view Form(const OptionSpec& spec) {
  switch (spec.kind) {
    case OptionKind::kFlag:
      return "true or false";
    case OptionKind::kNumber:
      return "a number";
    case OptionKind::kSize:
      return "a number or a size such as \"64M\"";
    case OptionKind::kList:
    case OptionKind::kPathList:
      return "a list of strings";
    default:
      return "a string";
  }
}

TextPlace Reader::Place(const toml::source_region& region) const {
  return {config_->path, region.begin.line, region.begin.column,
          LineOf(text_, region.begin.line)};
}

Error Reader::Wrong(const toml::source_region& region, std::string_view what,
                    std::string_view hint) const {
  return Error{Diagnose(Place(region), what, hint)};
}

Result<void> Reader::Read() {
  try {
    const toml::table table = toml::parse(text_, config_->path);
    return EachEntry(table, [&](const toml::key& key, const toml::node& node) {
      return ReadTop(key, node);
    });
  } catch (const toml::parse_error& error) {
    return Wrong(error.source(), error.description());
  }
}

Result<void> Reader::ReadTop(const toml::key& key, const toml::node& node) {
  const toml::table* table = node.as_table();
  if (key == "scan" && table != nullptr) {
    return EachEntry(*table, [&](const toml::key& k, const toml::node& n) {
      return ReadOption(k, n);
    });
  }
  if (key == "subjects" && table != nullptr) {
    return EachEntry(*table, [&](const toml::key& k, const toml::node& n) {
      return ReadSubject(k, n);
    });
  }
  if (const toml::array* array = node.as_array();
      key == "allow" && array != nullptr) {
    return EachItem(*array,
                    [&](const toml::node& entry) { return ReadAllow(entry); });
  }
  if (const OptionSpec* spec = FindOption(key.str()); spec != nullptr) {
    return Wrong(key.source(),
                 fmt::format("'{}' stands outside of [scan]", key.str()),
                 "put a line [scan] before it");
  }
  return Wrong(key.source(), fmt::format("unknown key '{}'", key.str()),
               Suggest(key.str(), {"scan", "allow", "subjects"}));
}

Result<void> Reader::ReadOption(const toml::key& key, const toml::node& node) {
  const OptionSpec* spec = FindOption(key.str());
  if (spec == nullptr) {
    std::vector<std::string_view> names;
    for (const OptionSpec& option : AllOptions()) {
      if (option.in_file) names.push_back(option.name);
    }
    return Wrong(key.source(),
                 fmt::format("unknown key '{}' in [scan]", key.str()),
                 Suggest(key.str(), names));
  }
  if (!spec->in_file) {
    return Wrong(key.source(),
                 fmt::format("'{}' cannot be configured", key.str()),
                 "give it on the command line");
  }
  Setting setting;
  setting.origin = OriginKind::kFile;
  setting.place = Place(node.source());
  auto read = ReadValue(*spec, node, &setting);
  if (!read) return read;
  config_->settings.emplace_back(spec, std::move(setting));
  return {};
}

Result<void> Reader::ReadValue(const OptionSpec& spec, const toml::node& node,
                               Setting* setting) {
  const toml::array* array = node.as_array();
  auto take = [&](const toml::node& item) -> Result<void> {
    std::string text;
    if (!AsText(item, spec, &text)) {
      return Wrong(item.source(),
                   fmt::format("'{}' takes {}", spec.name, Form(spec)));
    }
    const bool path =
        spec.kind == OptionKind::kPath || spec.kind == OptionKind::kPathList;
    setting->values.push_back(path ? FromFolder(text) : std::move(text));
    return {};
  };
  if (spec.takes_many() != (array != nullptr)) {
    return Wrong(node.source(),
                 fmt::format("'{}' takes {}", spec.name, Form(spec)));
  }
  return array == nullptr ? take(node) : EachItem(*array, take);
}

Result<void> Reader::ReadAllow(const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    return Wrong(node.source(), "'allow' takes tables", "begin with [[allow]]");
  }
  AllowEntry entry;
  entry.origin = fmt::format("{}:{}", config_->path, node.source().begin.line);
  auto read = EachEntry(*table, [&](const toml::key& k, const toml::node& n) {
    return ReadAllowField(k, n, &entry);
  });
  if (!read) return read;
  if (entry.reason.empty()) {
    return Wrong(node.source(), "[[allow]] entry without a reason",
                 "add reason = '...'");
  }
  config_->allow.push_back(std::move(entry));
  return {};
}

Result<void> Reader::ReadAllowField(const toml::key& key,
                                    const toml::node& node, AllowEntry* entry) {
  const std::vector<std::pair<std::string_view, std::string*>> fields = {
      {"rule", &entry->rule},       {"class", &entry->class_name},
      {"field", &entry->field},     {"path", &entry->path},
      {"pattern", &entry->pattern}, {"fingerprint", &entry->fingerprint},
      {"reason", &entry->reason},   {"until", &entry->until}};
  std::vector<std::string_view> names;
  for (const auto& [name, field] : fields) {
    names.push_back(name);
    if (key.str() != name) continue;
    if (const auto* date = node.as_date(); date != nullptr && name == "until") {
      *field = fmt::format("{:04}-{:02}-{:02}", date->get().year,
                           date->get().month, date->get().day);
      return {};
    }
    if (!node.is_string() || node.as_string()->get().empty()) {
      return Wrong(node.source(), fmt::format("'{}' takes a string", name));
    }
    *field = node.as_string()->get();
    return {};
  }
  return Wrong(key.source(),
               fmt::format("unknown key '{}' in [[allow]]", key.str()),
               Suggest(key.str(), names));
}

Result<void> Reader::ReadSubject(const toml::key& key, const toml::node& node) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    return Wrong(node.source(), fmt::format("'{}' is no table", key.str()),
                 "write [subjects.NAME] and its keys below");
  }
  Subject subject;
  subject.name = key.str();
  auto read = EachEntry(*table, [&](const toml::key& k, const toml::node& n) {
    return ReadSubjectField(k, n, &subject);
  });
  if (!read) return read;
  config_->subjects.push_back(std::move(subject));
  return {};
}

Result<void> Reader::ReadSubjectField(const toml::key& key,
                                      const toml::node& node,
                                      Subject* subject) {
  if (key == "words" && node.is_array()) {
    return EachItem(*node.as_array(), [&](const toml::node& w) -> Result<void> {
      if (!w.is_string()) return Wrong(w.source(), "a word is a string");
      subject->words.push_back(w.as_string()->get());
      return {};
    });
  }
  if (key == "class" && node.is_string()) {
    subject->class_name = node.as_string()->get();
    return {};
  }
  if (key == "operational" && node.is_boolean()) {
    subject->operational = node.as_boolean()->get();
    return {};
  }
  if (key == "severity" && node.is_string()) {
    const std::string& name = node.as_string()->get();
    const auto severity = ParseSeverity(name);
    if (severity) {
      subject->severity = *severity;
      return {};
    }
    return Wrong(node.source(), fmt::format("unknown severity '{}'", name),
                 Suggest(name, {"info", "low", "medium", "high", "critical"}));
  }
  const std::vector<std::string_view> known = {"words", "class", "operational",
                                               "severity"};
  for (const std::string_view name : known) {
    if (key.str() != name) continue;
    return Wrong(node.source(),
                 fmt::format("'{}' has a value of the wrong form", name),
                 "words = [\"...\"], class and severity are strings, "
                 "operational is true or false");
  }
  return Wrong(key.source(),
               fmt::format("unknown key '{}' in [subjects]", key.str()),
               Suggest(key.str(), known));
}

std::string Reader::FromFolder(const std::string& path) const {
  const fs::path folder = fs::path(config_->path).parent_path();
  return fs::path(path).is_absolute() || path.empty()
             ? path
             : (folder / path).lexically_normal().string();
}

}  // namespace

std::string FindConfig(const std::string& folder) {
  std::error_code error;
  fs::path at = fs::absolute(folder, error);
  if (error) return {};
  // The path is printed in messages: the shortest way to the file.
  std::string up;
  while (true) {
    if (fs::is_regular_file(at / kName, error)) return up + std::string(kName);
    if (!at.has_relative_path()) return {};
    at = at.parent_path();
    up += "../";
  }
}

Result<ConfigFile> LoadConfig(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    std::error_code error;
    if (!file || fs::file_size(path, error) != 0) {
      return Error{fmt::format("{}: cannot be read", Printable(path))};
    }
  }
  ConfigFile config;
  config.path = path;
  auto read = Reader(&config, text.str()).Read();
  if (!read) return read.error();
  return config;
}

}  // namespace logspill
