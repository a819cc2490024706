// Which names of a log may be shown in a report: those that look as if a
// programmer had written them.  A key can be a value, as in
// {"alice@example.com": 1}, so that whatever else stands in a key's place is
// shown as '*'.
//
// Threads:   pure functions.
// Cost:      one pass over a short name.

#pragma once

#include <functional>
#include <string_view>

#include "scanner/base/span.h"

namespace logspill {

// True where a value lies at the span of the record: no name, whatever it looks
// like.
using IsTaken = std::function<bool(Span)>;

// Asks `taken`, which may be empty, for a name that views `record`.
bool IsTakenName(std::string_view record, std::string_view name,
                 const IsTaken& taken);

// False for the last word of a quoted string ("Alice Smith"=...), for the rest
// of one with another quote inside ("O'Brien") and for the end of a word.
// `name` views `record`.  `in_statement`: a name of SQL, which has quotes on
// both sides or on none.
bool IsWholeName(std::string_view record, std::string_view name,
                 bool in_statement);

// Words of letters joined by '_', '-' or a capital, each with a few digits
// behind it at most ("ipv4", "consumerId", "X-Request-Id"); at most 32 bytes.
bool LooksLikeName(std::string_view name);

// The same with dots between such names, where the last word says that it is a
// key: "user.email", "consumer.resource_id", but not "john.smith".
bool LooksLikeKeyPath(std::string_view name);

// "allocations", "resource_providers", "v1": lower case, no dots.
bool LooksLikePathSegment(std::string_view name);

}  // namespace logspill
