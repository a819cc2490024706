// What is shown of the record around a finding: never the value, and as little
// else as a person needs to recognise the place.
//
// A masked excerpt holds kValueMark where the value stood; WithClass() puts the
// class there, which may be known only at the end of a scan.
//
// Threads:   pure functions.
// Cost:      bounded, whatever the record's length: half a KiB is read.

#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scanner/base/span.h"
#include "scanner/callsite/call_site.h"

namespace logspill {

inline constexpr char kValueMark = '\x01';
inline constexpr std::uint32_t kExcerptReach = 24;  // bytes on either side

// The bytes around `value`: digits and quoted strings masked, as are the spans
// in `others` (other matches, in the same units).  Of quoted text only a key
// that is a plain name is shown ({"name": ...); where it cannot be told what is
// quoted, all is taken to be.  `whole`: false for a window of a longer record.
std::string MaskedExcerpt(std::string_view record, Span value,
                          std::span<const Span> others, bool whole);

// The call site's template with the value in `hole` and other holes as "{}"; a
// field stands behind it, as "key=...".
std::string TemplateExcerpt(const CallSite& site, int hole);

std::string WithClass(std::string_view excerpt, std::string_view class_name);
// The same into `out`, which is reused.
void PutClass(std::string_view excerpt, std::string_view class_name,
              std::string* out);

}  // namespace logspill
