// What the source pass keeps of one file: its call sites, and what is needed to
// join files: wrappers, calls of them, constants.
//
// Plain data without a syntax tree, so that it can be kept in a cache by the
// content of the file; what is made of several files' notes is made anew.
//
// Threads:   plain data.

#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "scanner/callsite/call_site.h"
#include "scanner/callsite/expression.h"
#include "scanner/callsite/route.h"

namespace logspill {

constexpr std::uint32_t kOutermost = 1000;

// A function whose parameter reaches the message of a call, or whose caller the
// framework takes for the place of the call.
struct WrapperNote {
  std::string function;
  std::string class_name;
  std::uint32_t site = 0;       // index in FileNotes::sites
  std::uint32_t hole = 0;       // that the parameter fills
  std::uint32_t parameter = 0;  // 0-based, without self
  std::string parameter_name;
  std::int32_t level_parameter = -1;  // that says the level; or -1
  // How what its callers pass behind the parameter is formatted: a word of
  // PlaceholderStyle; empty: it is not.
  std::string rest;
  // How many callers up the place is that the framework prints; kOutermost: of
  // a macro, the call that is in no other.
  std::uint32_t up = 0;
  bool has_parameter = true;  // else only its place is another
  // What its callers pass on stands behind the message, joined by blanks; its
  // last hole.
  bool joins_rest = false;
};

struct ArgumentNote {
  std::string name;  // of a keyword
  std::string text;
  bool spread = false;
  std::vector<Pieces> variants;  // as message
};

// A call of a function that was asked about.
struct CallNote {
  std::string callee;  // "log_and_raise"
  bool has_receiver = false;
  bool own_receiver = false;  // self.callee(...)
  bool in_macro = false;      // whose caller is what the framework prints
  CallSite place;             // no message yet
  std::vector<ArgumentNote> arguments;
  std::vector<std::string> parameters;  // of the function around it
};

struct FileNotes {
  std::vector<CallSite> sites;
  std::vector<Route> routes;
  std::vector<WrapperNote> wrappers;
  std::set<std::string> unknown;  // names that messages were not found under
  std::vector<CallNote> calls;
  // Constants that were asked for: name -> their texts.
  std::map<std::string, std::vector<Pieces>> constants;
  std::set<std::string> functions;  // defined here, of those asked about
  bool parsed = false;
  bool damaged = false;  // parsed around a syntax error
};

// What joining files asks of one of them.
struct NotesRequest {
  std::set<std::string> callees;
  std::set<std::string> constants;
  // Constants of other files, by name.
  std::map<std::string, Pieces> known;

  bool empty() const {
    return callees.empty() && constants.empty() && known.empty();
  }
};

}  // namespace logspill
