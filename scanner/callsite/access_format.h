// Formats of access logs as call sites: what a server or middleware prints of
// each request, declared as one text in its configuration or its code.
//
// A format becomes a CallSite with the flag "format": its template, and as the
// argument of each hole what the variable is called ("remote host", "request
// uri").
//
// Threads:   pure functions.
// Errors:    a text that is no format of its syntax gives none.
// Cost:      linear in the text; a file is only read for formats where it holds
//            one of the keywords.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scanner/callsite/call_site.h"

namespace logspill {

// How formats of one family are written, and where: [[declaration]] of
// patterns/access.
struct AccessFormatRule {
  std::string framework;
  // "dollar" $host, "percent" %>s %{Referer}i, "named" %(h)s, "braces" {host},
  // "envoy" %REQ(:PATH)%, "turns" %s in the order of `names`.
  std::string syntax;
  // Variable -> what it is; others are called as they are written.
  std::vector<std::pair<std::string, std::string>> variables;
  std::vector<std::string> names;
  // Files that declare one, and the word before it; of packs neither.
  std::vector<std::string> extensions;
  std::vector<std::string> keywords;
  std::vector<std::string> marks;  // a file holds one of them, if any are given
};

// The syntaxes by name.
const std::vector<std::string>& AccessSyntaxes();

// nullopt where the text has no variable of the syntax.
std::optional<LogTemplate> ReadAccessFormat(const AccessFormatRule& rule,
                                            std::string_view text);

// A site of a template that was read; `line` is where it stands.
CallSite AccessSite(const AccessFormatRule& rule, LogTemplate message,
                    const std::string& root, const std::string& file,
                    std::uint32_t line);

// True where a format prints the line, the URI or the path of a request.
bool PrintsRequest(const LogTemplate& message);

// The formats of requests that a file declares: a keyword, and behind it the
// quoted texts that make one.
std::vector<CallSite> FindAccessFormats(
    const std::vector<AccessFormatRule>& rules, const std::string& root,
    const std::string& file, std::string_view text);

}  // namespace logspill
