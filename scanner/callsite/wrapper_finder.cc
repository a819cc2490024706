#include "scanner/callsite/wrapper_finder.h"

#include <algorithm>

#include "scanner/callsite/expression.h"

namespace logspill {
namespace {

// What stands around the parameter may be "[tag] ", but no words: these say
// that the parameter is no message, but a value.
bool HasWords(const LogTemplate& message) {
  return std::any_of(message.literals.begin(), message.literals.end(),
                     [](const std::string& literal) {
                       return std::any_of(literal.begin(), literal.end(),
                                          IsWordByte);
                     });
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
  if (function == kNoScope || facts_.scope(function).parameters.empty()) {
    return std::nullopt;
  }
  if (!in_macro_ && HasWords(site.message)) return std::nullopt;
  WrapperNote note;
  std::string_view name;
  bool spread = message.spread;
  for (std::size_t i = 0; i < site.message.holes.size(); ++i) {
    name = site.message.holes[i].argument;
    note.hole = static_cast<std::uint32_t>(i);
    if (const Argument* format = FormatIn(message.node, &note.rest)) {
      name = format->text;
      spread = false;
    }
    const auto parameter = ParameterOf(function, name);
    if (!parameter || !site.message.holes[i].conversion.empty()) continue;
    note.parameter = *parameter;
    note.parameter_name = name;
    note.function = facts_.scope(function).name;
    note.class_name = facts_.ClassName(function);
    if (note.rest.empty() && (spread || PassesRest(use, function))) {
      note.rest = use.rule->rule->placeholders;
    }
    if (use.level == "argument") NoteLevel(use, function, &note);
    if (in_macro_ && note.rest.empty()) {
      note.rest = use.rule->rule->placeholders;
    }
    note.prints_caller = in_macro_ || PrintsCaller(use);
    return note;
  }
  return std::nullopt;
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

bool WrapperFinder::PrintsCaller(const LogUse& use) const {
  const auto& marks = syntax_.language().caller_marks;
  const std::string_view text = facts_.TextOf(use.parts.call);
  return std::any_of(marks.begin(), marks.end(), [&](const std::string& m) {
    return text.find(m) != std::string_view::npos;
  });
}

}  // namespace logspill
