#include "scanner/callsite/site_builder.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <unordered_map>

#include "scanner/callsite/flatten.h"
#include "scanner/callsite/placeholder.h"

namespace logspill {
namespace {

// The id lives in snapshots and baselines: this hash never changes.
class IdHash {
 public:
  void Add(std::string_view text) {
    for (const char c : text) Mix(static_cast<unsigned char>(c));
    Mix(0);
  }

  std::string Hex() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx",
                  static_cast<unsigned long long>(state_));
    return text;
  }

 private:
  void Mix(std::uint64_t byte) {
    state_ = (state_ ^ byte) * 0x100000001b3u;  // FNV-1a
  }

  std::uint64_t state_ = 0xcbf29ce484222325u;
};

struct LevelAndMessage {
  std::string level;
  bool dynamic = false;
  std::optional<std::size_t> message;  // position of the argument
};

class Builder {
 public:
  Builder(const Syntax& syntax, const FileFacts& facts, const FilePlace& place)
      : syntax_(syntax),
        facts_(facts),
        place_(place),
        flattener_(syntax, facts) {
    FindLoggers(facts.names());
    FindLoggers(facts.members());
  }

  std::vector<CallSite> Build() {
    std::vector<CallSite> sites;
    for (const LogCall& call : facts_.calls()) {
      if (const auto logger = LoggerOf(call.receiver, 0)) {
        AddSites(call, *logger, &sites);
      }
    }
    return sites;
  }

 private:
  // The name of the logger that `value` makes; nullopt where it makes none.
  std::optional<std::string> MadeLogger(TSNode value, int depth) const {
    if (depth > 3 || ts_node_is_null(value) ||
        syntax_.RoleOf(value) != Role::kCall) {
      return std::nullopt;
    }
    const TSNode callee = Field(value, "function");
    const TSNode list = Field(value, "arguments");
    if (ts_node_is_null(callee) || ts_node_is_null(list)) return std::nullopt;
    const CallArguments arguments = flattener_.Split(list);
    if (syntax_.logger_factories.count(LastName(facts_.TextOf(callee)))) {
      if (arguments.positional.empty()) return "root";
      const TSNode name = arguments.positional[0];
      if (syntax_.module_names.count(facts_.TextOf(name))) {
        return place_.module;
      }
      return flattener_.LiteralOf(name);
    }
    // An adapter around a logger keeps its name.
    for (const TSNode argument : arguments.positional) {
      if (auto inner = MadeLogger(argument, depth + 1)) return inner;
    }
    return std::nullopt;
  }

  void FindLoggers(const FileFacts::Definitions& definitions) {
    for (const auto& [name, places] : definitions) {
      for (const Definition& place : places) {
        if (place.opaque) continue;
        const auto logger = MadeLogger(place.value, 0);
        if (!logger) continue;
        const auto [known, added] = loggers_.emplace(name, *logger);
        if (!added && known->second != *logger) known->second.clear();
      }
    }
  }

  // The name of the logger that `receiver` is, empty where it cannot be known;
  // nullopt where it is none.
  std::optional<std::string> LoggerOf(TSNode receiver, int depth) const {
    if (syntax_.RoleOf(receiver) == Role::kCall) {
      if (auto made = MadeLogger(receiver, 0)) return made;
      const TSNode callee = Field(receiver, "function");
      if (depth > 8 || ts_node_is_null(callee)) return std::nullopt;
      const TSNode object = Field(callee, "object");
      if (ts_node_is_null(object)) return std::nullopt;
      // logger.bind(...): still a logger, of a name that is not known here.
      if (!LoggerOf(object, depth + 1)) return std::nullopt;
      return "";
    }
    const std::string_view path = facts_.TextOf(receiver);
    const std::string_view name = LastName(path);
    if (const auto known = loggers_.find(name); known != loggers_.end()) {
      return known->second;
    }
    if (!syntax_.receivers.count(name)) return std::nullopt;
    return syntax_.root_loggers.count(path) ? "root" : "";
  }

