#include "scanner/callsite/wrapper_finder.h"

#include <algorithm>

#include "scanner/callsite/expression.h"

namespace logspill {
namespace {

// What stands around the parameter may be "[tag] ", but no words: these say
// that the parameter is no message, but a value.
// Nor does a constant of another file, which may be words.
bool HasWords(const LogTemplate& message) {
  const bool constant = std::any_of(
      message.holes.begin(), message.holes.end(), [](const Hole& hole) {
        return Flattener::IsShouted(LastName(hole.argument));
      });
  if (constant) return true;
  int brackets = 0;
  for (const std::string& literal : message.literals) {
    for (const char c : literal) {
      brackets += c == '[';
      brackets -= c == ']';
      if (brackets == 0 && IsWordByte(c)) return true;
    }
  }
  return false;
}

// Whether the hole prints its text as it is: "[tag] #{text}" does, "%s" may not.
bool IsWhole(const LogTemplate& message, std::size_t hole) {
  const std::string& conversion = message.holes[hole].conversion;
  const bool tagged = message.literals[0].starts_with('[');
  return conversion.empty() || (conversion == "{}" && tagged);
}

bool IsSpread(std::string_view argument) {
  return argument.starts_with('*') || argument.starts_with("...") ||
         argument.ends_with("...");
}

// "stacklevel=2" -> 1, where 1 is the call itself.
std::uint32_t CallersIn(std::string_view text, std::string_view base) {
  const std::size_t begin = text.find_first_not_of(' ');
  if (begin == std::string_view::npos || text[begin] == ')') return 0;
  const char digit = text[begin];
  if (digit < '0' || digit > '9') return 1;  // a value that is not known
  const auto number = static_cast<std::uint32_t>(digit - '0');
  const std::uint32_t own = base == "1" ? 1 : 0;
  return number > own ? number - own : 0;
}

}  // namespace

std::optional<std::uint32_t> WrapperFinder::ParameterOf(
    int function, std::string_view name) const {
  if (function == kNoScope) return std::nullopt;
  const auto& parameters = facts_.scope(function).parameters;
  const auto at = std::find(parameters.begin(), parameters.end(), name);
  if (at == parameters.end() || name.empty()) return std::nullopt;
  return static_cast<std::uint32_t>(at - parameters.begin());
}

std::optional<WrapperNote> WrapperFinder::Find(const LogUse& use,
                                               const Message& message,
                                               const CallSite& site) const {
  const std::uint32_t at = ts_node_start_byte(use.parts.call);
  const int function = facts_.FunctionOf(facts_.ScopeAt(at));
  if (function == kNoScope) return std::nullopt;
  WrapperNote note;
  note.up = in_macro_ ? kOutermost : CallersUp(use);
  note.function = facts_.scope(function).name;
  note.class_name = facts_.ClassName(function);
  if (!in_macro_ && note.up == 0 && HasWords(site.message)) return std::nullopt;
  note.has_parameter = FindParameter(use, message, site, function, &note);
  if (!note.has_parameter && (in_macro_ || note.up == 0)) return std::nullopt;
  return note;
}

bool WrapperFinder::FindParameter(const LogUse& use, const Message& message,
                                  const CallSite& site, int function,
                                  WrapperNote* note) const {
  const auto& holes = site.message.holes;
  std::string_view name;
  bool spread = message.spread;
  for (std::size_t i = 0; i < holes.size(); ++i) {
    name = holes[i].argument;
    note->hole = static_cast<std::uint32_t>(i);
    if (const Argument* format = FormatIn(message.node, &note->rest)) {
      name = format->text;
      spread = false;
    }
    // What begins with `*args` has the message as the first of them.
    const bool all = name.starts_with('*') && !name.starts_with("**") &&
                     use.rule->rule->placeholders == "printf";
    if (all) name.remove_prefix(1);
    const auto parameter = ParameterOf(function, name);
    if (!parameter || !IsWhole(site.message, i)) continue;
    note->parameter = *parameter;
    note->parameter_name = name;
    if (note->rest.empty() &&
        (all || spread || in_macro_ || PassesRest(use, function))) {
      note->rest = use.rule->rule->placeholders;
    }
    note->joins_rest = spread && !use.rule->rule->rest.empty() &&
                       i + 1 < holes.size() && IsSpread(holes.back().argument);
    if (use.level == "argument") NoteLevel(use, function, note);
    return true;
  }
  return false;
}

bool WrapperFinder::PassesRest(const LogUse& use, int function) const {
  const auto& positional = use.arguments.positional;
  if (positional.size() < 2) return false;
  const std::string_view last = positional.back().text;
  const auto type = facts_.types().find(last);
  const auto& lists = syntax_.language().rest_types;
  return ParameterOf(function, last).has_value() ||
         (type != facts_.types().end() &&
          std::find(lists.begin(), lists.end(), type->second) != lists.end());
}

void WrapperFinder::NoteLevel(const LogUse& use, int function,
                              WrapperNote* note) const {
  const std::size_t at = use.rule->rule->level_argument - 1;
  if (at >= use.arguments.positional.size()) return;
  const auto level = ParameterOf(function, use.arguments.positional[at].text);
  if (level) note->level_parameter = static_cast<std::int32_t>(*level);
}

const Argument* WrapperFinder::FormatIn(TSNode node, std::string* rest) const {
  const CallParts parts = PartsOf(syntax_, node, facts_.text());
  if (!parts.valid()) return nullptr;
  const std::string_view style = flattener_.FormatterOf(parts);
  if (style.empty()) return nullptr;
  format_arguments_ = flattener_.Split(parts.arguments);
  if (format_arguments_.positional.size() < 2) return nullptr;
  *rest = style;
  return &format_arguments_.positional[0];
}

std::uint32_t WrapperFinder::CallersUp(const LogUse& use) const {
  const std::string_view text = facts_.TextOf(use.parts.call);
  for (const auto& [mark, base] : syntax_.language().caller_marks) {
    const std::size_t at = text.find(mark);
    if (at == std::string_view::npos) continue;
    return CallersIn(text.substr(at + mark.size()), base);
  }
  return 0;
}

}  // namespace logspill
