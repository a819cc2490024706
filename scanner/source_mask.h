// Takes raw values out of what is shown of source code: a token that stands in a
// string literal is as secret in the template of its log call as in a log.
//
// What rules find in templates, arguments, keys and paths is replaced by the
// mark of its kind, "[token.github]"; all else stays as it is, holes included.
// An argument that is a literal itself is read in its place: in
// log("password=%s", "...") the text says what the argument is.
//
// Lifetime:  refers to a RuleDatabase that outlives it.
// Threads:   not thread-safe.
// Cost:      one pass of the matcher over the texts, some megabytes at once.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "scanner/callsite/call_site.h"
#include "scanner/callsite/route.h"
#include "scanner/match/matcher.h"

namespace logspill {

// The flag of a call site whose template holds a mark.
inline constexpr std::string_view kMaskedFlag = "masked";

class SourceMask {
 public:
  explicit SourceMask(const RuleDatabase* rules) : matcher_(rules) {}

  void Mask(std::vector<CallSite>* sites);
  void Mask(std::vector<Route>* routes);

 private:
  // A text of a call site, and where it begins in text_.
  struct Piece {
    std::string* shown = nullptr;
    std::size_t begin = 0;
    std::size_t size = 0;
    CallSite* site = nullptr;  // whose template it is of, or nullptr
  };

  void Add(std::string* shown, CallSite* site = nullptr);
  void AddLine(std::string* shown);
  void AddSite(CallSite* site);
  void AddHole(Hole* hole);
  void Flush();
  void Cover(Span span, const std::string& kind);

  Matcher matcher_;
  std::string text_;           // records that are searched at once
  std::vector<Piece> pieces_;  // in the order of the text
  std::vector<Match> matches_;
};

}  // namespace logspill