  LevelAndMessage LevelOf(const LogCall& call,
                          const CallArguments& arguments) const {
    LevelAndMessage result;
    const std::string_view level = syntax_.methods.at(call.method);
    std::size_t message = 0;
    if (level != "argument") {
      result.level = level;
    } else {
      message = 1;
      if (!arguments.positional.empty()) {
        const auto word = syntax_.level_words.find(
            LastName(facts_.TextOf(arguments.positional[0])));
        if (word != syntax_.level_words.end()) result.level = word->second;
      }
      result.dynamic = result.level.empty();
    }
    if (message < arguments.positional.size()) result.message = message;
    return result;
  }

  Flattener::Variants MessagesOf(const CallArguments& arguments,
                                 std::optional<std::size_t> position) const {
    TSNode message{};
    FormatArguments fill;
    if (position) {
      message = arguments.positional[*position];
      fill = flattener_.Fill(arguments, *position + 1);
    }
    for (const auto& [key, value] : arguments.named) {
      if (!position && syntax_.message_keys.count(key)) message = value;
    }
    if (ts_node_is_null(message)) return {};
    Flattener::Variants variants = flattener_.Flatten(message);
    if (fill.empty() || syntax_.language().placeholders != "printf") {
      return variants;
    }
    for (Pieces& pieces : variants) pieces = FormatPrintf(pieces, fill);
    return variants;
  }

  void AddSites(const LogCall& call, const std::string& logger,
                std::vector<CallSite>* sites) {
    const CallArguments arguments = flattener_.Split(call.arguments);
    const LevelAndMessage level = LevelOf(call, arguments);
    CallSite site = Locate(call);
    site.logger = logger;
    site.level = level.level;
    if (level.dynamic) site.flags.push_back("dynamic-level");
    Flattener::Variants messages = MessagesOf(arguments, level.message);
    if (messages.empty()) messages.emplace_back();
    std::vector<std::string> seen;
    for (const Pieces& pieces : messages) {
      CallSite one = site;
      one.message = ToTemplate(pieces);
      const std::string text = one.message.Text();
      if (std::find(seen.begin(), seen.end(), text) != seen.end()) continue;
      seen.push_back(text);
      if (!HasLiteral(pieces)) one.flags.push_back("unresolved");
      if (messages.size() > 1) one.flags.push_back("variant");
      one.id = NewId(one, text);
      sites->push_back(std::move(one));
    }
  }

  CallSite Locate(const LogCall& call) const {
    CallSite site;
    site.language = syntax_.language().name;
    site.root = place_.root;
    site.file = place_.file;
    const TSPoint begin = ts_node_start_point(call.call);
    site.line = begin.row + 1;
    site.column = begin.column + 1;
    site.end_line = ts_node_end_point(call.call).row + 1;
    int scope = facts_.ScopeAt(ts_node_start_byte(call.call));
    const int owner = facts_.ClassOf(scope);
    if (owner != kNoScope) site.class_name = facts_.scope(owner).name;
    if (scope != kNoScope && !facts_.scope(scope).is_class) {
      site.function = facts_.scope(scope).name;
    }
    return site;
  }

  std::string NewId(const CallSite& site, const std::string& text) {
    IdHash key;
    key.Add(place_.module);
    key.Add(site.class_name);
    key.Add(site.function);
    key.Add(text);
    const int ordinal = ordinals_[key.Hex()]++;
    key.Add(std::to_string(ordinal));
    const auto& extensions = syntax_.language().extensions;
    const std::string prefix =
        extensions.empty() ? site.language : extensions[0].substr(1);
    return prefix + ":" + key.Hex();
  }

  const Syntax& syntax_;
  const FileFacts& facts_;
  const FilePlace& place_;
  Flattener flattener_;
  std::unordered_map<std::string_view, std::string> loggers_;
  std::map<std::string, int> ordinals_;
};

}  // namespace

std::vector<CallSite> BuildCallSites(const Syntax& syntax,
                                     const FileFacts& facts,
                                     const FilePlace& place) {
  return Builder(syntax, facts, place).Build();
}

}  // namespace logspill
