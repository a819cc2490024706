#include "scanner/callsite/flatten.h"

#include <algorithm>
#include <charconv>

#include "scanner/callsite/literal_text.h"
#include "scanner/callsite/placeholder.h"

namespace logspill {
namespace {

using Variants = Flattener::Variants;

bool AnyLiteral(const Variants& variants) {
  return std::any_of(variants.begin(), variants.end(), HasLiteral);
}

// Every way to go on from `left` with one of `right`.
void Append(const Variants& right, Variants* left) {
  Variants all;
  for (const Pieces& head : *left) {
    for (const Pieces& tail : right) {
      if (all.size() == Flattener::kMaxVariants) break;
      all.push_back(head);
      all.back().insert(all.back().end(), tail.begin(), tail.end());
    }
  }
  *left = std::move(all);
}

void AddVariants(Variants more, Variants* to) {
  for (Pieces& pieces : more) {
    if (to->size() == Flattener::kMaxVariants) return;
    to->push_back(std::move(pieces));
  }
}

}  // namespace

Variants Flattener::Hole(TSNode node) const {
  return {{HolePiece(OneLine(facts_.TextOf(node)), {})}};
}

Variants Flattener::Flatten(TSNode node, int depth) const {
  if (depth > kMaxDepth || ++steps_ > kMaxSteps) return Hole(node);
  switch (syntax_.RoleOf(node)) {
    case Role::kString:
      return FlattenString(node);
    case Role::kJoin:
    case Role::kGroup:
      return FlattenJoin(node, depth);
    case Role::kBinary:
      return FlattenBinary(node, depth);
    case Role::kChoice:
      return FlattenChoice(node, depth);
    case Role::kCall:
      return FlattenCall(node, depth);
    case Role::kName:
      return FlattenName(node, depth);
    case Role::kMember:
      return FlattenMember(node, depth);
    default:
      return Hole(node);
  }
}

Variants Flattener::FlattenString(TSNode node) const {
  const std::string_view source = facts_.TextOf(node);
  const std::uint32_t base = ts_node_start_byte(node);
  const std::uint32_t count = ts_node_child_count(node);
  if (count < 2) return {{LiteralPiece({})}};
  const std::string_view opening = facts_.TextOf(ts_node_child(node, 0));
  const LiteralStyle style = PythonStyle(opening);
  Pieces pieces;
  std::string text;
  std::size_t at = opening.size();
  const auto flush_to = [&](std::size_t end) {
    AppendPythonLiteral(source.substr(at, end - at), style, &text);
    if (!text.empty()) pieces.push_back(LiteralPiece(std::move(text)));
    text.clear();
  };
  for (std::uint32_t i = 1; i < count; ++i) {
    const TSNode child = ts_node_child(node, i);
    const std::size_t begin = ts_node_start_byte(child) - base;
    const bool last = i + 1 == count;
    if (!last && syntax_.RoleOf(child) != Role::kInterpolation) continue;
    flush_to(begin);
    at = ts_node_end_byte(child) - base;
    if (last) break;
    const TSNode inner = Field(child, "expression");
    const std::string_view hole = facts_.TextOf(child);
    const std::string_view name =
        ts_node_is_null(inner) ? hole : facts_.TextOf(inner);
    const std::size_t spec = hole.find(name);
    pieces.push_back(HolePiece(
        OneLine(name),
        "{" + OneLine(hole.substr(std::min(hole.size(), spec + name.size())))));
  }
  if (pieces.empty()) pieces.push_back(LiteralPiece({}));
  return {std::move(pieces)};
}

Variants Flattener::FlattenJoin(TSNode node, int depth) const {
  Variants all(1);
  for (const TSNode child : CodeChildren(syntax_, node)) {
    Append(Flatten(child, depth + 1), &all);
  }
  return all;
}

Variants Flattener::FlattenBinary(TSNode node, int depth) const {
  const TSNode left = Field(node, "left");
  const TSNode right = Field(node, "right");
  const TSNode operation = Field(node, "operator");
  if (ts_node_is_null(left) || ts_node_is_null(right) ||
      ts_node_is_null(operation)) {
    return Hole(node);
  }
  const std::string_view symbol = facts_.TextOf(operation);
  if (symbol == "+") {
    Variants all = Flatten(left, depth + 1);
    Append(Flatten(right, depth + 1), &all);
    return AnyLiteral(all) ? all : Hole(node);
  }
  if (symbol == "%") {
    Variants all = Flatten(left, depth + 1);
    if (!AnyLiteral(all)) return Hole(node);
    const FormatArguments arguments = PercentArguments(right);
    for (Pieces& pieces : all) pieces = FormatPrintf(pieces, arguments);
    return all;
  }
  return symbol == "*" ? Repeat(left, right, depth) : Hole(node);
}

Variants Flattener::Repeat(TSNode left, TSNode right, int depth) const {
  const bool number_first = syntax_.RoleOf(left) == Role::kNumber;
  const TSNode text = number_first ? right : left;
  const std::string_view number = facts_.TextOf(number_first ? left : right);
  std::size_t times = 0;
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), times);
  const Variants unit = Flatten(text, depth + 1);
  const bool plain = unit.size() == 1 && unit[0].size() == 1 &&
                     !unit[0][0].is_hole && error == std::errc() &&
                     end == number.data() + number.size();
  if (!plain || times > kMaxRepeat ||
      times * unit[0][0].text.size() > kMaxRepeat) {
    return {{HolePiece(
        OneLine(facts_.TextOf(left)) + " * " + OneLine(facts_.TextOf(right)),
        {})}};
  }
  std::string repeated;
  for (std::size_t i = 0; i < times; ++i) repeated += unit[0][0].text;
  return {{LiteralPiece(std::move(repeated))}};
}

