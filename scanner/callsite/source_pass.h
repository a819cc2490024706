// Reads source code and lists its log calls.
//
// A language is data: a tree-sitter query, and a table of receivers, methods
// and placeholder syntax (patterns/languages).  tree-sitter is used only in
// this folder.
//
// Threads:   ExtractCallSites() uses its own; the result is sorted by file and
//            line, whatever their number.
// Errors:    a file that cannot be read or parsed is counted and named, and the
//            others are still read.
// Cost:      a file is parsed only where it holds a logging token; about 5 MB/s
//            a core for what is parsed.

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/call_site.h"

namespace logspill {

// The fields bear the names of the keys in patterns/languages/NAME.toml;
// `query` is NAME.scm beside it.
struct Language {
  using Table = std::vector<std::pair<std::string, std::string>>;

  std::string name;                     // "python"; names the grammar, too
  std::vector<std::string> extensions;  // ".py"
  std::string query;                    // text of the .scm
  // A file without any of these is not parsed.
  std::vector<std::string> tokens;
  // method -> level, for calls on a receiver whose last name is in `receivers`
  // or that the file assigns a logger to; "argument": the first argument says
  // it.
  Table methods;
  std::vector<std::string> receivers;
  std::vector<std::string> transparent;  // calls that pass text on: _, _LI
  // Of the arguments behind the message: "printf", or "none".
  std::string placeholders;

  Table nodes;           // node type -> what it does in an expression
  std::string literals;  // how a string literal is spelled: "python"
  std::vector<std::string> formatters;    // methods of a literal: "format"
  std::vector<std::string> message_keys;  // keyword arguments: "msg"
  Table level_words;  // level given as a value: "WARN" -> "warning"
  // Calls that make a logger of a name, the arguments that stand for the
  // module, and receivers that are the root logger themselves.
  std::vector<std::string> logger_factories;
  std::vector<std::string> module_names;
  std::vector<std::string> root_loggers;
  // A folder with this file is a package, part of the module's path.
  std::string module_marker;
  std::string module_separator;
  std::string module_index;  // the file that is the package itself: "__init__"
  std::vector<std::string> self_names;  // receivers of members: "self", "cls"
};

struct SourceStats {
  std::uint64_t files = 0;  // of a known language
  std::uint64_t bytes = 0;
  std::uint64_t files_parsed = 0;
  std::uint64_t files_damaged = 0;  // parsed around a syntax error
  std::uint64_t unresolved = 0;     // sites whose message could not be read
  std::vector<std::string> failed;  // "path: why", sorted
};

struct SourcePassResult {
  std::vector<CallSite> sites;
  SourceStats stats;
};

// Lists the log calls below `root`.  Fails only where `root` cannot be read or
// a language's query does not compile.
Result<SourcePassResult> ExtractCallSites(
    const std::string& root, const std::vector<Language>& languages,
    unsigned threads);

// Lists the log calls of one file that is already in memory; `file` is relative
// to `root`, `module` is its dotted path.  What ExtractCallSites() does per
// file.
Result<SourcePassResult> ExtractFromText(const std::string& root,
                                         const std::string& file,
                                         const std::string& module,
                                         const std::string& text,
                                         const Language& language);

}  // namespace logspill
