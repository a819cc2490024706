#include <algorithm>

#include "scanner/callsite/flatten.h"
#include "scanner/callsite/shape_text.h"

namespace logspill {
namespace {

using Variants = Flattener::Variants;

}  // namespace

std::string_view Flattener::StyleOfCall(const NameMap& table,
                                        const CallParts& parts,
                                        bool* of_receiver) const {
  *of_receiver = false;
  if (const auto found = table.find(parts.callee); found != table.end()) {
    return found->second;
  }
  const bool macro = parts.method.ends_with('!');
  if (ts_node_is_null(parts.receiver) || macro) {
    const auto found = table.find(parts.method);
    return found == table.end() ? std::string_view() : found->second;
  }
  const auto found = table.find("." + std::string(parts.method));
  if (found == table.end()) return {};
  *of_receiver = true;
  return found->second;
}

Variants Flattener::FlattenCall(TSNode node, int depth) const {
  const CallParts parts = PartsOf(syntax_, node, facts_.text());
  if (!parts.valid()) return Hole(node);
  Variants all;
  bool of_receiver = false;
  if (syntax_.transparent.count(parts.method)) {
    const CallArguments arguments = Split(parts.arguments);
    if (!arguments.positional.empty()) {
      // It passes its text on, be that literal or not.
      return Flatten(arguments.positional[0], depth + 1);
    }
    if (!ts_node_is_null(parts.receiver)) {
      all = Flatten(parts.receiver, depth + 1);
    }
  } else if (const auto shape = syntax_.shapers.find(parts.method);
             shape != syntax_.shapers.end()) {
    all = FlattenShaped(parts, shape->second, depth);
  } else if (const auto style =
                 StyleOfCall(syntax_.formatters, parts, &of_receiver);
             !style.empty()) {
    all = FlattenFormat(parts, style, of_receiver, depth);
  } else if (const auto joiner =
                 StyleOfCall(syntax_.joiners, parts, &of_receiver);
             !joiner.empty()) {
    all = FlattenJoined(parts, joiner, depth);
  } else if (syntax_.builders.count(parts.method) ||
             syntax_.appenders.count(parts.method) ||
             syntax_.builder_texts.count(parts.method)) {
    all = FlattenBuilder(parts, depth);
    if (IsBuilt(node)) return all;
  }
  return AnyLiteral(all) ? all : Hole(node);
}

// dedent("..."), "...".strip
Variants Flattener::FlattenShaped(const CallParts& parts,
                                  std::string_view shape, int depth) const {
  Variants all;
  const CallArguments arguments = Split(parts.arguments);
  if (!arguments.positional.empty()) {
    all = Flatten(arguments.positional[0], depth + 1);
  } else if (!ts_node_is_null(parts.receiver)) {
    all = Flatten(parts.receiver, depth + 1);
  }
  for (Pieces& pieces : all) ShapeText(shape, &pieces);
  return all;
}

// A list, or a literal of a typed one: []string{a, b}.
bool Flattener::IsListOfItems(TSNode list) const {
  if (syntax_.RoleOf(list) == Role::kList) return true;
  if (syntax_.RoleOf(list) != Role::kMap) return false;
  const TSNode elements = syntax_.Get(list, FieldName::kElements);
  if (ts_node_is_null(elements)) return false;
  const std::vector<TSNode> children = CodeChildren(syntax_, elements);
  return std::none_of(children.begin(), children.end(), [&](TSNode child) {
    return syntax_.RoleOf(child) == Role::kPair;
  });
}

Variants Flattener::FlattenFormat(const CallParts& parts,
                                  std::string_view style, bool of_receiver,
                                  int depth) const {
  const CallArguments arguments = Split(parts.arguments);
  std::size_t first = 0;
  Variants all;
  if (of_receiver) {
    all = Flatten(parts.receiver, depth + 1);
  } else {
    // A locale or a stream may stand before the format.
    for (; first < arguments.positional.size() && first < 2; ++first) {
      all = Flatten(arguments.positional[first], depth + 1);
      if (AnyLiteral(all)) break;
    }
    ++first;
  }
  if (!AnyLiteral(all)) return {};
  const PlaceholderStyle placeholders = ParsePlaceholderStyle(style);
  FormatArguments fill = Fill(arguments, first, placeholders);
  for (const Argument& named : arguments.named) {
    fill.named.emplace_back(named.name, OneLine(named.text));
  }
  if (placeholders == PlaceholderStyle::kNone) {
    // What is formatted without a format is joined: Sprint("a", b).
    for (std::size_t i = first; i < arguments.positional.size(); ++i) {
      AppendVariants(Flatten(arguments.positional[i], depth + 1), &all);
    }
    return all;
  }
  for (Pieces& pieces : all) pieces = Format(placeholders, pieces, fill);
  return all;
}

Variants Flattener::FlattenJoined(const CallParts& parts,
                                  std::string_view style, int depth) const {
  const CallArguments arguments = Split(parts.arguments);
  if (arguments.positional.empty()) return {};
  std::vector<Argument> items = arguments.positional;
  TSNode separator = parts.receiver;
  TSNode list{};
  if (style == "separator") {  // ", ".join([a, b])
    list = items[0].node();
  } else if (style == "list") {  // [a, b].join(", ")
    list = parts.receiver;
    separator = items[0].node();
  } else if (style == "last") {  // Join(list, ", ")
    list = items[0].node();
    separator = items.back().node();
  } else {  // join(", ", a, b)
    separator = items[0].node();
    items.erase(items.begin());
  }
  if (ts_node_is_null(separator)) return {};
  if (!ts_node_is_null(list)) {
    const TSNode elements = syntax_.Get(list, FieldName::kElements);
    if (!IsListOfItems(list)) return {};
    items = Split(ts_node_is_null(elements) ? list : elements).positional;
  }
  const Variants between = Flatten(separator, depth + 1);
  Variants all(1);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (items[i].spread) return {};
    if (i > 0) AppendVariants(between, &all);
    AppendVariants(Flatten(items[i], depth + 1), &all);
  }
  return all;
}

// Whether a chain of appends starts at a new builder, or at the one whose
// appends are being read.
bool Flattener::IsBuilt(TSNode node) const {
  CallParts parts = PartsOf(syntax_, node, facts_.text());
  while (parts.valid() && !syntax_.builders.count(parts.method)) {
    if (ts_node_is_null(parts.receiver)) return false;
    const std::string_view base = facts_.TextOf(parts.receiver);
    if (!building_.empty() && base == building_) return true;
    parts = PartsOf(syntax_, parts.receiver, facts_.text());
  }
  return parts.valid();
}

Variants Flattener::FlattenBuilder(const CallParts& parts, int depth) const {
  Variants all(1);
  if (!ts_node_is_null(parts.receiver) &&
      (building_.empty() || facts_.TextOf(parts.receiver) != building_)) {
    all = Flatten(parts.receiver, depth + 1);
  }
  if (syntax_.builder_texts.count(parts.method)) return all;
  for (const Argument& argument : Split(parts.arguments).positional) {
    if (!ts_node_is_null(argument.node()) &&
        syntax_.builders.count(parts.method) &&
        syntax_.RoleOf(argument.node()) == Role::kNumber) {
      continue;  // the builder's capacity
    }
    AppendVariants(Flatten(argument, depth + 1), &all);
  }
  return all;
}

}  // namespace logspill
