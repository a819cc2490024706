#include "scanner/callsite/flatten.h"

#include <algorithm>
#include <charconv>

namespace logspill {
namespace {

using Variants = Flattener::Variants;

void AddVariants(Variants more, Variants* to) {
  for (Pieces& pieces : more) {
    if (to->size() == Flattener::kMaxVariants) return;
    to->push_back(std::move(pieces));
  }
}

// The statement's block: two places in the same one come in turn.
TSNode BlockOf(TSNode node) {
  TSNode at = ts_node_parent(node);
  while (!ts_node_is_null(at)) {
    const TSNode above = ts_node_parent(at);
    const std::string_view type = ts_node_type(at);
    if (type.ends_with("_statement") || type.ends_with("declaration") ||
        type.ends_with("_list") || ts_node_is_null(above)) {
      return above;
    }
    at = above;
  }
  return at;
}

bool Holds(TSNode outer, TSNode inner) {
  return ts_node_start_byte(outer) <= ts_node_start_byte(inner) &&
         ts_node_end_byte(inner) <= ts_node_end_byte(outer);
}

bool IsMatched(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

bool AnyLiteral(const Variants& variants) {
  return std::any_of(variants.begin(), variants.end(), HasLiteral);
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

// A name that no definition of the file explains.
Variants Flattener::External(TSNode node) const {
  if (!externals_) return Hole(node);
  const auto found =
      externals_->find(std::string(LastName(facts_.TextOf(node))));
  return found == externals_->end() ? Hole(node) : Variants{found->second};
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
  const LiteralStyle style = StyleOf(node, source);
  const std::uint32_t base = ts_node_start_byte(node);
  const std::size_t end = std::max(
      bounds.opening, source.size() - std::min(source.size(), bounds.closing));
  Pieces pieces;
  std::size_t at = bounds.opening;
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
  return {std::move(pieces)};
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
    if (syntax_.RoleOf(list) != Role::kList) return {};
    const TSNode elements = syntax_.Get(list, FieldName::kElements);
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

Variants Flattener::ValuesOf(const std::vector<const Definition*>& definitions,
                             TSNode node, int depth) const {
  if (std::any_of(definitions.begin(), definitions.end(),
                  [](const Definition* d) { return d->append; })) {
    return Appended(definitions, node, depth);
  }
  Variants all;
  for (const Definition* definition : definitions) {
    if (definition->opaque || ts_node_is_null(definition->value)) {
      return Hole(node);
    }
    // A value that is made of the name itself has no end.
    if (Holds(definition->value, node) || all.size() == kMaxVariants) {
      return Hole(node);
    }
    Variants values = Flatten(definition->value, depth + 10);
    AddVariants(AnyLiteral(values) ? std::move(values) : Hole(node), &all);
  }
  return AnyLiteral(all) ? all : Hole(node);
}

// x = "a"; x += b; in one block, so that nothing of it depends on a condition.
Variants Flattener::Appended(const std::vector<const Definition*>& definitions,
                             TSNode node, int depth) const {
  const Definition* first = definitions[0];
  if (first->append || first->opaque || ts_node_is_null(first->value)) {
    return Hole(node);
  }
  const TSNode block = BlockOf(first->value);
  Variants all = Flatten(first->value, depth + 10);
  for (const Definition* definition : definitions) {
    if (definition == first) continue;
    const bool later = definition->at > ts_node_start_byte(node);
    if (!definition->append || ts_node_is_null(definition->value) ||
        !ts_node_eq(BlockOf(definition->value), block) ||
        Holds(definition->value, node)) {
      return Hole(node);
    }
    if (later) continue;
    const std::string_view outer = building_;
    building_ = facts_.TextOf(node);
    AppendVariants(Flatten(definition->value, depth + 10), &all);
    building_ = outer;
  }
  return AnyLiteral(all) ? all : Hole(node);
}

std::vector<const Definition*> Flattener::DefinitionsOf(
    std::string_view name, std::uint32_t at) const {
  const auto found = facts_.names().find(name);
  if (found == facts_.names().end()) return {};
  int scope = facts_.ScopeAt(at);
  while (true) {
    std::vector<const Definition*> here;
    for (const Definition& definition : found->second) {
      if (definition.scope == scope) here.push_back(&definition);
    }
    if (!here.empty() || scope == kNoScope) return here;
    scope = facts_.scope(scope).parent;
  }
}

Variants Flattener::FlattenName(TSNode node, int depth) const {
  const auto macro = syntax_.text_macros.find(facts_.TextOf(node));
  if (macro != syntax_.text_macros.end()) {
    return {{LiteralPiece(std::string(macro->second))}};
  }
  const std::vector<const Definition*> here =
      DefinitionsOf(facts_.TextOf(node), ts_node_start_byte(node));
  return here.empty() ? External(node) : ValuesOf(here, node, depth);
}

Variants Flattener::FlattenMember(TSNode node, int depth) const {
  const TSNode object = syntax_.Get(node, FieldName::kObject);
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
  return here.empty() ? External(node) : ValuesOf(here, node, depth);
}

std::string Flattener::OriginOf(std::string_view argument,
                                std::uint32_t at) const {
  const std::string_view base =
      argument.substr(0, argument.find_first_of(".["));
  const std::vector<const Definition*> here = DefinitionsOf(base, at);
  if (here.size() != 1 || here[0]->opaque || here[0]->append ||
      ts_node_is_null(here[0]->value)) {
    return {};
  }
  return OneLine(facts_.TextOf(here[0]->value));
}

std::string Flattener::LiteralOf(TSNode node) const {
  if (ts_node_is_null(node)) return {};
  const Role role = syntax_.RoleOf(node);
  if (role != Role::kString && role != Role::kRaw) return {};
  const Pieces pieces = FlattenString(node)[0];
  return pieces.size() == 1 && !pieces[0].is_hole ? pieces[0].text
                                                  : std::string();
}

void Flattener::AddPairs(TSNode map, FormatArguments* out) const {
  const TSNode elements = syntax_.Get(map, FieldName::kElements);
  if (!ts_node_is_null(elements)) map = elements;
  for (const TSNode child : CodeChildren(syntax_, map)) {
    if (syntax_.RoleOf(child) == Role::kName) {  // {id}: {id: id}
      const std::string name(facts_.TextOf(child));
      out->named.emplace_back(name, name);
      continue;
    }
    if (syntax_.RoleOf(child) != Role::kPair) {
      out->mapping = OneLine(facts_.TextOf(child));
      continue;
    }
    const TSNode key = syntax_.Get(child, FieldName::kKey);
    const TSNode value = syntax_.Get(child, FieldName::kValue);
    if (ts_node_is_null(key) || ts_node_is_null(value)) continue;
    out->named.emplace_back(BareKey(facts_.TextOf(key)),
                            OneLine(facts_.TextOf(value)));
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
  if (by_place && given.size() == 1) given = ItemsOf(std::move(given[0]));
  for (const Argument& argument : given) {
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
