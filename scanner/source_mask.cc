#include "scanner/source_mask.h"

#include <algorithm>
#include <cstdint>

namespace logspill {
namespace {

constexpr std::size_t kTextBytes = 1 << 20;  // searched at once

bool IsQuote(char c) { return c == '"' || c == '\'' || c == '`'; }

// A string literal and nothing else: 'Bob', not a('b', 'c').
bool IsLiteral(std::string_view text) {
  return text.size() >= 2 && IsQuote(text.front()) &&
         text.back() == text.front() &&
         text.find(text.front(), 1) == text.size() - 1;
}

}  // namespace

void SourceMask::Add(std::string* shown, CallSite* site) {
  pieces_.push_back({shown, text_.size(), shown->size(), site});
  text_ += *shown;
}

void SourceMask::AddLine(std::string* shown) {
  if (shown->empty()) return;
  Add(shown);
  text_ += '\n';
}

void SourceMask::AddHole(Hole* hole) {
  if (!hole->key.empty()) {
    Add(&hole->key);
    text_ += '=';
    if (!IsLiteral(hole->argument)) text_ += '\n';
  }
  AddLine(&hole->argument);
  AddLine(&hole->origin);
  AddLine(&hole->type);
}

void SourceMask::AddSite(CallSite* site) {
  LogTemplate& message = site->message;
  for (std::size_t i = 0; i < message.literals.size(); ++i) {
    Add(&message.literals[i], site);
    if (i == message.holes.size()) break;
    Hole& hole = message.holes[i];
    if (IsLiteral(hole.argument) && hole.key.empty()) {
      Add(&hole.argument);
    } else {
      text_ += "{}";
    }
  }
  text_ += '\n';
  for (Hole& hole : message.holes) {
    if (IsLiteral(hole.argument) && hole.key.empty()) {
      AddLine(&hole.origin);
      AddLine(&hole.type);
    } else {
      AddHole(&hole);
    }
  }
  for (Hole& field : site->fields) AddHole(&field);
}

void SourceMask::Mask(std::vector<CallSite>* sites) {
  for (CallSite& site : *sites) {
    AddSite(&site);
    if (text_.size() >= kTextBytes) Flush();
  }
  Flush();
}

void SourceMask::Mask(std::vector<Route>* routes) {
  for (Route& route : *routes) {
    AddLine(&route.path);
    if (text_.size() >= kTextBytes) Flush();
  }
  Flush();
}

void SourceMask::Flush() {
  matches_.clear();
  matcher_.Scan(text_, &matches_);
  // From the back, so that what is not yet covered stays where it is.
  auto covered = static_cast<std::uint32_t>(text_.size());
  std::for_each(matches_.rbegin(), matches_.rend(), [&](const Match& match) {
    if (match.verdict == Verdict::kPlaceholder ||
        match.rule->severity == Severity::kInfo) {
      return;
    }
    Cover({match.redact.begin, std::min(match.redact.end, covered)},
          match.rule->kind);
    covered = std::min(covered, match.redact.begin);
  });
  text_.clear();
  pieces_.clear();
}

void SourceMask::Cover(Span span, const std::string& kind) {
  auto piece = std::partition_point(
      pieces_.begin(), pieces_.end(),
      [&](const Piece& each) { return each.begin + each.size <= span.begin; });
  std::string mark = "[" + kind + "]";
  for (; piece != pieces_.end() && piece->begin < span.end; ++piece) {
    const std::size_t from = std::max<std::size_t>(span.begin, piece->begin);
    const std::size_t to =
        std::min<std::size_t>(span.end, piece->begin + piece->size);
    if (from >= to) continue;
    piece->shown->replace(from - piece->begin, to - from, mark);
    mark.clear();
    if (piece->site != nullptr && !piece->site->Has(kMaskedFlag)) {
      piece->site->flags.emplace_back(kMaskedFlag);
    }
  }
}

}  // namespace logspill
