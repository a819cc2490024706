// What a reader of the report does next: commands to paste that show the place
// of a finding, and lines of configuration that silence it.
//
// Errors:    where no command can show a place, the result is empty.
// Cost:      opens the input once, to learn how it is compressed.

#pragma once

#include <string>

#include "scanner/finding/summary.h"

namespace logspill {

// Shows the record of the row's first finding as it stands in the input.
std::string LookCommand(const RowSummary& row);

// Shows the log call that printed it; empty without a call site.
std::string SourceCommand(const RowSummary& row);
std::string SourceCommand(const SiteName& site);

// An [[allow]] entry of logspill.toml, several lines, each ended by '\n'.
std::string AllowLines(const RowSummary& row);

}  // namespace logspill
