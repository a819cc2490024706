// Turns the expression that makes a message into literal text and holes:
// concatenation, implicit joins, formats, interpolation, wrappers that pass
// their text on, repetition, text builders, joined lists, and constants of the
// same file.
//
// Where the code has several messages (a conditional expression, a name that is
// given several), each is a variant.
//
// Threads:   not thread-safe; used by the thread that read the facts.
// Cost:      bounded: kMaxDepth levels, kMaxVariants variants, kMaxSteps nodes
//            of one message, however its constants refer to each other.

#pragma once

#include <map>
#include <set>
#include <vector>

#include "scanner/callsite/call_parts.h"
#include "scanner/callsite/expression.h"
#include "scanner/callsite/file_facts.h"
#include "scanner/callsite/literal_text.h"
#include "scanner/callsite/placeholder.h"

namespace logspill {

class Flattener {
 public:
  static constexpr int kMaxDepth = 200;
  static constexpr int kMaxSteps = 4096;
  static constexpr std::size_t kMaxVariants = 8;
  static constexpr std::size_t kMaxRepeat = 4096;  // bytes of "*" * 80

  using Variants = std::vector<Pieces>;

  // Names that the file does not define.
  using Externals = std::map<std::string, Pieces>;

  Flattener(const Syntax& syntax, const FileFacts& facts,
            const Externals* externals = nullptr)
      : syntax_(syntax), facts_(facts), externals_(externals) {}

  // At least one variant; a hole alone where nothing of it is literal.
  Variants Flatten(TSNode node) const {
    steps_ = 0;
    return Flatten(node, 0);
  }
  Variants Flatten(const Argument& argument) const {
    steps_ = 0;
    return Flatten(argument, 0);
  }

  // The text of a literal; empty where `node` is not one.
  std::string LiteralOf(TSNode node) const;

  CallArguments Split(TSNode list) const {
    return SplitArguments(syntax_, list, facts_.text());
  }

  // What fills placeholders: arguments from `first` on.
  FormatArguments Fill(const CallArguments& arguments, std::size_t first,
                       PlaceholderStyle style) const;

  // Keys and values of an object literal, wherever it stands in `node`; what is
  // spread into it is the mapping.
  FormatArguments PairsOf(TSNode node) const;

  // The value of the first of `keys` in an object literal; or null.
  TSNode ValueAt(TSNode map, const NameSet& keys) const;

  // What the name that `argument` is, or begins with, was given before byte
  // `at`, as text; empty where that is not one place.
  std::string OriginOf(std::string_view argument, std::uint32_t at) const;

  // LATE, kLate: what is a constant in all languages.
  static bool IsShouted(std::string_view name);

  // Names of constants that no definition of the file explains.
  const std::set<std::string>& missed() const { return missed_; }

  // How a call formats its text; empty where it does not.
  std::string_view FormatterOf(const CallParts& parts) const {
    bool of_receiver = false;
    return StyleOfCall(syntax_.formatters, parts, &of_receiver);
  }

 private:
  Variants Flatten(TSNode node, int depth) const;
  Variants Flatten(const Argument& argument, int depth) const;
  Variants FlattenString(TSNode node) const;
  Pieces PiecesOf(TSNode node, std::size_t begin, std::size_t end,
                  const LiteralStyle& style) const;
  Variants FlattenJoin(const std::vector<TSNode>& nodes, TSNode whole,
                       int depth) const;
  Variants FlattenText(TSNode node) const;
  Variants FlattenPass(TSNode node, int depth) const;
  Variants FlattenBinary(TSNode node, int depth) const;
  Variants FlattenChoice(TSNode node, int depth) const;
  Variants FlattenLambda(TSNode node, int depth) const;
  Variants FlattenCall(TSNode node, int depth) const;
  Variants FlattenFormat(const CallParts& parts, std::string_view style,
                         bool of_receiver, int depth) const;
  Variants FlattenShaped(const CallParts& parts, std::string_view shape,
                         int depth) const;
  Variants FlattenHeredoc(TSNode node) const;
  bool IsListOfItems(TSNode list) const;
  Variants FlattenJoined(const CallParts& parts, std::string_view style,
                         int depth) const;
  Variants FlattenBuilder(const CallParts& parts, int depth) const;
  bool IsBuilt(TSNode node) const;
  std::vector<Argument> ItemsOf(Argument argument) const;
  Variants FlattenName(TSNode node, int depth) const;
  Variants FlattenMember(TSNode node, int depth) const;
  Variants Repeat(TSNode left, TSNode right, int depth) const;
  std::vector<const Definition*> DefinitionsOf(std::string_view name,
                                               std::uint32_t at) const;
  Variants ValuesOf(const std::vector<const Definition*>& definitions,
                    TSNode node, int depth) const;
  Variants Appended(const std::vector<const Definition*>& definitions,
                    TSNode node, int depth) const;
  Variants Hole(TSNode node) const;
  Variants External(TSNode node) const;
  bool MayBeOfFolder(TSNode node, std::string_view name) const;
  LiteralStyle StyleOf(TSNode node, std::string_view source) const;

  // What stands right of `%`.
  FormatArguments PercentArguments(TSNode node) const;
  // Keys of maps inside are joined by dots, behind `before`.
  void AddPairs(TSNode map, FormatArguments* out,
                const std::string& before = {}) const;
  bool AddNamed(const Argument& argument, FormatArguments* out) const;
  std::string_view StyleOfCall(const NameMap& table, const CallParts& parts,
                               bool* of_receiver) const;

  const Syntax& syntax_;
  const FileFacts& facts_;
  const Externals* externals_;
  mutable std::set<std::string> missed_;
  mutable int steps_ = 0;              // of the message that is being read
  mutable std::string_view building_;  // name whose appends are being read
};

// Every way to go on from `left` with one of `right`.
void AppendVariants(const Flattener::Variants& right,
                    Flattener::Variants* left);

// Puts `more` beside, as far as there is room.
void AddVariants(Flattener::Variants more, Flattener::Variants* to);

bool AnyLiteral(const Flattener::Variants& variants);

}  // namespace logspill
