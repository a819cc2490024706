// What to change so that a place prints no identifier any more, in one line.
//
// Threads:   pure functions.

#pragma once

#include <string>

#include "scanner/finding/summary.h"

namespace logspill {

// "drop `consumer.uuid` from the message, or log its keyed hash".  Printable.
std::string FixHint(const RowSummary& row);

}  // namespace logspill
