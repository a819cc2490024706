// Text made safe and readable: escapes for JSON and for a terminal, quoting for
// a shell, and numbers as people write them.
//
// Names come from the disk and messages from the source, so both may hold a
// newline, an escape sequence or bytes that are no UTF-8.  A byte that cannot
// stand as it is becomes \xNN, in JSON and on the terminal alike.
//
// Threads:   pure functions; safe from any thread.
// Cost:      JSON appends copy runs of plain bytes; about 1 ns a byte or less.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/printable.h"

namespace logspill {

// Appends `text` as a JSON string, quotes included.
void AppendJsonString(std::string_view text, std::string* out);
// ["a","b"]
void AppendJsonStrings(const std::vector<std::string>& texts, std::string* out);

void AppendNumber(std::uint64_t number, std::string* out);

// Appends a share or confidence with two decimals: 0.97.
void AppendHundredths(double value, std::string* out);

// Appends "2026-11-22T21:00:33.638" as a JSON string, or null.
// Cost: about 20 ns; no allocation.
void AppendJsonTime(std::optional<std::int64_t> time_ms, std::string* out);

// One word of a POSIX shell; $'...' where a byte cannot be printed.
std::string ShellWord(std::string_view text);

// A TOML string, literal where that is possible.
std::string TomlString(std::string_view text);

// `text` in at most `width` columns; what is cut away is marked by an ellipsis,
// at the end or, for paths, at the beginning.
std::string FitEnd(std::string_view text, std::size_t width);
std::string FitBegin(std::string_view text, std::size_t width);

std::string Grouped(std::uint64_t number);  // 3,334
std::string Bytes(std::uint64_t bytes);     // 412 MB (10^6)
std::string Duration(double seconds);       // 0.31 s, 2 min 05 s
std::string Plural(std::uint64_t count, std::string_view word);  // "3 inputs"

}  // namespace logspill
