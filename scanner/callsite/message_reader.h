// What one call prints: its message, read from the arguments and the links of a
// chain, and the keys and values beside it.
//
// Lifetime:  refers to the facts of one file; a Message refers to the LogUse
//            that it was read from.
// Threads:   not thread-safe, as Flattener is not.

#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "scanner/callsite/flatten.h"
#include "scanner/callsite/loggers.h"

namespace logspill {

// What is known of a call before its variants part.
struct Message {
  Flattener::Variants variants;  // empty: there is no message at all
  std::vector<Hole> fields;      // keys and values
  TSNode node{};                 // of the message's argument
  const Argument* argument = nullptr;
  bool spread = false;  // what comes behind is passed on as it came
};

class MessageReader {
 public:
  MessageReader(const Syntax& syntax, const FileFacts& facts,
                const Flattener& flattener)
      : syntax_(syntax), facts_(facts), flattener_(flattener) {}

  // Where the message is, what fills it, and the keys and values beside it.
  Message MessageOf(const LogUse& use) const;

  bool IsMap(const Argument& argument) const;

 private:
  void AddField(std::string_view key, std::string_view value,
                std::vector<Hole>* fields) const;
  TSNode Bare(TSNode node) const;
  void AddPairs(TSNode node, std::vector<Hole>* fields) const;
  // zap.String("key", value), zap.Error(err), kv("key", value)
  bool AddMadeField(const Argument& argument, std::vector<Hole>* fields) const;
  // "key", value, "key", value; takes made fields as well.
  void AddAlternating(const std::vector<Argument>& arguments, std::size_t first,
                      std::vector<Hole>* fields) const;
  // Takes keys and values behind the message away; the rest stays.
  void TakePairs(const LogUse& use, std::vector<Argument>* rest,
                 std::vector<Hole>* fields) const;
  void TakeKeywords(const LogUse& use, std::vector<Hole>* fields) const;
  // What links between receiver and method say.
  void TakeChain(const LogUse& use, Message* message,
                 std::vector<Argument>* arguments) const;
  void TakeLinkPairs(const CallArguments& given,
                     std::vector<Hole>* fields) const;
  // Where the message stands among the arguments; nullopt: nowhere.
  std::optional<std::size_t> MessageAt(const LogUse& use) const;
  // Fields before the message: pino's object, tracing's `user_id`.
  void TakeBefore(const LogUse& use, std::size_t at,
                  std::vector<Hole>* fields) const;
  void TakeNamedMessage(const LogUse& use, Message* message) const;
  void FillPlaceholders(const LogUse& use, std::vector<Argument> rest,
                        Message* message) const;
  // Arguments that no placeholder took, as print() and console.log() join them.
  void AddRest(const LogUse& use, const std::vector<Argument>& rest,
               std::size_t first, Pieces* pieces) const;

  const Syntax& syntax_;
  const FileFacts& facts_;
  const Flattener& flattener_;
};

}  // namespace logspill
