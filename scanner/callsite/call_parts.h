// The parts of a call, whatever its grammar calls them: receiver, method,
// arguments.
//
// Lifetime:  nodes and views refer to the tree and its text.
// Threads:   pure functions.
// Cost:      linear in the children of the nodes asked about.

#pragma once

#include <string_view>
#include <vector>

#include "scanner/callsite/syntax.h"

namespace logspill {

struct CallParts {
  TSNode call{};
  TSNode receiver{};        // null: there is none
  std::string_view method;  // "info"; "info!" of a macro
  TSNode arguments{};       // null: there are none
  TSNode block{};           // { "text" } behind the call; or null
  std::string_view callee;  // the whole path: "logging.getLogger"

  bool valid() const { return !ts_node_is_null(call); }
};

// Not valid() where `node` is no call.
CallParts PartsOf(const Syntax& syntax, TSNode node, std::string_view text);

// What stands between two commas.
struct Argument {
  std::vector<TSNode> nodes;  // more than one only in macros and damaged code
  std::string_view text;
  std::string_view name;   // of a keyword; or empty
  std::string_view sigil;  // "%" or "?" before a macro's field
  bool spread = false;

  TSNode node() const { return nodes.size() == 1 ? nodes[0] : TSNode{}; }
};

struct CallArguments {
  std::vector<Argument> positional;
  std::vector<Argument> named;

  const Argument* Named(std::string_view name) const {
    for (const Argument& argument : named) {
      if (argument.name == name) return &argument;
    }
    return nullptr;
  }
};

// Splits an argument list, or the tokens of a macro.
CallArguments SplitArguments(const Syntax& syntax, TSNode list,
                             std::string_view text);

// "id" of `id`, "'id'", `"id"` and `:id`: a key as it is meant.
std::string_view BareKey(std::string_view key);

}  // namespace logspill
