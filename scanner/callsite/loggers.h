// Which calls of a file log: by what their receiver is called, was declared as
// or was assigned from, and by the rules that hold in the file.
//
// Lifetime:  refers to the facts of one file, which outlive it.
// Threads:   const after construction.

#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/callsite/file_facts.h"
#include "scanner/callsite/flatten.h"

namespace logspill {

// Where a file stands.
struct FilePlace {
  std::string root;
  std::string file;    // relative to root
  std::string module;  // "placement.handlers.util"
};

// log.Info().Str("key", value).Msg("..."): Info and Str are links.
struct ChainLink {
  std::string_view what;  // as CallRule::chain says
  CallParts parts;
};

// A call that logs, and by which rule.
struct LogUse {
  const RuleSets* rule = nullptr;
  std::string_view level;  // as CallRule::methods says, or that of the chain
  std::string logger;      // empty: not known
  std::vector<ChainLink> chain;  // in the order of the source
  CallParts parts;               // of a stream: its sink
  CallArguments arguments;
};

class Loggers {
 public:
  Loggers(const Syntax& syntax, const FileFacts& facts, const FilePlace& place,
          const Flattener& flattener);

  // nullopt where the call does not log.
  std::optional<LogUse> UseOf(const CallParts& call) const;
  // The same of `sink << ...`; `sink` is what stands leftmost.
  std::optional<LogUse> UseOfSink(TSNode sink) const;

 private:
  struct Known {
    std::string_view framework;
    std::string name;
    std::string_view made_by;  // the factory that was called; or empty
  };

  void ChooseRules();
  void FindAssigned(const FileFacts::Definitions& definitions);
  void FindDeclared();
  void Learn(std::string_view name, const Known& known);
  std::optional<std::string> MadeLogger(
      const RuleSets& rule, TSNode value, int depth,
      std::string_view* made_by = nullptr) const;
  std::string NameFrom(const CallParts& parts) const;
  std::string InPackage(std::string_view name) const;
  std::string ClassPath(std::uint32_t at) const;
  std::optional<std::string> LoggerOf(const RuleSets& rule, TSNode receiver,
                                      int depth,
                                      std::vector<ChainLink>* chain) const;
  std::optional<std::string> NamedLogger(const RuleSets& rule,
                                         TSNode receiver) const;
  std::string Unnamed(TSNode receiver) const;
  TSNode ValueOf(const Definition& definition) const;
  std::optional<std::string> LoggerOfAlias(
      const RuleSets& rule, std::string_view name,
      NameMap::const_iterator* method) const;
  std::optional<LogUse> Use(const RuleSets& rule, const CallParts& call) const;
  bool HasRequired(const CallRule& rule, const CallArguments& given) const;

  const Syntax& syntax_;
  const FileFacts& facts_;
  const FilePlace& place_;
  const Flattener& flattener_;
  std::vector<const RuleSets*> rules_;  // that hold in this file, best first
  std::unordered_map<std::string_view, Known> known_;
  bool class_has_logger_ = false;
};

}  // namespace logspill
