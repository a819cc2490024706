#include "scanner/callsite/file_facts.h"

#include <algorithm>

namespace logspill {
namespace {

Scope ScopeOf(TSNode node, bool is_class) {
  return {
      ts_node_start_byte(node), ts_node_end_byte(node), {}, is_class, kNoScope};
}

}  // namespace

Result<FileFacts> FileFacts::Read(const Syntax& syntax, std::string_view text,
                                  SyntaxReader* reader) {
  auto tree = reader->Parse(syntax, text);
  if (!tree) return tree.error();
  FileFacts facts(text, std::move(*tree));
  std::vector<RawDefinition> definitions;
  auto read = reader->ForEachMatch(syntax, facts.tree_.get(),
                                   [&](const TSQueryMatch& match) {
                                     facts.Add(syntax, match, &definitions);
                                   });
  if (!read) return read.error();
  std::stable_sort(facts.calls_.begin(), facts.calls_.end(),
                   [](const LogCall& a, const LogCall& b) {
                     return ts_node_start_byte(a.call) <
                            ts_node_start_byte(b.call);
                   });
  facts.NestScopes();
  facts.Place(syntax, definitions);
  return facts;
}

void FileFacts::Add(const Syntax& syntax, const TSQueryMatch& match,
                    std::vector<RawDefinition>* definitions) {
  LogCall call;
  Scope scope;
  RawDefinition raw;
  for (std::uint16_t i = 0; i < match.capture_count; ++i) {
    const TSNode node = match.captures[i].node;
    switch (syntax.CaptureOf(match.captures[i].index)) {
      case Capture::kCall:
        call.call = node;
        break;
      case Capture::kReceiver:
        call.receiver = node;
        break;
      case Capture::kMethod:
        call.method = TextOf(node);
        break;
      case Capture::kArguments:
        call.arguments = node;
        break;
      case Capture::kFunction:
        scope = ScopeOf(node, false);
        break;
      case Capture::kClass:
        scope = ScopeOf(node, true);
        break;
      case Capture::kFunctionName:
      case Capture::kClassName:
        scope.name = TextOf(node);
        break;
      case Capture::kDefineOpaque:
        raw.definition.opaque = true;
        [[fallthrough]];
      case Capture::kDefineName:
        raw.name = TextOf(node);
        raw.at = ts_node_start_byte(node);
        break;
      case Capture::kDefineObject:
        raw.object = TextOf(node);
        break;
      case Capture::kDefineValue:
        raw.definition.value = node;
        break;
      case Capture::kOther:
        break;
    }
  }
  if (syntax.methods.count(call.method)) calls_.push_back(call);
  if (scope.end > scope.begin) scopes_.push_back(scope);
  if (!raw.name.empty()) definitions->push_back(raw);
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
    scopes_[i].parent = open.empty() ? kNoScope : open.back();
    open.push_back(static_cast<int>(i));
  }
}

void FileFacts::Place(const Syntax& syntax,
                      const std::vector<RawDefinition>& definitions) {
  for (const RawDefinition& raw : definitions) {
    Definition definition = raw.definition;
    definition.scope = ScopeAt(raw.at);
    if (raw.object.empty()) {
      names_[raw.name].push_back(definition);
    } else if (syntax.self_names.count(raw.object)) {
      definition.scope = ClassOf(definition.scope);
      members_[raw.name].push_back(definition);
    }
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

}  // namespace logspill
