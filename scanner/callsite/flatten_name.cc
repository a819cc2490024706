#include <algorithm>

#include "scanner/callsite/flatten.h"

namespace logspill {
namespace {

using Variants = Flattener::Variants;

// The statement's block: two places in the same one come in turn.
TSNode BlockOf(TSNode node) {
  TSNode at = ts_node_parent(node);
  while (!ts_node_is_null(at)) {
    const TSNode above = ts_node_parent(at);
    const std::string_view type = ts_node_type(at);
    if (type == "expression_list") {  // of Go's "a, b := c, d"
      at = above;
      continue;
    }
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

}  // namespace

bool Flattener::IsShouted(std::string_view name) {
  const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (name.size() > 2 && name[0] == 'k' && upper(name[1])) return true;
  return name.size() > 3 && upper(name[0]) &&
         std::none_of(name.begin(), name.end(),
                      [](char c) { return c >= 'a' && c <= 'z'; });
}

// A name that no definition of the file explains.
Variants Flattener::External(TSNode node) const {
  if (!externals_) return Hole(node);
  const std::string_view name = LastName(facts_.TextOf(node));
  const auto found = externals_->find(std::string(name));
  if (found != externals_->end()) return {found->second};
  if (IsShouted(name) || MayBeOfFolder(node, name)) missed_.emplace(name);
  return Hole(node);
}

// Whether another file of the folder may define the name.
bool Flattener::MayBeOfFolder(TSNode node, std::string_view name) const {
  constexpr std::size_t kShortest = 4;  // shorter ones are variables
  if (!syntax_.language().folder_is_module || name.size() < kShortest ||
      syntax_.RoleOf(node) != Role::kName) {
    return false;
  }
  int scope = facts_.FunctionOf(facts_.ScopeAt(ts_node_start_byte(node)));
  while (scope != kNoScope) {
    const auto& parameters = facts_.scope(scope).parameters;
    if (std::find(parameters.begin(), parameters.end(), name) !=
        parameters.end()) {
      return false;
    }
    scope = facts_.FunctionOf(facts_.scope(scope).parent);
  }
  return facts_.names().find(name) == facts_.names().end();
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
  // const {LATE} = require("./texts")
  const bool imported = std::all_of(
      here.begin(), here.end(),
      [](const Definition* d) { return d->opaque && d->scope == kNoScope; });
  return imported ? External(node) : ValuesOf(here, node, depth);
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

}  // namespace logspill
