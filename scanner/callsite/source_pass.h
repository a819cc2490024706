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
//            a core for what is parsed.  What a file gave is kept by its
//            content, and not parsed again.
// Memory:    one file's text a thread, and the call sites.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/access_format.h"
#include "scanner/callsite/call_site.h"
#include "scanner/callsite/language.h"
#include "scanner/callsite/route.h"

namespace logspill {

struct SourceStats {
  std::uint64_t files = 0;  // of a known language
  std::uint64_t bytes = 0;
  std::uint64_t files_parsed = 0;    // now or before: they hold a token
  std::uint64_t files_cached = 0;    // of them: not parsed again
  std::uint64_t files_damaged = 0;   // parsed around a syntax error
  std::uint64_t unresolved = 0;      // sites whose message could not be read
  std::vector<std::string> skipped;  // "path: why": no source text; sorted
  std::vector<std::string> failed;   // "path: why": not read; sorted
  std::string not_kept;  // why the cache was not written; empty: it was
};

struct SourcePassResult {
  std::vector<CallSite> sites;
  std::vector<Route> routes;  // by file and line
  SourceStats stats;
};

struct SourceOptions {
  unsigned threads = 0;        // 0: one a core
  std::string cache_folder{};  // empty: nothing is kept
  // Formats of access logs that files may declare; may be null.
  const std::vector<AccessFormatRule>* access_formats = nullptr;
};

// Lists the log calls below `root`, a folder or one file; of a file, call sites
// have its folder as their root.  Fails only where `root` cannot be read or a
// language that has files there does not fit its grammar.
Result<SourcePassResult> ExtractCallSites(
    const std::string& root, const std::vector<Language>& languages,
    const SourceOptions& options);

// Lists the log calls of one file that is already in memory; `file` is relative
// to `root`, `module` is its dotted path.
Result<SourcePassResult> ExtractFromText(const std::string& root,
                                         const std::string& file,
                                         const std::string& module,
                                         const std::string& text,
                                         const Language& language);

// Fails where the language's query or tables do not fit its grammar.
Result<void> CheckLanguage(const Language& language);

}  // namespace logspill
