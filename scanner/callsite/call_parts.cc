#include "scanner/callsite/call_parts.h"

namespace logspill {
namespace {

bool IsNamed(TSNode node) { return ts_node_is_named(node); }

std::string_view Between(TSNode first, TSNode last, std::string_view text) {
  const std::uint32_t begin = ts_node_start_byte(first);
  const std::uint32_t end = ts_node_end_byte(last);
  if (begin >= text.size() || end <= begin) return {};
  return text.substr(begin, end - begin);
}

// The method's text with the '!' of a macro.
std::string_view WithBang(std::string_view method, std::string_view text) {
  const std::size_t end =
      static_cast<std::size_t>(method.data() - text.data()) + method.size();
  if (method.empty() || end >= text.size() || text[end] != '!') return method;
  return {method.data(), method.size() + 1};
}

std::vector<TSNode> AllChildren(TSNode node) {
  std::vector<TSNode> children;
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do {
      children.push_back(ts_tree_cursor_current_node(&cursor));
    } while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
  return children;
}

class Splitter {
 public:
  Splitter(const Syntax& syntax, TSNode list, std::string_view text)
      : syntax_(syntax),
        text_(text),
        tokens_(syntax.RoleOf(list) == Role::kTokens) {
    std::vector<TSNode> children = AllChildren(list);
    // The brackets.
    if (!children.empty() && !IsNamed(children.front())) {
      children.erase(children.begin());
      if (!children.empty() && !IsNamed(children.back())) children.pop_back();
    }
    for (const TSNode child : children) Take(child);
    Flush();
  }

  CallArguments Get() { return std::move(split_); }

 private:
  std::string_view Text(TSNode node) const { return TextOf(node, text_); }

  void Take(TSNode child) {
    if (syntax_.RoleOf(child) == Role::kComment) return;
    const std::string_view text = Text(child);
    if (!IsNamed(child) && (text == "," || (tokens_ && text == ";"))) {
      Flush();
    } else {
      parts_.push_back(child);
    }
  }

  void Flush() {
    std::vector<TSNode> parts = std::move(parts_);
    parts_.clear();
    if (parts.size() == 1 && syntax_.RoleOf(parts[0]) == Role::kArgument) {
      const std::vector<TSNode> inner = CodeChildren(syntax_, parts[0]);
      if (!inner.empty()) parts[0] = inner.back();
    }
    if (parts.empty()) return;
    Argument argument;
    std::size_t first = 0;
    if (tokens_) {
      first = TakeName(parts, &argument);
    } else if (parts.size() == 1 && TakePair(parts[0], &argument)) {
      return;
    }
    if (first == parts.size()) return;
    argument.text = Between(parts[first], parts.back(), text_);
    for (std::size_t i = first; i < parts.size(); ++i) {
      if (IsNamed(parts[i]) || tokens_) argument.nodes.push_back(parts[i]);
    }
    argument.spread = syntax_.RoleOf(parts[0]) == Role::kSpread;
    auto& to = argument.name.empty() ? split_.positional : split_.named;
    to.push_back(std::move(argument));
  }

  // name = value; Ruby's name: value.
  bool TakePair(TSNode node, Argument* argument) {
    const Role role = syntax_.RoleOf(node);
    if (role != Role::kKeyword && role != Role::kPair) return false;
    const bool keyword = role == Role::kKeyword;
    const TSNode name =
        syntax_.Get(node, keyword ? FieldName::kName : FieldName::kKey);
    const TSNode value = syntax_.Get(node, FieldName::kValue);
    if (ts_node_is_null(name)) return true;
    argument->name = BareKey(Text(name));
    // `id:` alone stands for `id: id`.
    const TSNode shown = ts_node_is_null(value) ? name : value;
    argument->text = BareKey(Text(shown));
    if (!ts_node_is_null(value)) {
      argument->text = Text(value);
      argument->nodes.push_back(value);
    }
    split_.named.push_back(std::move(*argument));
    return true;
  }

  // The `name =`, `name :` or `"name" =>` that a macro's field begins with, and
  // its sigil; returns where the value begins.
  std::size_t TakeName(const std::vector<TSNode>& parts, Argument* argument) {
    std::size_t first = 0;
    for (std::size_t i = 1; i < parts.size(); ++i) {
      const std::string_view text = Text(parts[i]);
      if (IsNamed(parts[i]) || text == ".") continue;
      if (text == "=" || text == ":" || text == "=>") {
        argument->name = BareKey(Between(parts[0], parts[i - 1], text_));
        first = i + 1;
      }
      break;
    }
    if (first < parts.size() && !IsNamed(parts[first])) {
      const std::string_view sigil = Text(parts[first]);
      if (sigil == "%" || sigil == "?") {
        argument->sigil = sigil;
        ++first;
      }
    }
    return first;
  }

  const Syntax& syntax_;
  std::string_view text_;
  bool tokens_;
  std::vector<TSNode> parts_;
  CallArguments split_;
};

}  // namespace

CallParts PartsOf(const Syntax& syntax, TSNode node, std::string_view text) {
  CallParts parts;
  if (ts_node_is_null(node)) return parts;
  const Role role = syntax.RoleOf(node);
  if (role != Role::kCall && role != Role::kNew && role != Role::kMacro) {
    return parts;
  }
  const TSNode function = syntax.Get(node, FieldName::kFunction);
  TSNode method = syntax.Get(node, FieldName::kMethod);
  parts.arguments = syntax.Get(node, FieldName::kArguments);
  parts.block = syntax.Get(node, FieldName::kBlock);
  if (!ts_node_is_null(function)) {
    method = function;
    if (syntax.RoleOf(function) == Role::kMember) {
      parts.receiver = syntax.Get(function, FieldName::kObject);
      method = syntax.Get(function, FieldName::kProperty);
    }
    parts.callee = TextOf(function, text);
  } else {
    parts.receiver = syntax.Get(node, FieldName::kReceiver);
  }
  if (ts_node_is_null(method)) return parts;
  parts.method = TextOf(method, text);
  if (role == Role::kMacro) {
    parts.method = WithBang(parts.method, text);
    for (const TSNode child : CodeChildren(syntax, node)) {
      if (syntax.RoleOf(child) == Role::kTokens) parts.arguments = child;
    }
  }
  if (parts.callee.empty()) {
    const TSNode first =
        ts_node_is_null(parts.receiver) ? method : parts.receiver;
    parts.callee = Between(first, method, text);
  }
  parts.call = node;
  return parts;
}

CallArguments SplitArguments(const Syntax& syntax, TSNode list,
                             std::string_view text) {
  if (ts_node_is_null(list)) return {};
  return Splitter(syntax, list, text).Get();
}

std::string_view BareKey(std::string_view key) {
  if (key.starts_with(':')) key.remove_prefix(1);
  if (key.ends_with(':')) key.remove_suffix(1);
  const bool quoted = key.size() >= 2 && key.front() == key.back() &&
                      (key[0] == '"' || key[0] == '\'' || key[0] == '`');
  return quoted ? key.substr(1, key.size() - 2) : key;
}

}  // namespace logspill
