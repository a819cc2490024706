// Text from a disk or a log made safe for a terminal, and the width it has there.
//
// A byte that cannot stand as it is becomes \xNN: names and files may hold a
// newline, an escape sequence or bytes that are no UTF-8.
//
// Threads:   pure functions; safe from any thread.

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace logspill {

// One character of UTF-8, or one byte that is none.
struct Character {
  char32_t code = 0;
  std::size_t bytes = 1;
  bool valid = false;
};

// REQUIRES: !text.empty()
Character ReadCharacter(std::string_view text);

// Characters that steer a terminal, hide or reorder what follows.
bool Steers(char32_t code);

// Columns of a terminal: 2 in East Asian scripts and emoji.
std::size_t ColumnsOf(char32_t code);

// Calls `visit(character, bytes)` from left to right until it returns false.
template <typename Visit>  // bool(const Character&, std::string_view bytes)
void EachCharacter(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const Character c = ReadCharacter(text);
    if (!visit(c, text.substr(0, c.bytes))) return;
    text.remove_prefix(c.bytes);
  }
}

// Appends one character as a terminal, or an ANSI-C quoted shell word, takes it.
void AppendEscaped(const Character& c, std::string_view bytes,
                   std::string* out);

// `text` on one line, without anything that moves a cursor, hides or reorders
// text.
std::string Printable(std::string_view text);

// Columns that printable UTF-8 text takes on a terminal.
std::size_t DisplayWidth(std::string_view text);

}  // namespace logspill
