// A language made ready: its grammar, its compiled query, and its tables as
// sets. Also what is asked of syntax nodes everywhere.
//
// Lifetime:  views into the Language it was made of, which outlives it.
// Threads:   const after Make(); parsers and cursors belong to the caller.
// Errors:    no such grammar, or a query that does not compile, with the
// offset.

#pragma once

#include <tree_sitter/api.h>

#include <chrono>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/source_pass.h"

namespace logspill {

// What a node does in an expression, whatever its grammar calls it.
enum class Role : std::uint8_t {
  kOther,
  kString,
  kInterpolation,
  kJoin,
  kBinary,
  kGroup,
  kChoice,
  kCall,
  kName,
  kMember,
  kList,
  kMap,
  kPair,
  kKeyword,
  kSpread,
  kNumber,
  kComment,
};

// What a capture of the query stands for.
enum class Capture : std::uint8_t {
  kOther,
  kCall,
  kReceiver,
  kMethod,
  kArguments,
  kFunction,
  kFunctionName,
  kClass,
  kClassName,
  kDefineName,
  kDefineObject,
  kDefineValue,
  kDefineOpaque,
};

class Syntax {
 public:
  using NameSet = std::unordered_set<std::string_view>;
  using NameMap = std::unordered_map<std::string_view, std::string_view>;

  static Result<std::unique_ptr<const Syntax>> Make(const Language& language);

  Role RoleOf(TSNode node) const { return roles_[ts_node_symbol(node)]; }
  Capture CaptureOf(std::uint32_t index) const { return captures_[index]; }

  const Language& language() const { return *language_; }
  const TSLanguage* grammar() const { return grammar_; }
  const TSQuery* query() const { return query_.get(); }

  NameMap methods;
  NameMap level_words;
  NameSet receivers;
  NameSet transparent;
  NameSet formatters;
  NameSet message_keys;
  NameSet logger_factories;
  NameSet module_names;
  NameSet root_loggers;
  NameSet self_names;

 private:
  struct QueryDeleter {
    void operator()(TSQuery* query) const { ts_query_delete(query); }
  };

  explicit Syntax(const Language& language);
  Result<void> CompileQuery();
  Result<void> ReadRoles();

  const Language* language_;
  const TSLanguage* grammar_ = nullptr;
  std::unique_ptr<TSQuery, QueryDeleter> query_;
  std::vector<Role> roles_;        // by symbol
  std::vector<Capture> captures_;  // by capture index
};

struct TreeDeleter {
  void operator()(TSTree* tree) const { ts_tree_delete(tree); }
};
using Tree = std::unique_ptr<TSTree, TreeDeleter>;

// One a thread: a parser and a query cursor, used again for each file.
class SyntaxReader {
 public:
  // One file may take this long; a pathological one is given up.
  static constexpr std::chrono::seconds kTimeLimit{10};

  SyntaxReader();
  ~SyntaxReader();
  SyntaxReader(const SyntaxReader&) = delete;
  SyntaxReader& operator=(const SyntaxReader&) = delete;

  // Fails where the parser gave up in kTimeLimit.
  Result<Tree> Parse(const Syntax& syntax, std::string_view text);

  // Calls `visit(match)` for every match of the syntax's query in `tree`.
  // Fails where the time ran out.
  template <typename Visit>
  Result<void> ForEachMatch(const Syntax& syntax, const TSTree* tree,
                            Visit visit) {
    BeginQuery(syntax, tree);
    TSQueryMatch match;
    while (ts_query_cursor_next_match(cursor_, &match)) visit(match);
    return EndQuery();
  }

 private:
  using Clock = std::chrono::steady_clock;

  void BeginQuery(const Syntax& syntax, const TSTree* tree);
  Result<void> EndQuery() const;

  TSParser* parser_;
  TSQueryCursor* cursor_;
  Clock::time_point deadline_;
  bool late_ = false;
  TSQueryCursorOptions query_options_{};
};

// The source text of `node`.
std::string_view TextOf(TSNode node, std::string_view text);

// "uuid" of "consumer.uuid": what stands behind the last dot.
std::string_view LastName(std::string_view path);

TSNode Field(TSNode node, std::string_view name);

// The children of `node` that are code: named, and no comments.
std::vector<TSNode> CodeChildren(const Syntax& syntax, TSNode node);

}  // namespace logspill
