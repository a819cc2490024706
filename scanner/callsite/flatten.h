// Turns the expression that makes a message into literal text and holes:
// concatenation, implicit joins, formats, interpolation, wrappers that pass
// their text on, repetition, and constants of the same file.
//
// Where the code has several messages (a conditional expression, a name that is
// given several), each is a variant.
//
// Threads:   not thread-safe; used by the thread that read the facts.
// Cost:      bounded: kMaxDepth levels, kMaxVariants variants, kMaxSteps nodes
//            of one message, however its constants refer to each other.

#pragma once

#include <vector>

#include "scanner/callsite/expression.h"
#include "scanner/callsite/file_facts.h"

namespace logspill {

// The code of an argument list: by position, and by name.
struct CallArguments {
  std::vector<TSNode> positional;
  std::vector<std::pair<std::string_view, TSNode>> named;
};

class Flattener {
 public:
  static constexpr int kMaxDepth = 200;
  static constexpr int kMaxSteps = 4096;
  static constexpr std::size_t kMaxVariants = 8;
  static constexpr std::size_t kMaxRepeat = 4096;  // bytes of "*" * 80

  using Variants = std::vector<Pieces>;

  Flattener(const Syntax& syntax, const FileFacts& facts)
      : syntax_(syntax), facts_(facts) {}

  // At least one variant; a hole alone where nothing of it is literal.
  Variants Flatten(TSNode node) const {
    steps_ = 0;
    return Flatten(node, 0);
  }

  // The text of a literal; empty where `node` is not one.
  std::string LiteralOf(TSNode node) const;

  CallArguments Split(TSNode arguments) const;

  // What fills placeholders, of arguments from `first` on.
  FormatArguments Fill(const CallArguments& arguments, std::size_t first) const;

 private:
  Variants Flatten(TSNode node, int depth) const;
  Variants FlattenString(TSNode node) const;
  Variants FlattenJoin(TSNode node, int depth) const;
  Variants FlattenBinary(TSNode node, int depth) const;
  Variants FlattenChoice(TSNode node, int depth) const;
  Variants FlattenCall(TSNode node, int depth) const;
  Variants FlattenName(TSNode node, int depth) const;
  Variants FlattenMember(TSNode node, int depth) const;
  Variants Repeat(TSNode left, TSNode right, int depth) const;
  Variants ValuesOf(const std::vector<const Definition*>& definitions,
                    TSNode node, int depth) const;
  Variants Hole(TSNode node) const;

  // What stands right of `%`.
  FormatArguments PercentArguments(TSNode node) const;
  void AddPairs(TSNode map, FormatArguments* out) const;

  const Syntax& syntax_;
  const FileFacts& facts_;
  mutable int steps_ = 0;  // of the message that is being read
};

}  // namespace logspill
