#include "scanner/callsite/loggers.h"

#include <algorithm>

namespace logspill {
namespace {

constexpr int kMaxChain = 64;
constexpr std::size_t kMaxPath = 256;  // bytes

bool HoldsAny(std::string_view text, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return text.find(word) != std::string_view::npos;
  });
}

// A pattern of one word is compared with the last part of a path.
bool PathMatches(const std::vector<std::string>& patterns,
                 std::string_view path) {
  const std::string_view last = LastName(path);
  // A long chain is no name; its last part may be.
  if (path.size() > kMaxPath) path = last;
  if (path.size() > kMaxPath) return false;
  return std::any_of(
      patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        if (pattern.empty()) return false;
        return GlobMatch(pattern, path) || GlobMatch(pattern, last);
      });
}

bool Contains(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

// "Logger" of ": Logger", "final Logger" and "*Logger".
std::string_view BareType(std::string_view type) {
  const std::size_t begin = type.find_first_not_of(":*&? ");
  return begin == std::string_view::npos ? type : type.substr(begin);
}

}  // namespace

Loggers::Loggers(const Syntax& syntax, const FileFacts& facts,
                 const FilePlace& place, const Flattener& flattener)
    : syntax_(syntax),
      facts_(facts),
      place_(place),
      flattener_(flattener),
      class_has_logger_(HoldsAny(facts.text(), syntax.language().class_marks)) {
  ChooseRules();
  FindDeclared();
  FindAssigned(facts.names());
  FindAssigned(facts.members());
}

void Loggers::ChooseRules() {
  for (const RuleSets& rule : syntax_.rules) {
    const auto& imports = rule.rule->imports;
    if (!imports.empty() && HoldsAny(facts_.text(), imports)) {
      rules_.push_back(&rule);
    }
  }
  for (const RuleSets& rule : syntax_.rules) {
    const bool chosen =
        std::find(rules_.begin(), rules_.end(), &rule) != rules_.end();
    if (!chosen && (rule.rule->imports.empty() || rule.rule->anywhere)) {
      rules_.push_back(&rule);
    }
  }
}

void Loggers::Learn(std::string_view name, const Known& known) {
  const auto [at, added] = known_.emplace(name, known);
  if (!added && at->second.name != known.name) at->second.name.clear();
}

void Loggers::FindDeclared() {
  for (const auto& [name, type] : facts_.types()) {
    // A type with its package can be of one framework only.
    for (const RuleSets* rule : rules_) {
      const std::string_view bare = BareType(type);
      if (bare.find('.') == std::string_view::npos ||
          !Contains(rule->rule->types, bare)) {
        continue;
      }
      known_.emplace(name, Known{rule->rule->framework, {}, {}});
      break;
    }
    for (const RuleSets* rule : rules_) {
      if (!PathMatches(rule->rule->types, BareType(type))) continue;
      known_.emplace(name, Known{rule->rule->framework, {}, {}});
      break;
    }
  }
}

void Loggers::FindAssigned(const FileFacts::Definitions& definitions) {
  for (const auto& [name, places] : definitions) {
    for (const Definition& place : places) {
      if (place.opaque || ts_node_is_null(place.value)) continue;
      for (const RuleSets* rule : rules_) {
        std::string_view made_by;
        const auto logger = MadeLogger(*rule, place.value, 0, &made_by);
        if (!logger) continue;
        // What was assigned says more than a declared type.
        const auto declared = known_.find(name);
        if (declared != known_.end() && declared->second.name.empty() &&
            facts_.types().count(name)) {
          known_.erase(declared);
        }
        Learn(name, {rule->rule->framework, *logger, made_by});
        break;
      }
    }
  }
}

// A class under the package that the file says it is of.
std::string Loggers::InPackage(std::string_view name) const {
  if (name.empty() || facts_.module().empty()) return std::string(name);
  return std::string(facts_.module()) + syntax_.language().module_separator +
         std::string(name);
}

std::string Loggers::ClassPath(std::uint32_t at) const {
  const std::string_view name = facts_.ClassName(facts_.ScopeAt(at));
  return InPackage(name);
}

std::string Loggers::NameFrom(const CallParts& parts) const {
  const Language& language = syntax_.language();
  const CallArguments arguments = flattener_.Split(parts.arguments);
  const std::uint32_t at = ts_node_start_byte(parts.call);
  if (arguments.positional.empty()) {
    if (language.unnamed_logger == "root") return "root";
    if (language.unnamed_logger == "module") return place_.module;
    return language.unnamed_logger == "class" ? ClassPath(at) : std::string();
  }
  const Argument& name = arguments.positional[0];
  if (syntax_.module_names.count(name.text)) return place_.module;
  if (syntax_.class_names.count(name.text)) return ClassPath(at);
  const std::string& suffix = language.class_suffix;
  // "Desk.class.getName()" as well.
  const std::string_view text =
      suffix.empty() ? name.text
                     : name.text.substr(0, name.text.find(suffix + '.'));
  const bool longer = text.size() < name.text.size();
  if (!suffix.empty() && (longer || text.ends_with(suffix))) {
    const std::string_view type =
        longer ? text : text.substr(0, text.size() - suffix.size());
    const bool bare = type.find('.') == std::string_view::npos;
    return bare ? InPackage(type) : std::string(type);
  }
  return flattener_.LiteralOf(name.node());
}

