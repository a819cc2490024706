// A language made ready: its grammar, its compiled query, and its tables as
// sets. Also what is asked of syntax nodes everywhere.
//
// Lifetime:  views into the Language it was made of, which outlives it.
// Threads:   const after Make(); parsers and cursors belong to the caller.
// Errors:    no such grammar, a query that does not compile, or a word in the
//            table that is none, with its place.

#pragma once

#include <tree_sitter/api.h>

#include <array>
#include <chrono>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/language.h"

namespace logspill {

// What a node does in an expression, whatever its grammar calls it.
enum class Role : std::uint8_t {
  kOther,
  kString,
  kRaw,  // a string without escapes
  kInterpolation,
  kJoin,
  kBinary,
  kGroup,
  kPass,  // gives the value of its one child: a cast, a reference
  kChoice,
  kCall,
  kNew,
  kName,
  kMember,
  kList,
  kMap,
  kPair,
  kKeyword,
  kSpread,
  kNumber,
  kComment,
  kLambda,
  kBlock,       // gives the value of its last child
  kTokens,      // a macro's arguments, not parsed
  kMacro,       // a call whose arguments are tokens
  kArgument,    // around what is given: argument(value)
  kHeredoc,     // stands for a body elsewhere
  kText,        // source text that is not parsed: what #define gives a name
  kAnnotation,  // @Path("/users"), #[get("/users")]
};

// What a capture of the query stands for.
enum class Capture : std::uint8_t {
  kOther,
  kCall,
  kStream,
  kFunction,
  kFunctionName,
  kFunctionOwner,
  kParameter,
  kClass,
  kClassName,
  kModule,
  kDefineName,
  kDefineObject,
  kDefineValue,
  kDefineOpaque,
  kDefineAppend,
  kAppend,
  kTypedName,
  kTypedType,
  kHeredoc,
  kHeredocBody,
  kMacroName,
  kMacroParameters,
  kMacroBody,
};

// What this engine asks of a node; a grammar may have several names for it.
enum class FieldName : std::uint8_t {
  kFunction,
  kReceiver,
  kMethod,
  kArguments,
  kBlock,
  kObject,
  kProperty,
  kLeft,
  kRight,
  kOperator,
  kConsequence,
  kAlternative,
  kKey,
  kValue,
  kName,
  kBody,
  kElements,
  kCount,
};

using NameSet = std::unordered_set<std::string_view>;
using NameMap = std::unordered_map<std::string_view, std::string_view>;

// A CallRule as sets.
struct RuleSets {
  explicit RuleSets(const CallRule& call_rule);

  const CallRule* rule;
  NameMap methods;
  NameMap chain;
  NameSet reserved;
  NameSet pair_keywords;
};

class Syntax {
 public:
  static Result<std::unique_ptr<const Syntax>> Make(const Language& language);

  Role RoleOf(TSNode node) const { return roles_[ts_node_symbol(node)]; }
  Capture CaptureOf(std::uint32_t index) const { return captures_[index]; }
  // The child in this field; null where there is none.
  TSNode Get(TSNode node, FieldName field) const;

  const Language& language() const { return *language_; }
  const TSLanguage* grammar() const { return grammar_; }
  const TSQuery* query() const { return query_.get(); }

  std::vector<RuleSets> rules;
  NameSet methods;  // of all rules
  NameSet sinks;    // of all rules with a stream
  NameMap level_words;
  NameSet transparent;
  NameMap shapers;
  NameMap formatters;
  NameMap joiners;
  NameSet builders;
  NameSet appenders;
  NameSet builder_texts;
  NameSet message_keys;
  NameMap text_macros;
  NameSet module_names;
  NameSet class_names;
  NameSet root_loggers;
  NameSet self_names;
  NameSet raw_prefixes;
  NameSet bytes_prefixes;
  NameSet doubled_prefixes;

 private:
  struct QueryDeleter {
    void operator()(TSQuery* query) const { ts_query_delete(query); }
  };
  static constexpr auto kFields = static_cast<std::size_t>(FieldName::kCount);

  explicit Syntax(const Language& language);
  Result<void> FindGrammar();
  Result<void> CheckWords() const;
  Error WrongWord(std::string_view what, std::string_view word,
                  std::string_view of) const;
  Result<void> CompileQuery();
  Result<void> ReadRoles();
  Result<void> ReadFields();

  const Language* language_;
  const TSLanguage* grammar_ = nullptr;
  std::unique_ptr<TSQuery, QueryDeleter> query_;
  std::vector<Role> roles_;        // by symbol
  std::vector<Capture> captures_;  // by capture index
  std::array<std::vector<TSFieldId>, kFields> fields_;
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

// The source text of `node`; empty for a null node.
std::string_view TextOf(TSNode node, std::string_view text);

// "uuid" of "consumer.uuid", "info" of "spdlog::info" and "log->info".
std::string_view LastName(std::string_view path);

// Whether `pattern`, in which each '*' stands for any text, is all of `text`.
bool GlobMatch(std::string_view pattern, std::string_view text);

// The children of `node` that are code: named, and no comments.
std::vector<TSNode> CodeChildren(const Syntax& syntax, TSNode node);

}  // namespace logspill
