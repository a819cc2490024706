// A call in source code that prints to a log: where it is, what it can print,
// which expressions fill its holes.
//
// Lifetime:  plain data, owned by a CallSiteIndex or by whoever extracted it.
// Threads:   const after extraction.
// Source:    the companion source pass (source_pass.h); `logspill sites` prints
// it.

#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logspill {

// What fills one hole of a template, or one field of a structured call.
struct Hole {
  std::string argument;      // source text: "consumer.uuid"
  std::string conversion{};  // "%s", "%d", "{}", "{:>10}"
  std::string key{};         // of a structured call; or empty
  std::string origin{};      // what `argument` was assigned; or empty
  std::string type{};        // that it was declared with; or empty
};

// literal[0] hole[0] literal[1] ... hole[n-1] literal[n]
struct LogTemplate {
  std::vector<std::string> literals;  // holes.size() + 1 of them
  std::vector<Hole> holes;

  // "Supplied ... consumer {} was ...": a hole is {}, a literal brace is
  // doubled.
  std::string Text() const;
};

// Another place that a call goes through.
struct Via {
  std::string file;        // relative to the root; empty: there is none
  std::uint32_t line = 0;  // 1-based
};

struct CallSite {
  std::string id;          // "py:7d31...": stable while the line moves
  std::string language;    // "python"
  std::string framework;   // "logging"
  std::string root;        // the source folder as given
  std::string file;        // relative to root
  std::uint32_t line = 0;  // 1-based
  std::uint32_t end_line = 0;
  std::uint32_t column = 0;  // 1-based, bytes
  std::string function;      // "ensure_consumer"; empty at module level
  std::string class_name;
  std::string logger;  // "placement.handlers.util"
  std::string level;   // "debug"
  LogTemplate message;
  std::vector<Hole> fields;  // keys and values beside the message
  // Of a call through a wrapper.  `file` and `line` are the place that the
  // framework prints; this is the other: who called, or the wrapper.
  Via via;
  // "unresolved": nothing of the message is literal; "dynamic-level";
  // "value": a value alone is printed, as print(x) does;
  // "variant": one of several messages; "print": no logger, but an output
  // stream; "wrapper": prints what its callers pass; "masked": a value in the
  // template is shown as the mark of its kind.
  std::vector<std::string> flags;

  bool Has(std::string_view flag) const {
    return std::find(flags.begin(), flags.end(), flag) != flags.end();
  }

  // Holes are numbered through: those of the message, then the fields.
  // nullptr where there is no such hole.
  const Hole* HoleAt(int hole) const {
    if (hole < 0) return nullptr;
    auto at = static_cast<std::size_t>(hole);
    if (at < message.holes.size()) return &message.holes[at];
    at -= message.holes.size();
    return at < fields.size() ? &fields[at] : nullptr;
  }

  // What fills a hole; empty where there is no such hole.
  std::string_view ArgumentOf(int hole) const {
    const Hole* found = HoleAt(hole);
    return found == nullptr ? std::string_view() : found->argument;
  }
};

}  // namespace logspill