// The name of the logger that `value` makes; nullopt where it makes none.
std::optional<std::string> Loggers::MadeLogger(
    const RuleSets& rule, TSNode value, int depth,
    std::string_view* made_by) const {
  if (depth > 3 || ts_node_is_null(value)) return std::nullopt;
  const Role role = syntax_.RoleOf(value);
  if (role == Role::kPass || role == Role::kGroup) {
    const std::vector<TSNode> inner = CodeChildren(syntax_, value);
    if (inner.empty()) return std::nullopt;
    return MadeLogger(rule, inner[0], depth + 1, made_by);
  }
  const CallParts parts = PartsOf(syntax_, value, facts_.text());
  if (!parts.valid()) return std::nullopt;
  if (PathMatches(rule.rule->factories, parts.callee)) {
    if (made_by) *made_by = parts.callee;
    return NameFrom(parts);
  }
  // An adapter around a logger keeps its name.
  for (const Argument& argument :
       flattener_.Split(parts.arguments).positional) {
    if (auto inner = MadeLogger(rule, argument.node(), depth + 1, made_by)) {
      return inner;
    }
  }
  if (ts_node_is_null(parts.receiver)) return std::nullopt;
  if (auto inner = MadeLogger(rule, parts.receiver, depth + 1, made_by))
    return inner;
  // log = log.With("key", value)
  if (!rule.chain.count(parts.method)) return std::nullopt;
  const std::string_view receiver = facts_.TextOf(parts.receiver);
  if (PathMatches(rule.rule->receivers, receiver)) return std::string();
  return std::nullopt;
}

std::string Loggers::Unnamed(TSNode receiver) const {
  const std::uint32_t at = ts_node_start_byte(receiver);
  if (class_has_logger_) return ClassPath(at);
  return syntax_.language().module_is_logger ? place_.module : std::string();
}

std::optional<std::string> Loggers::NamedLogger(const RuleSets& rule,
                                                TSNode receiver) const {
  const std::string_view path = facts_.TextOf(receiver);
  const std::string_view name = LastName(path);
  if (const auto known = known_.find(name); known != known_.end()) {
    if (known->second.framework != rule.rule->framework) return std::nullopt;
    // A rule of factories alone is only for what they made.
    const CallRule& only = *rule.rule;
    if (only.receivers.empty() && only.types.empty() &&
        !PathMatches(only.factories, known->second.made_by)) {
      return std::nullopt;
    }
    return known->second.name;
  }
  if (!PathMatches(rule.rule->receivers, path)) return std::nullopt;
  if (syntax_.root_loggers.count(path)) return "root";
  return Unnamed(receiver);
}

std::optional<std::string> Loggers::LoggerOf(
    const RuleSets& rule, TSNode receiver, int depth,
    std::vector<ChainLink>* chain) const {
  if (depth > kMaxChain) return std::nullopt;
  const Role role = syntax_.RoleOf(receiver);
  if (role == Role::kGroup || role == Role::kPass) {
    const std::vector<TSNode> inner = CodeChildren(syntax_, receiver);
    if (inner.size() != 1) return std::nullopt;
    return LoggerOf(rule, inner[0], depth + 1, chain);
  }
  if (role != Role::kCall && role != Role::kNew) {
    return NamedLogger(rule, receiver);
  }
  const CallParts parts = PartsOf(syntax_, receiver, facts_.text());
  if (!parts.valid()) return std::nullopt;
  if (const auto link = rule.chain.find(parts.method);
      link != rule.chain.end() && !ts_node_is_null(parts.receiver)) {
    auto logger = LoggerOf(rule, parts.receiver, depth + 1, chain);
    if (logger) chain->push_back({link->second, parts});
    if (logger) return logger;
  }
  if (auto made = MadeLogger(rule, receiver, 3)) return made;
  // getLogger().info(...), Rails.logger.info(...)
  if (PathMatches(rule.rule->receivers, parts.method)) return Unnamed(receiver);
  if (ts_node_is_null(parts.receiver)) return std::nullopt;
  // logger.bind(...): still a logger, of a name that is not known here.
  if (!LoggerOf(rule, parts.receiver, depth + 1, chain)) return std::nullopt;
  return "";
}

