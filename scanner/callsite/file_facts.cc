#include "scanner/callsite/file_facts.h"

#include <algorithm>

namespace logspill {
namespace {

Scope ScopeOf(TSNode node, bool is_class) {
  Scope scope;
  scope.begin = ts_node_start_byte(node);
  scope.end = ts_node_end_byte(node);
  scope.is_class = is_class;
  return scope;
}

bool Before(TSNode a, TSNode b) {
  return ts_node_start_byte(a) < ts_node_start_byte(b);
}

// "Desk" of "*Desk", "Desk<'a, T>" and "&mut Desk".
std::string_view BareType(std::string_view type) {
  type = type.substr(0, type.find_first_of("<["));
  const std::size_t begin = type.find_last_of("*& ");
  return begin == std::string_view::npos ? type : type.substr(begin + 1);
}

}  // namespace

Result<FileFacts> FileFacts::Read(const Syntax& syntax, std::string_view text,
                                  SyntaxReader* reader,
                                  const std::set<std::string>* more) {
  auto tree = reader->Parse(syntax, text);
  if (!tree) return tree.error();
  FileFacts facts(text, std::move(*tree));
  Pending pending;
  auto read = reader->ForEachMatch(syntax, facts.tree_.get(),
                                   [&](const TSQueryMatch& match) {
                                     facts.Add(syntax, match, more, &pending);
                                   });
  if (!read) return read.error();
  std::stable_sort(facts.calls_.begin(), facts.calls_.end(),
                   [](const CallParts& a, const CallParts& b) {
                     return Before(a.call, b.call);
                   });
  for (auto* nodes :
       {&facts.streams_, &facts.heredocs_, &facts.heredoc_bodies_}) {
    std::stable_sort(nodes->begin(), nodes->end(), Before);
  }
  facts.NestScopes();
  facts.Place(syntax, &pending);
  return facts;
}

void FileFacts::AddCall(const Syntax& syntax, TSNode node,
                        const std::set<std::string>* more) {
  CallParts parts = PartsOf(syntax, node, text_);
  if (!parts.valid()) return;
  if (syntax.methods.count(parts.method) ||
      (more && more->count(std::string(parts.method))) ||
      (ts_node_is_null(parts.receiver) && syntax.methods.count("()"))) {
    calls_.push_back(parts);
  }
}

// "sb" of sb.append(a).append(b); empty where `call` is nothing of the kind.
std::string_view FileFacts::BuilderOf(const Syntax& syntax, TSNode call) const {
  while (!ts_node_is_null(call) && syntax.RoleOf(call) == Role::kCall) {
    const CallParts parts = PartsOf(syntax, call, text_);
    if (!parts.valid() || !syntax.appenders.count(parts.method)) return {};
    call = parts.receiver;
  }
  const bool name =
      !ts_node_is_null(call) && syntax.RoleOf(call) == Role::kName;
  return name ? TextOf(call) : std::string_view();
}

void FileFacts::Add(const Syntax& syntax, const TSQueryMatch& match,
                    const std::set<std::string>* more, Pending* pending) {
  Scope scope;
  RawDefinition raw;
  Macro macro;
  std::string_view typed;
  std::string_view type;
  for (std::uint16_t i = 0; i < match.capture_count; ++i) {
    const TSNode node = match.captures[i].node;
    switch (syntax.CaptureOf(match.captures[i].index)) {
      case Capture::kCall:
        AddCall(syntax, node, more);
        break;
      case Capture::kStream:
        streams_.push_back(node);
        break;
      case Capture::kFunction:
      case Capture::kClass: {
        const Capture kind = syntax.CaptureOf(match.captures[i].index);
        Scope found = ScopeOf(node, kind == Capture::kClass);
        found.name = scope.name;
        found.owner = scope.owner;
        scope = found;
        break;
      }
      case Capture::kFunctionName:
      case Capture::kClassName:
        scope.name = TextOf(node);
        break;
      case Capture::kFunctionOwner:
        scope.owner = BareType(TextOf(node));
        break;
      case Capture::kModule:
        if (module_.empty()) module_ = TextOf(node);
        break;
      case Capture::kParameter:
        pending->parameters.emplace_back(ts_node_start_byte(node),
                                         TextOf(node));
        raw.definition.opaque = true;
        raw.name = TextOf(node);
        raw.definition.at = ts_node_start_byte(node);
        break;
      case Capture::kDefineOpaque:
        raw.definition.opaque = true;
        raw.name = TextOf(node);
        raw.definition.at = ts_node_start_byte(node);
        break;
      case Capture::kDefineAppend:
        raw.definition.append = true;
        [[fallthrough]];
      case Capture::kDefineName:
        raw.name = TextOf(node);
        raw.definition.at = ts_node_start_byte(node);
        break;
      case Capture::kDefineObject:
        raw.object = TextOf(node);
        break;
      case Capture::kDefineValue:
        raw.definition.value = node;
        break;
      case Capture::kAppend:
        raw.name = BuilderOf(syntax, node);
        raw.definition.append = true;
        raw.definition.value = node;
        raw.definition.at = ts_node_start_byte(node);
        break;
      case Capture::kTypedName:
        typed = TextOf(node);
        break;
      case Capture::kTypedType:
        type = TextOf(node);
        break;
      case Capture::kHeredoc:
        heredocs_.push_back(node);
        break;
      case Capture::kHeredocBody:
        heredoc_bodies_.push_back(node);
        break;
      case Capture::kMacroName:
        macro.name = TextOf(node);
        macro.line = ts_node_start_point(node).row + 1;
        break;
      case Capture::kMacroParameters:
        macro.parameters = TextOf(node);
        break;
      case Capture::kMacroBody:
        macro.body = TextOf(node);
        break;
      case Capture::kOther:
        break;
    }
  }
  if (!macro.name.empty()) macros_.push_back(macro);
  if (scope.end > scope.begin) scopes_.push_back(std::move(scope));
  if (!typed.empty() && !type.empty()) types_.emplace(typed, type);
  if (!raw.name.empty()) pending->definitions.push_back(raw);
}

TSNode FileFacts::HeredocBodyOf(TSNode opening) const {
  const auto at =
      std::lower_bound(heredocs_.begin(), heredocs_.end(), opening, Before);
  const auto index = static_cast<std::size_t>(at - heredocs_.begin());
  // Damaged code may lack one.
  if (heredocs_.size() != heredoc_bodies_.size() || at == heredocs_.end()) {
    return {};
  }
  return heredoc_bodies_[index];
}

void FileFacts::NestScopes() {
  std::sort(scopes_.begin(), scopes_.end(), [](const Scope& a, const Scope& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
  std::vector<int> open;
  for (std::size_t i = 0; i < scopes_.size(); ++i) {
    while (!open.empty() && scope(open.back()).end <= scopes_[i].begin) {
      open.pop_back();
    }
    Scope& here = scopes_[i];
    here.parent = open.empty() ? kNoScope : open.back();
    if (here.owner.empty() && !here.is_class) {
      const std::size_t colons = here.name.rfind("::");
      if (colons != std::string_view::npos) {
        here.owner = LastName(here.name.substr(0, colons));
        here.name = here.name.substr(colons + 2);
      }
    }
    if (here.is_class) here.name = BareType(here.name);
    open.push_back(static_cast<int>(i));
  }
}

void FileFacts::Place(const Syntax& syntax, Pending* pending) {
  std::stable_sort(pending->definitions.begin(), pending->definitions.end(),
                   [](const RawDefinition& a, const RawDefinition& b) {
                     return a.definition.at < b.definition.at;
                   });
  for (const RawDefinition& raw : pending->definitions) {
    Definition definition = raw.definition;
    definition.scope = ScopeAt(definition.at);
    if (raw.object.empty()) {
      names_[raw.name].push_back(definition);
    } else if (syntax.self_names.count(raw.object)) {
      definition.scope = ClassOf(definition.scope);
      members_[raw.name].push_back(definition);
    }
  }
  std::sort(pending->parameters.begin(), pending->parameters.end());
  pending->parameters.erase(
      std::unique(pending->parameters.begin(), pending->parameters.end()),
      pending->parameters.end());
  for (const auto& [at, name] : pending->parameters) {
    const int index = FunctionOf(ScopeAt(at));
    if (index == kNoScope) continue;
    const int around = scope(index).parent;
    const bool method = around != kNoScope && scope(around).is_class;
    if (method && syntax.self_names.count(name)) continue;
    scopes_[static_cast<std::size_t>(index)].parameters.push_back(name);
  }
}

int FileFacts::ScopeAt(std::uint32_t byte) const {
  const auto behind = std::upper_bound(
      scopes_.begin(), scopes_.end(), byte,
      [](std::uint32_t at, const Scope& s) { return at < s.begin; });
  int index = static_cast<int>(behind - scopes_.begin()) - 1;
  while (index != kNoScope && scope(index).end <= byte) {
    index = scope(index).parent;
  }
  return index;
}

int FileFacts::ClassOf(int index) const {
  while (index != kNoScope && !scope(index).is_class) {
    index = scope(index).parent;
  }
  return index;
}

int FileFacts::FunctionOf(int index) const {
  while (index != kNoScope && scope(index).is_class) {
    index = scope(index).parent;
  }
  return index;
}

std::string_view FileFacts::ClassName(int index) const {
  for (; index != kNoScope; index = scope(index).parent) {
    if (scope(index).is_class) return scope(index).name;
    if (!scope(index).owner.empty()) return scope(index).owner;
  }
  return {};
}

}  // namespace logspill
