// Reads source code and lists its log calls.
//
// A language is data: a tree-sitter query, and a table of receivers, methods and
// placeholder syntax (patterns/languages).  tree-sitter is used only in this folder.
//
// Threads:   ExtractCallSites() uses its own; the result is sorted by file and line.
// Errors:    a file that cannot be read or parsed is counted and named, and the
//            others are still read.
// Cost:      a file is parsed only where it holds a logging token.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/call_site.h"

namespace logspill {

struct Language {
  std::string name;                     // "python"
  std::vector<std::string> extensions;  // ".py"
  std::string query;                    // text of the .scm
  std::vector<std::string> tokens;      // a file without any of these is not parsed
  // method -> level, for calls on a receiver whose name is in `receivers`
  std::vector<std::pair<std::string, std::string>> methods;
  std::vector<std::string> receivers;
  std::vector<std::string> transparent;  // calls that pass their text on: _, _LI
  std::string placeholders;              // "printf", "brace"
};

struct SourceStats {
  std::uint64_t files = 0;         // of a known language
  std::uint64_t bytes = 0;
  std::uint64_t files_parsed = 0;
  std::vector<std::string> failed;  // "path: why"
};

struct SourcePassResult {
  std::vector<CallSite> sites;
  SourceStats stats;
};

// Lists the log calls below `root`.  Fails only where `root` cannot be read or a
// language's query does not compile.
Result<SourcePassResult> ExtractCallSites(const std::string& root,
                                          const std::vector<Language>& languages,
                                          unsigned threads);

}  // namespace logspill
