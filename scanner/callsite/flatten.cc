#include "scanner/callsite/flatten.h"

#include <algorithm>
#include <charconv>

#include "scanner/callsite/shape_text.h"

namespace logspill {
namespace {

using Variants = Flattener::Variants;

bool IsMatched(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

bool AnyLiteral(const Variants& variants) {
  return std::any_of(variants.begin(), variants.end(), HasLiteral);
}

void AddVariants(Variants more, Variants* to) {
  for (Pieces& pieces : more) {
    if (to->size() == Flattener::kMaxVariants) return;
    to->push_back(std::move(pieces));
  }
}

void AppendVariants(const Variants& right, Variants* left) {
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

Variants Flattener::Hole(TSNode node) const {
  return {{HolePiece(OneLine(facts_.TextOf(node)), {})}};
}

Variants Flattener::Flatten(TSNode node, int depth) const {
  if (depth > kMaxDepth || ++steps_ > kMaxSteps) return Hole(node);
  switch (syntax_.RoleOf(node)) {
    case Role::kString:
    case Role::kRaw:
      return FlattenString(node);
    case Role::kJoin:
    case Role::kGroup:
      return FlattenJoin(CodeChildren(syntax_, node), node, depth);
    case Role::kText:
      return FlattenText(node);
    case Role::kHeredoc:
      return FlattenHeredoc(node);
    case Role::kPass:
      return FlattenPass(node, depth);
    case Role::kBinary:
      return FlattenBinary(node, depth);
    case Role::kChoice:
      return FlattenChoice(node, depth);
    case Role::kLambda:
    case Role::kBlock:
      return FlattenLambda(node, depth);
    case Role::kCall:
    case Role::kNew:
    case Role::kMacro:
      return FlattenCall(node, depth);
    case Role::kName:
      return FlattenName(node, depth);
    case Role::kMember:
      return FlattenMember(node, depth);
    default:
      return Hole(node);
  }
}

Variants Flattener::Flatten(const Argument& argument, int depth) const {
  if (argument.nodes.size() == 1) return Flatten(argument.nodes[0], depth);
  Variants all(1);
  for (const TSNode node : argument.nodes) {
    AppendVariants(Flatten(node, depth + 1), &all);
  }
  if (AnyLiteral(all)) return all;
  return {{HolePiece(OneLine(argument.text), {})}};
}

LiteralStyle Flattener::StyleOf(TSNode node, std::string_view source) const {
  const Language& language = syntax_.language();
  const LiteralBounds bounds = BoundsOf(source);
  const std::string_view opening = source.substr(0, bounds.opening);
  std::string prefix(bounds.prefix);
  std::transform(prefix.begin(), prefix.end(), prefix.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  LiteralStyle style;
  style.raw = syntax_.RoleOf(node) == Role::kRaw ||
              syntax_.raw_prefixes.count(prefix) != 0;
  style.quoted = IsMatched(language.quoted_openings, opening);
  style.interpolated = syntax_.doubled_prefixes.count(prefix) != 0;
  style.doubled_quotes = IsMatched(language.verbatim_prefixes, bounds.prefix);
  style.bytes = syntax_.bytes_prefixes.count(prefix) != 0;
  style.drop_unknown = language.unknown_escape == "drop";
  style.trim_joins = language.line_join == "trim";
  style.block = IsMatched(language.block_openings, opening);
  return style;
}

Variants Flattener::FlattenString(TSNode node) const {
  const std::string_view source = facts_.TextOf(node);
  const LiteralBounds bounds = BoundsOf(source);
  const std::size_t end = std::max(
      bounds.opening, source.size() - std::min(source.size(), bounds.closing));
  return {PiecesOf(node, bounds.opening, end, StyleOf(node, source))};
}

// A heredoc's text is another node, behind the line.
Variants Flattener::FlattenHeredoc(TSNode node) const {
  const TSNode body = facts_.HeredocBodyOf(node);
  if (ts_node_is_null(body)) return Hole(node);
  const std::string_view opening = facts_.TextOf(node);
  const std::string_view source = facts_.TextOf(body);
  std::size_t end = source.rfind('\n');
  end = end == std::string_view::npos ? 0 : end + 1;
  LiteralStyle style;
  style.raw = opening.find('\'') != std::string_view::npos;
  style.drop_unknown = true;
  Pieces pieces = PiecesOf(body, source.starts_with('\n'), end, style);
  if (opening.starts_with("<<~")) ShapeText("margin", &pieces);
  return {std::move(pieces)};
}

// The text of `node` between two of its bytes, with what is interpolated.
Pieces Flattener::PiecesOf(TSNode node, std::size_t begin, std::size_t end,
                           const LiteralStyle& style) const {
  const std::string_view source = facts_.TextOf(node);
  const std::uint32_t base = ts_node_start_byte(node);
  Pieces pieces;
  std::size_t at = begin;
  const auto flush_to = [&](std::size_t to) {
    if (to <= at) return;
    std::string_view body = source.substr(at, to - at);
    std::string plain;
    if (style.block) body = plain = WithoutMargin(body);
    std::string text;
    AppendLiteral(body, style, &text);
    if (!text.empty()) pieces.push_back(LiteralPiece(std::move(text)));
  };
  for (const TSNode child : CodeChildren(syntax_, node)) {
    if (syntax_.RoleOf(child) != Role::kInterpolation) continue;
    flush_to(ts_node_start_byte(child) - base);
    at = ts_node_end_byte(child) - base;
    TSNode inner = syntax_.Get(child, FieldName::kValue);
    const std::vector<TSNode> code = CodeChildren(syntax_, child);
    if (ts_node_is_null(inner) && !code.empty()) inner = code[0];
    const std::string_view hole = facts_.TextOf(child);
    const std::string_view name =
        ts_node_is_null(inner) ? hole : facts_.TextOf(inner);
    const std::size_t spec = hole.find(name);
    pieces.push_back(HolePiece(
        OneLine(name),
        "{" + OneLine(hole.substr(std::min(hole.size(), spec + name.size())))));
  }
  flush_to(end);
  if (pieces.empty()) pieces.push_back(LiteralPiece({}));
  return pieces;
}

// String literals side by side, in text that the parser left alone.
Variants Flattener::FlattenText(TSNode node) const {
  std::string_view rest = facts_.TextOf(node);
  std::string text;
  while (true) {
    const std::size_t begin = rest.find_first_not_of(" \t\r\n\\");
    if (begin == std::string_view::npos) break;
    rest.remove_prefix(begin);
    std::size_t end = 1;
    while (end < rest.size() && rest[end] != '"') {
      end += rest[end] == '\\' ? 2 : 1;
    }
    if (rest[0] != '"' || end >= rest.size()) return Hole(node);
    LiteralStyle style;
    style.drop_unknown = true;
    AppendLiteral(rest.substr(1, end - 1), style, &text);
    rest.remove_prefix(end + 1);
  }
  return text.empty() ? Hole(node) : Variants{{LiteralPiece(std::move(text))}};
}

Variants Flattener::FlattenJoin(const std::vector<TSNode>& nodes, TSNode whole,
                                int depth) const {
  Variants all(1);
  for (const TSNode child : nodes) {
    const auto macro = syntax_.text_macros.find(facts_.TextOf(child));
    if (nodes.size() > 1 && macro != syntax_.text_macros.end()) {
      AppendVariants({{LiteralPiece(std::string(macro->second))}}, &all);
    } else {
      AppendVariants(Flatten(child, depth + 1), &all);
    }
  }
  // A placeholder may be made of several parts: "%" PRIu64.
  for (Pieces& pieces : all) {
    Pieces joined;
    for (Piece& piece : pieces) {
      if (!piece.is_hole && !joined.empty() && !joined.back().is_hole) {
        joined.back().text += piece.text;
      } else {
        joined.push_back(std::move(piece));
      }
    }
    pieces = std::move(joined);
  }
  return all.empty() || all[0].empty() ? Hole(whole) : all;
}

Variants Flattener::FlattenPass(TSNode node, int depth) const {
  TSNode inner = syntax_.Get(node, FieldName::kValue);
  if (ts_node_is_null(inner)) {
    const std::vector<TSNode> children = CodeChildren(syntax_, node);
    if (children.empty()) return Hole(node);
    inner = children[0];
  }
  Variants all = Flatten(inner, depth + 1);
  return AnyLiteral(all) ? all : Hole(node);
}

Variants Flattener::FlattenBinary(TSNode node, int depth) const {
  const TSNode left = syntax_.Get(node, FieldName::kLeft);
  const TSNode right = syntax_.Get(node, FieldName::kRight);
  const TSNode operation = syntax_.Get(node, FieldName::kOperator);
  if (ts_node_is_null(left) || ts_node_is_null(right) ||
      ts_node_is_null(operation)) {
    return Hole(node);
  }
  const std::string_view symbol = facts_.TextOf(operation);
  // LOG4CXX_INFO(logger, "a " << b)
  const bool streams = symbol == "<<" && !syntax_.sinks.empty();
  if (symbol == "+" || streams) {
    Variants all = Flatten(left, depth + 1);
    AppendVariants(Flatten(right, depth + 1), &all);
    return AnyLiteral(all) ? all : Hole(node);
  }
  if (symbol == "%") {
    Variants all = Flatten(left, depth + 1);
    if (!AnyLiteral(all)) return Hole(node);
    const FormatArguments arguments = PercentArguments(right);
    for (Pieces& pieces : all) {
      pieces = Format(PlaceholderStyle::kPrintf, pieces, arguments);
    }
    return all;
  }
  // What stands in for an absent value.
  if (symbol == "||" || symbol == "??" || symbol == "or") {
    Variants all = Flatten(left, depth + 1);
    AddVariants(Flatten(right, depth + 1), &all);
    return AnyLiteral(all) ? all : Hole(node);
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
  TSNode yes = syntax_.Get(node, FieldName::kConsequence);
  TSNode no = syntax_.Get(node, FieldName::kAlternative);
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

Variants Flattener::FlattenLambda(TSNode node, int depth) const {
  const TSNode body = syntax_.Get(node, FieldName::kBody);
  const std::vector<TSNode> children =
      CodeChildren(syntax_, ts_node_is_null(body) ? node : body);
  const bool block = syntax_.RoleOf(node) == Role::kBlock ||
                     ts_node_is_null(body) ||
                     syntax_.RoleOf(body) == Role::kBlock;
  if (block && children.empty()) return Hole(node);
  Variants all = Flatten(block ? children.back() : body, depth + 1);
  return AnyLiteral(all) ? all : Hole(node);
}

std::string Flattener::LiteralOf(TSNode node) const {
  if (ts_node_is_null(node)) return {};
  const Role role = syntax_.RoleOf(node);
  if (role != Role::kString && role != Role::kRaw) return {};
  const Pieces pieces = FlattenString(node)[0];
  return pieces.size() == 1 && !pieces[0].is_hole ? pieces[0].text
                                                  : std::string();
}

}  // namespace logspill
