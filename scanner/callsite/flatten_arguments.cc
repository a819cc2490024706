#include <algorithm>

#include "scanner/callsite/flatten.h"

namespace logspill {
namespace {

constexpr int kMostMaps = 8;  // inside each other

}  // namespace

void Flattener::AddPairs(TSNode map, FormatArguments* out,
                         const std::string& before) const {
  const TSNode elements = syntax_.Get(map, FieldName::kElements);
  if (!ts_node_is_null(elements)) map = elements;
  for (const TSNode child : CodeChildren(syntax_, map)) {
    if (syntax_.RoleOf(child) == Role::kName) {  // {id}: {id: id}
      const std::string name(facts_.TextOf(child));
      out->named.emplace_back(before + name, name);
      continue;
    }
    if (syntax_.RoleOf(child) != Role::kPair) {
      out->mapping = OneLine(facts_.TextOf(child));
      continue;
    }
    const TSNode key = syntax_.Get(child, FieldName::kKey);
    const TSNode value = syntax_.Get(child, FieldName::kValue);
    if (ts_node_is_null(key) || ts_node_is_null(value)) continue;
    const std::string name = before + std::string(BareKey(facts_.TextOf(key)));
    const auto depth = std::count(before.begin(), before.end(), '.');
    if (syntax_.RoleOf(value) == Role::kMap && depth < kMostMaps) {
      AddPairs(value, out, name + ".");
    } else {
      out->named.emplace_back(name, OneLine(facts_.TextOf(value)));
    }
  }
}

TSNode Flattener::ValueAt(TSNode map, const NameSet& keys) const {
  const TSNode elements = syntax_.Get(map, FieldName::kElements);
  if (!ts_node_is_null(elements)) map = elements;
  for (const TSNode child : CodeChildren(syntax_, map)) {
    if (syntax_.RoleOf(child) != Role::kPair) continue;
    const TSNode key = syntax_.Get(child, FieldName::kKey);
    if (ts_node_is_null(key)) continue;
    if (keys.count(BareKey(facts_.TextOf(key)))) {
      return syntax_.Get(child, FieldName::kValue);
    }
  }
  return {};
}

FormatArguments Flattener::PairsOf(TSNode node) const {
  FormatArguments pairs;
  if (ts_node_is_null(node)) return pairs;
  if (syntax_.RoleOf(node) == Role::kMap) {
    AddPairs(node, &pairs);
  } else {
    pairs.mapping = OneLine(facts_.TextOf(node));
  }
  return pairs;
}

// new Object[] {a, b} stands for a, b.
std::vector<Argument> Flattener::ItemsOf(Argument argument) const {
  const TSNode node = argument.node();
  if (ts_node_is_null(node) || syntax_.RoleOf(node) != Role::kList) {
    return {std::move(argument)};
  }
  const TSNode elements = syntax_.Get(node, FieldName::kElements);
  if (ts_node_is_null(elements)) return {std::move(argument)};
  return Split(elements).positional;
}

// fmt::arg("name", value)
bool Flattener::AddNamed(const Argument& argument, FormatArguments* out) const {
  const auto& makers = syntax_.language().field_makers;
  if (makers.empty() || ts_node_is_null(argument.node())) return false;
  const CallParts parts = PartsOf(syntax_, argument.node(), facts_.text());
  const bool made = parts.valid() && std::find(makers.begin(), makers.end(),
                                               parts.callee) != makers.end();
  if (!made) return false;
  const auto given = Split(parts.arguments).positional;
  if (given.size() != 2) return false;
  out->named.emplace_back(BareKey(given[0].text), OneLine(given[1].text));
  return true;
}

FormatArguments Flattener::Fill(const CallArguments& arguments,
                                std::size_t first,
                                PlaceholderStyle style) const {
  FormatArguments fill;
  const std::size_t count = arguments.positional.size();
  if (style == PlaceholderStyle::kPrintf && count == first + 1) {
    const TSNode only = arguments.positional[first].node();
    if (!ts_node_is_null(only) && syntax_.RoleOf(only) == Role::kMap) {
      AddPairs(only, &fill);
    }
  }
  std::vector<Argument> given(
      arguments.positional.begin() +
          static_cast<std::ptrdiff_t>(std::min(first, count)),
      arguments.positional.end());
  const bool by_place =
      style == PlaceholderStyle::kIndex || style == PlaceholderStyle::kBraces;
  const bool takes_names =
      style == PlaceholderStyle::kBrace || style == PlaceholderStyle::kCaptured;
  if (by_place && given.size() == 1) given = ItemsOf(std::move(given[0]));
  for (const Argument& argument : given) {
    if (takes_names && AddNamed(argument, &fill)) continue;
    if (argument.spread) {
      fill.spread = OneLine(argument.text);
    } else {
      fill.positional.push_back(OneLine(argument.text));
    }
  }
  return fill;
}

FormatArguments Flattener::PercentArguments(TSNode node) const {
  while (syntax_.RoleOf(node) == Role::kGroup) {
    const std::vector<TSNode> children = CodeChildren(syntax_, node);
    if (children.size() != 1) break;
    node = children[0];
  }
  CallArguments arguments;
  if (syntax_.RoleOf(node) == Role::kList) {
    arguments = Split(node);
  } else {
    Argument argument;
    argument.nodes.push_back(node);
    argument.text = facts_.TextOf(node);
    argument.spread = syntax_.RoleOf(node) == Role::kSpread;
    arguments.positional.push_back(std::move(argument));
  }
  return Fill(arguments, 0, PlaceholderStyle::kPrintf);
}

}  // namespace logspill
