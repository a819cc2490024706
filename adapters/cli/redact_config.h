// The [redact] table of logspill.toml:
//
//     [redact]
//     policy = "mask"
//     min-severity = "low"
//     [redact.classes]
//     consumer_uuid = "pseudonym"
//     [redact.kinds]
//     email = "mail-domain"
//     [redact.rules]
//     "pii.iban" = "keep-first:4"
//
// Errors:    reported to the diagnostics, with their place.

#pragma once

#include <toml++/toml.h>

#include <string_view>

#include "patterns/diagnostics.h"
#include "scanner/redact/policy.h"

namespace logspill {

// `name`: of the file, for where an entry was written.
void ReadRedactTable(const toml::table& table, std::string_view name,
                     Diagnostics* diagnostics, PolicySettings* settings);

}  // namespace logspill
