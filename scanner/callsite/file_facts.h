// What the query finds in one file: calls that may log, scopes, and what names
// are given.
//
// Lifetime:  owns the syntax tree; its nodes and views refer to the tree and to
//            the text given to Read(), which outlives it.
// Threads:   const after Read().
// Cost:      one pass of the query over the tree.

#pragma once

#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/callsite/call_parts.h"
#include "scanner/callsite/syntax.h"

namespace logspill {

constexpr int kNoScope = -1;

struct Scope {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string_view name;
  std::string_view owner;  // of a method that stands outside its class
  bool is_class = false;
  int parent = kNoScope;
  std::vector<std::string_view> parameters;  // without self
};

// A place where a name gets a value.
struct Definition {
  int scope = kNoScope;  // of the name; a member's is that of its class
  std::uint32_t at = 0;  // byte of the name
  bool opaque = false;   // the value cannot be known
  bool append = false;   // the value is put behind the one before
  TSNode value{};
};

// A macro that takes arguments; its body is not parsed.
struct Macro {
  std::string_view name;
  std::string_view parameters;  // "(fmt, ...)"
  std::string_view body;
  std::uint32_t line = 0;  // 1-based
};

class FileFacts {
 public:
  using Definitions =
      std::unordered_map<std::string_view, std::vector<Definition>>;

  // Calls of `more` methods are kept beside those that the language names.
  static Result<FileFacts> Read(const Syntax& syntax, std::string_view text,
                                SyntaxReader* reader,
                                const std::set<std::string>* more = nullptr);

  std::string_view text() const { return text_; }
  std::string_view TextOf(TSNode node) const {
    return logspill::TextOf(node, text_);
  }
  TSNode root() const { return ts_tree_root_node(tree_.get()); }
  bool damaged() const {
    return ts_node_has_error(ts_tree_root_node(tree_.get()));
  }

  // Calls of methods that log, in the order of the source; whether the receiver
  // is a logger is for the caller to say.
  const std::vector<CallParts>& calls() const { return calls_; }
  // The body of the heredoc that `opening` begins; null where it has none.
  TSNode HeredocBodyOf(TSNode opening) const;

  // Outermost `sink << a << b`.
  const std::vector<TSNode>& streams() const { return streams_; }

  const std::vector<Scope>& scopes() const { return scopes_; }
  const Scope& scope(int index) const {
    return scopes_[static_cast<std::size_t>(index)];
  }
  // The innermost scope that holds `byte`, or kNoScope.
  int ScopeAt(std::uint32_t byte) const;
  // The innermost class that is `scope` or around it, or kNoScope.
  int ClassOf(int scope) const;
  // The innermost function that is `scope` or around it, or kNoScope.
  int FunctionOf(int scope) const;
  // The class that a scope belongs to, by name; empty where there is none.
  std::string_view ClassName(int scope) const;

  const Definitions& names() const { return names_; }      // x = ...
  const Definitions& members() const { return members_; }  // self.x = ...
  // The type that a name is declared with, anywhere in the file.
  const std::unordered_map<std::string_view, std::string_view>& types() const {
    return types_;
  }
  const std::vector<Macro>& macros() const { return macros_; }
  std::string_view module() const { return module_; }  // as the file says it

 private:
  struct RawDefinition {
    std::string_view name;
    std::string_view object;
    Definition definition;
  };
  struct Pending {
    std::vector<RawDefinition> definitions;
    std::vector<std::pair<std::uint32_t, std::string_view>> parameters;
  };

  FileFacts(std::string_view text, Tree tree)
      : text_(text), tree_(std::move(tree)) {}

  void Add(const Syntax& syntax, const TSQueryMatch& match,
           const std::set<std::string>* more, Pending* pending);
  void AddCall(const Syntax& syntax, TSNode node,
               const std::set<std::string>* more);
  std::string_view BuilderOf(const Syntax& syntax, TSNode call) const;
  void NestScopes();
  void Place(const Syntax& syntax, Pending* pending);

  std::string_view text_;
  Tree tree_;
  std::vector<CallParts> calls_;
  std::vector<TSNode> heredocs_;
  std::vector<TSNode> heredoc_bodies_;
  std::vector<TSNode> streams_;
  std::vector<Scope> scopes_;  // by begin
  Definitions names_;
  Definitions members_;
  std::unordered_map<std::string_view, std::string_view> types_;
  std::vector<Macro> macros_;
  std::string_view module_;
};

}  // namespace logspill
