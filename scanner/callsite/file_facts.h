// What the query finds in one file: log calls, scopes, and what names are
// given.
//
// Lifetime:  owns the syntax tree; its nodes and views refer to the tree and to
//            the text given to Read(), which outlives it.
// Threads:   const after Read().
// Cost:      one pass of the query over the tree.

#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/callsite/syntax.h"

namespace logspill {

constexpr int kNoScope = -1;

struct Scope {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string_view name;
  bool is_class = false;
  int parent = kNoScope;
};

// A place where a name gets a value.
struct Definition {
  int scope = kNoScope;  // of the name; a member's is that of its class
  bool opaque = false;   // the value cannot be known
  TSNode value{};
};

struct LogCall {
  TSNode call{};
  TSNode receiver{};
  TSNode arguments{};
  std::string_view method;
};

class FileFacts {
 public:
  using Definitions =
      std::unordered_map<std::string_view, std::vector<Definition>>;

  static Result<FileFacts> Read(const Syntax& syntax, std::string_view text,
                                SyntaxReader* reader);

  std::string_view text() const { return text_; }
  std::string_view TextOf(TSNode node) const {
    return logspill::TextOf(node, text_);
  }
  bool damaged() const {
    return ts_node_has_error(ts_tree_root_node(tree_.get()));
  }

  // Calls of a method that logs, in the order of the source; whether the
  // receiver is a logger is for the caller to say.
  const std::vector<LogCall>& calls() const { return calls_; }

  const Scope& scope(int index) const {
    return scopes_[static_cast<std::size_t>(index)];
  }
  // The innermost scope that holds `byte`, or kNoScope.
  int ScopeAt(std::uint32_t byte) const;
  // The innermost class that is `scope` or around it, or kNoScope.
  int ClassOf(int scope) const;

  const Definitions& names() const { return names_; }      // x = ...
  const Definitions& members() const { return members_; }  // self.x = ...

 private:
  struct RawDefinition {
    std::string_view name;
    std::string_view object;
    std::uint32_t at = 0;
    Definition definition;
  };

  FileFacts(std::string_view text, Tree tree)
      : text_(text), tree_(std::move(tree)) {}

  void Add(const Syntax& syntax, const TSQueryMatch& match,
           std::vector<RawDefinition>* definitions);
  void NestScopes();
  void Place(const Syntax& syntax,
             const std::vector<RawDefinition>& definitions);

  std::string_view text_;
  Tree tree_;
  std::vector<LogCall> calls_;
  std::vector<Scope> scopes_;  // by begin
  Definitions names_;
  Definitions members_;
};

}  // namespace logspill