Variants Flattener::FlattenChoice(TSNode node, int depth) const {
  TSNode yes = Field(node, "consequence");
  TSNode no = Field(node, "alternative");
  if (ts_node_is_null(yes) || ts_node_is_null(no)) {
    // Python: value, condition, other value, without field names.
    const std::vector<TSNode> children = CodeChildren(syntax_, node);
    if (children.size() != 3) return Hole(node);
    yes = children[0];
    no = children[2];
  }
  Variants all = Flatten(yes, depth + 1);
  AddVariants(Flatten(no, depth + 1), &all);
  return AnyLiteral(all) ? all : Hole(node);
}

Variants Flattener::FlattenCall(TSNode node, int depth) const {
  const TSNode callee = Field(node, "function");
  const TSNode list = Field(node, "arguments");
  if (ts_node_is_null(callee) || ts_node_is_null(list)) return Hole(node);
  const std::string_view name = LastName(facts_.TextOf(callee));
  const bool passes_on = syntax_.transparent.count(name) != 0;
  if (!passes_on && !syntax_.formatters.count(name)) return Hole(node);
  const CallArguments arguments = Split(list);
  if (passes_on) {
    if (arguments.positional.empty()) return Hole(node);
    return Flatten(arguments.positional[0], depth + 1);
  }
  const TSNode object = Field(callee, "object");
  if (ts_node_is_null(object)) return Hole(node);
  Variants all = Flatten(object, depth + 1);
  if (!AnyLiteral(all)) return Hole(node);
  FormatArguments fill = Fill(arguments, 0);
  for (const auto& [key, value] : arguments.named) {
    fill.named.emplace_back(key, OneLine(facts_.TextOf(value)));
  }
  for (Pieces& pieces : all) pieces = FormatBrace(pieces, fill);
  return all;
}

Variants Flattener::ValuesOf(const std::vector<const Definition*>& definitions,
                             TSNode node, int depth) const {
  Variants all;
  for (const Definition* definition : definitions) {
    if (definition->opaque || ts_node_is_null(definition->value)) {
      return Hole(node);
    }
    // A value that is made of the name itself has no end.
    const bool inside =
        ts_node_start_byte(definition->value) <= ts_node_start_byte(node) &&
        ts_node_end_byte(node) <= ts_node_end_byte(definition->value);
    if (inside || all.size() == kMaxVariants) return Hole(node);
    Variants values = Flatten(definition->value, depth + 10);
    AddVariants(AnyLiteral(values) ? std::move(values) : Hole(node), &all);
  }
  return AnyLiteral(all) ? all : Hole(node);
}

