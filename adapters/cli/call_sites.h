// The call sites of source folders, read and made ready to be joined to logs.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/low_args.h"
#include "scanner/base/result.h"
#include "scanner/callsite/language.h"
#include "scanner/callsite/route.h"
#include "scanner/correlate/attributor.h"
#include "scanner/match/rule_database.h"
#include "scanner/source_mask.h"

namespace logspill {

struct SourceArgs {
  std::vector<std::string> folders;
  std::string sites_file;              // of `logspill sites`, instead; or empty
  std::vector<std::string> languages;  // beside the built-in ones
  std::vector<std::string> rules;      // likewise: what is masked
  bool trusted = true;   // whoever named them: their grammars may be loaded
  bool cache = true;     // keep what the folders gave
  unsigned threads = 0;  // 0: one a core
  CorrelateOptions correlate;

  bool any() const { return !folders.empty() || !sites_file.empty(); }
};

SourceArgs SourceArgsOf(const InForce& in_force);

// The languages in force.  Fails where one that a configuration names, which was
// only found, loads code.
Result<std::vector<Language>> LoadLanguagesOf(const SourceArgs& args);

// Fails where one is neither a folder nor a file.
Result<void> CheckSources(const std::vector<std::string>& folders);

// Rules that raw values in source code are masked by: all there are, whatever a
// scan looks for.
class MaskRules {
 public:
  static Result<std::unique_ptr<MaskRules>> Load(const SourceArgs& args);

  SourceMask NewMask() const { return SourceMask(&*database_); }

 private:
  RuleSet rules_;
  std::optional<RuleDatabase> database_;
};

// The call sites, and the built-in formats of access logs beside them.  The
// routes that the folders declare are put into `routes`, if it is not null.
// What is shown of them is masked.
Result<CallSiteIndex> LoadCallSites(const SourceArgs& args,
                                    std::vector<Route>* routes = nullptr);

}  // namespace logspill