// What a name was given, also where several are given at once:
// `debug, info = log.debug, log.info`.
TSNode Loggers::ValueOf(const Definition& definition) const {
  if (!definition.opaque) return definition.value;
  const TSNode none{};
  const TSNode name = ts_node_named_descendant_for_byte_range(
      facts_.root(), definition.at, definition.at + 1);
  const TSNode names = ts_node_parent(name);
  if (ts_node_is_null(names)) return none;
  const TSNode both = ts_node_parent(names);
  if (ts_node_is_null(both) || ts_node_named_child_count(both) != 2) {
    return none;
  }
  const TSNode values = ts_node_named_child(both, 1);
  const std::uint32_t count = ts_node_named_child_count(names);
  if (ts_node_named_child_count(values) != count) return none;
  for (std::uint32_t i = 0; i < count; ++i) {
    if (ts_node_eq(ts_node_named_child(names, i), name)) {
      return ts_node_named_child(values, i);
    }
  }
  return none;
}

// debug("..."), where debug is log.debug.
std::optional<std::string> Loggers::LoggerOfAlias(
    const RuleSets& rule, std::string_view name,
    NameMap::const_iterator* method) const {
  const auto found = facts_.names().find(name);
  if (found == facts_.names().end()) return std::nullopt;
  for (const Definition& definition : found->second) {
    const TSNode value = ValueOf(definition);
    if (ts_node_is_null(value) || syntax_.RoleOf(value) != Role::kMember) {
      continue;
    }
    const TSNode object = syntax_.Get(value, FieldName::kObject);
    const TSNode property = syntax_.Get(value, FieldName::kProperty);
    if (ts_node_is_null(object) || ts_node_is_null(property)) continue;
    const auto real = rule.methods.find(facts_.TextOf(property));
    if (real == rule.methods.end()) continue;
    *method = real;
    if (auto logger = NamedLogger(rule, object)) return logger;
  }
  return std::nullopt;
}

bool Loggers::HasRequired(const CallRule& rule,
                          const CallArguments& given) const {
  if (rule.required.empty()) return true;
  const Argument* argument = nullptr;
  if (!rule.required_keyword.empty()) {
    argument = given.Named(rule.required_keyword);
  } else if (rule.required_argument > 0 &&
             rule.required_argument <= given.positional.size()) {
    argument = &given.positional[rule.required_argument - 1];
  }
  return argument && Contains(rule.required, argument->text);
}

std::optional<LogUse> Loggers::Use(const RuleSets& rule,
                                   const CallParts& call) const {
  LogUse use;
  use.rule = &rule;
  auto method = rule.methods.find(call.method);
  std::optional<std::string> logger;
  if (ts_node_is_null(call.receiver)) {
    // debug("..."), where debug is what a factory made.
    const auto known = known_.find(call.method);
    const bool callable = known != known_.end() &&
                          known->second.framework == rule.rule->framework &&
                          rule.methods.count("()");
    if (callable) {
      method = rule.methods.find("()");
      logger = known->second.name;
    } else if (method != rule.methods.end() && rule.rule->bare) {
      logger = syntax_.language().module_is_logger ? place_.module : "";
    } else if (method != rule.methods.end()) {
      logger = LoggerOfAlias(rule, call.method, &method);
    }
  } else if (method != rule.methods.end()) {
    logger = LoggerOf(rule, call.receiver, 0, &use.chain);
  }
  if (!logger) return std::nullopt;
  use.level = method->second;
  for (const ChainLink& link : use.chain) {
    if (link.what.starts_with("level:")) use.level = link.what.substr(6);
    if (link.what == "level") use.level = "";
  }
  if (use.level == "chain") return std::nullopt;
  use.arguments = flattener_.Split(call.arguments);
  if (!HasRequired(*rule.rule, use.arguments)) return std::nullopt;
  use.logger = std::move(*logger);
  use.parts = call;
  return use;
}

std::optional<LogUse> Loggers::UseOf(const CallParts& call) const {
  for (const RuleSets* rule : rules_) {
    if (!rule->rule->stream.empty()) continue;
    if (auto use = Use(*rule, call)) return use;
  }
  return std::nullopt;
}

std::optional<LogUse> Loggers::UseOfSink(TSNode sink) const {
  const CallParts parts = PartsOf(syntax_, sink, facts_.text());
  const std::string_view path =
      parts.valid() ? parts.callee : facts_.TextOf(sink);
  for (const RuleSets* rule : rules_) {
    if (rule->rule->stream.empty()) continue;
    auto found = rule->methods.find(path);
    if (found == rule->methods.end()) {
      found = rule->methods.find(LastName(path));
    }
    if (found == rule->methods.end()) continue;
    LogUse use;
    use.rule = rule;
    use.level = found->second;
    use.parts = parts;
    use.parts.call = sink;
    use.arguments = flattener_.Split(parts.arguments);
    return use;
  }
  return std::nullopt;
}

}  // namespace logspill