Variants Flattener::FlattenName(TSNode node, int depth) const {
  const auto found = facts_.names().find(facts_.TextOf(node));
  if (found == facts_.names().end()) return Hole(node);
  int scope = facts_.ScopeAt(ts_node_start_byte(node));
  while (true) {
    std::vector<const Definition*> here;
    for (const Definition& definition : found->second) {
      if (definition.scope == scope) here.push_back(&definition);
    }
    if (!here.empty()) return ValuesOf(here, node, depth);
    if (scope == kNoScope) return Hole(node);
    scope = facts_.scope(scope).parent;
  }
}

Variants Flattener::FlattenMember(TSNode node, int depth) const {
  const TSNode object = Field(node, "object");
  if (ts_node_is_null(object)) return Hole(node);
  const std::string_view owner = facts_.TextOf(object);
  const int around = facts_.ClassOf(facts_.ScopeAt(ts_node_start_byte(node)));
  const bool own = syntax_.self_names.count(owner) != 0;
  const std::string_view name = LastName(facts_.TextOf(node));
  std::vector<const Definition*> here;
  const auto collect = [&](const FileFacts::Definitions& definitions) {
    const auto found = definitions.find(name);
    if (found == definitions.end()) return;
    for (const Definition& definition : found->second) {
      if (definition.scope == kNoScope) continue;
      const Scope& scope = facts_.scope(definition.scope);
      const bool fits = own ? definition.scope == around
                            : scope.is_class && scope.name == owner;
      if (fits) here.push_back(&definition);
    }
  };
  collect(facts_.names());
  collect(facts_.members());
  return here.empty() ? Hole(node) : ValuesOf(here, node, depth);
}

std::string Flattener::LiteralOf(TSNode node) const {
  if (syntax_.RoleOf(node) != Role::kString) return {};
  const Pieces pieces = FlattenString(node)[0];
  return pieces.size() == 1 && !pieces[0].is_hole ? pieces[0].text
                                                  : std::string();
}

CallArguments Flattener::Split(TSNode arguments) const {
  CallArguments split;
  for (const TSNode child : CodeChildren(syntax_, arguments)) {
    if (syntax_.RoleOf(child) != Role::kKeyword) {
      split.positional.push_back(child);
      continue;
    }
    const TSNode name = Field(child, "name");
    const TSNode value = Field(child, "value");
    if (ts_node_is_null(name) || ts_node_is_null(value)) continue;
    split.named.emplace_back(facts_.TextOf(name), value);
  }
  return split;
}

void Flattener::AddPairs(TSNode map, FormatArguments* out) const {
  for (const TSNode child : CodeChildren(syntax_, map)) {
    if (syntax_.RoleOf(child) != Role::kPair) {
      out->mapping = OneLine(facts_.TextOf(child));
      continue;
    }
    const TSNode key = Field(child, "key");
    const TSNode value = Field(child, "value");
    if (ts_node_is_null(key) || ts_node_is_null(value)) continue;
    out->named.emplace_back(LiteralOf(key), OneLine(facts_.TextOf(value)));
  }
}

FormatArguments Flattener::Fill(const CallArguments& arguments,
                                std::size_t first) const {
  FormatArguments fill;
  const std::size_t count = arguments.positional.size();
  if (count == first + 1 &&
      syntax_.RoleOf(arguments.positional[first]) == Role::kMap) {
    AddPairs(arguments.positional[first], &fill);
    return fill;
  }
  for (std::size_t i = first; i < count; ++i) {
    const TSNode node = arguments.positional[i];
    std::string text = OneLine(facts_.TextOf(node));
    if (syntax_.RoleOf(node) == Role::kSpread) {
      fill.spread = std::move(text);
    } else {
      fill.positional.push_back(std::move(text));
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
    arguments.positional = CodeChildren(syntax_, node);
  } else {
    arguments.positional.push_back(node);
  }
  return Fill(arguments, 0);
}

}  // namespace logspill
