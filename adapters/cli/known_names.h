// Which rules and identity classes there are, so that a name that the user
// wrote wrongly does not pass for one that was just not found.
//
// Cost:      a lookup is cheap; all rules are loaded again only for a name that
//            no enabled rule has.

#pragma once

#include "adapters/cli/engine_parts.h"
#include "adapters/cli/scan_args.h"
#include "scanner/base/result.h"

namespace logspill {

// Fails where a class of --class can come of no rule and subject.
// REQUIRES for both: rules, subjects and classifier of `parts` are made.
Result<void> CheckClasses(const ScanArgs& args, const EngineParts& parts);

// Warns of each [[allow]] entry whose rule or class there is not.  No error: a
// pack of the user's may be absent this time.
void WarnOfUnknownNames(const ScanArgs& args, const EngineParts& parts);

// Warns of each [[allow]] entry whose call site there is not.
// REQUIRES: the call sites of `parts` are made, if there are any.
void WarnOfUnknownSites(const ScanArgs& args, const EngineParts& parts);

}  // namespace logspill
