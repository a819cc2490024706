#include "scanner/finding/excerpt.h"

#include <algorithm>
#include <array>

#include "scanner/finding/quote_scan.h"
#include "scanner/record/shown_name.h"

namespace logspill {
namespace {

using Bytes = std::string_view;

// How far before the value quotes are counted.  A record that begins further
// away is masked as if all of it stood in quotes.
constexpr std::uint32_t kQuoteReach = 512;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsWordByte(char c) {
  return IsDigit(c) || IsLetter(c) || static_cast<unsigned char>(c) >= 0x80;
}
bool IsQuote(char c) { return c == '"' || c == '\'' || c == '`'; }

void PutDots(std::string* out) {
  if (!out->ends_with("...")) *out += "...";
}

// True for a long word that is none: a key or a number in some base, although
// no rule knew it.
bool LooksLikeKeyMaterial(Bytes word) {
  constexpr std::size_t kShortest = 8;
  return word.size() >= kShortest && !LooksLikeName(word) &&
         !std::all_of(word.begin(), word.end(), IsDigit);
}

// What stands for a byte that is shown.
constexpr std::array<char, 256> kShown = [] {
  std::array<char, 256> shown{};
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const bool control = i < 0x20 || i == 0x7f;
    const bool digit = i >= '0' && i <= '9';
    shown[i] = control ? ' ' : digit ? '#' : static_cast<char>(i);
  }
  return shown;
}();

void PutShown(Bytes text, std::string* out) {
  const std::size_t begin = out->size();
  out->append(text);
  for (std::size_t i = begin; i < out->size(); ++i) {
    (*out)[i] = kShown[static_cast<unsigned char>((*out)[i])];
  }
}

void PutPlain(Bytes text, std::string* out) {
  const auto is_alnum = [](char c) { return IsDigit(c) || IsLetter(c); };
  std::size_t shown = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && is_alnum(text[end])) ++end;
    if (LooksLikeKeyMaterial(text.substr(at, end - at))) {
      PutShown(text.substr(shown, at - shown), out);
      PutDots(out);
      shown = end;
    }
    at = end + 1;
  }
  PutShown(text.substr(shown), out);
}

// What stands between strings: it tells the form of the record and no more.
bool IsStructure(Bytes text) {
  return text.find_first_not_of(" ,:;{}[]()=") == Bytes::npos;
}

bool IsPlainKey(Bytes text) {
  return LooksLikeName(text) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return IsLetter(c) || c == '_'; });
}

// Writes what may be seen of a record, from left to right.
class Masker {
 public:
  Masker(Bytes record, Span value, bool whole, std::string* out)
      : record_(record),
        scan_(record, value.begin - std::min(value.begin, kQuoteReach),
              value.end, std::size_t{value.end} + kExcerptReach),
        whole_(whole),
        out_(out) {
    const std::size_t reach = std::size_t{value.end} + kExcerptReach;
    if (scan_.at() > 0 || !whole ||
        BeginsInside(std::min(reach, record.size()))) {
      scan_.set_state(Quoted::kUnsure);
    }
  }

  // Steps to `end`, counting quotes.
  void Skip(std::size_t end) {
    while (scan_.at() < end) {
      const std::size_t stop = scan_.Next(end);
      stop < end ? scan_.StepOver(stop) : scan_.StepTo(end);
    }
  }

  // Writes the text up to `end`.  `cut_front`, `cut_back`: it is cut from text
  // that is not shown, and half a word can be half a value.
  void Show(std::size_t end, bool cut_front, bool cut_back) {
    if (cut_front) PutDots(out_);
    while (scan_.at() < end) {
      const std::size_t stop = scan_.Next(end);
      ShowPiece(scan_.at(), stop, cut_front, cut_back && stop == end);
      cut_front = false;
      if (stop == end) {
        scan_.StepTo(end);
        break;
      }
      scan_.StepOver(stop);
      // Of a typographic quote no byte is shown: dots follow.
      if (static_cast<unsigned char>(record_[stop]) < 0x80) {
        *out_ += record_[stop];
      }
    }
    if (cut_back) PutDots(out_);
  }

 private:
  // True where the first quote can only close: it was opened on another line.
  bool BeginsInside(std::size_t end) const {
    const std::size_t at = scan_.Next(end);
    if (at >= end || scan_.IsApostrophe(at)) return false;
    std::size_t open = at;  // in front of its backslashes
    while (open > 0 && record_[open - 1] == '\\') --open;
    return !scan_.CanOpen(open);
  }

  // Writes what stands between two quotes, or a quote and the end.
  void ShowPiece(std::size_t begin, std::size_t end, bool cut_front,
                 bool cut_back) {
    if (scan_.state() == Quoted::kNo) {
      if (cut_front) {
        while (begin < end && IsWordByte(record_[begin])) ++begin;
      }
      if (cut_back) {
        while (end > begin && IsWordByte(record_[end - 1])) --end;
      }
      PutPlain(record_.substr(begin, end - begin), out_);
      return;
    }
    std::size_t body = end;  // without the backslashes of the quote behind
    while (body > begin && record_[body - 1] == '\\') --body;
    const Bytes text = record_.substr(begin, body - begin);
    if (IsStructure(text) || IsKey(begin, body)) {
      PutPlain(text, out_);
    } else {
      PutDots(out_);
    }
    out_->append(end - body, '\\');
  }

  // True for the plain name in {"name": or ,"name": or {\"name\":
  bool IsKey(std::size_t begin, std::size_t end) const {
    constexpr std::size_t kBlanks = 64;
    if (begin == 0 || !IsQuote(record_[begin - 1])) return false;
    std::size_t open = begin - 1;
    while (open > 0 && begin - open < kBlanks && record_[open - 1] == '\\') {
      --open;
    }
    const Bytes quote = record_.substr(open, begin - open);
    Bytes behind = record_.substr(end, 2 * kBlanks);
    if (!behind.starts_with(quote)) return false;
    behind.remove_prefix(quote.size());
    const std::size_t colon = behind.find_first_not_of(' ');
    if (colon == Bytes::npos || behind[colon] != ':') return false;
    const std::size_t from = open - std::min(open, kBlanks);
    const Bytes before = record_.substr(from, open - from);
    const std::size_t last = before.find_last_not_of(" \t");
    if (last == Bytes::npos) {
      if (from > 0 || !whole_) return false;
    } else if (before[last] != '{' && before[last] != ',') {
      return false;  // user "bob": ...
    }
    return IsPlainKey(record_.substr(begin, end - begin));
  }

  Bytes record_;
  QuoteScan scan_;
  bool whole_;
  std::string* out_;
};

struct Window {
  std::uint32_t begin;
  std::uint32_t end;
};

// Shows a side of the value without the other matches that reach into it.
void ShowSide(Window side, bool cut_front, bool cut_back,
              std::span<const Span> others, Masker* masker, std::string* out) {
  std::uint32_t at = side.begin;
  masker->Skip(at);
  for (const Span& other : others) {
    if (other.end <= at || other.begin >= side.end) continue;
    if (other.begin > at) masker->Show(other.begin, cut_front, false);
    *out += "[...]";
    at = std::min(other.end, side.end);
    masker->Skip(at);
    cut_front = false;
  }
  if (at < side.end) masker->Show(side.end, cut_front, cut_back);
}

}  // namespace

std::string MaskedExcerpt(std::string_view record, Span value,
                          std::span<const Span> others, bool whole) {
  const auto size = static_cast<std::uint32_t>(record.size());
  const Window before{value.begin - std::min(value.begin, kExcerptReach),
                      value.begin};
  const Window behind{value.end,
                      value.end + std::min(size - value.end, kExcerptReach)};
  std::string excerpt;
  excerpt.reserve(std::size_t{4} * kExcerptReach);
  Masker masker(record, value, whole, &excerpt);
  ShowSide(before, !whole || before.begin > 0, false, others, &masker,
           &excerpt);
  excerpt += kValueMark;
  ShowSide(behind, false, !whole || behind.end < size, others, &masker,
           &excerpt);
  return excerpt;
}

std::string TemplateExcerpt(const CallSite& site, int hole) {
  const LogTemplate& message = site.message;
  std::string text;
  for (std::size_t i = 0; i < message.literals.size(); ++i) {
    text += message.literals[i];
    if (i >= message.holes.size()) break;
    if (static_cast<int>(i) == hole) {
      text += kValueMark;
    } else {
      text += "{}";
    }
  }
  if (hole >= static_cast<int>(message.holes.size())) {
    const Hole* field = site.HoleAt(hole);
    if (field == nullptr) return text;
    if (!text.empty()) text += ' ';
    text += field->key.empty() ? field->argument : field->key;
    text += '=';
    text += kValueMark;
  }
  return text;
}

std::string WithClass(std::string_view excerpt, std::string_view class_name) {
  std::string text;
  PutClass(excerpt, class_name, &text);
  return text;
}

void PutClass(std::string_view excerpt, std::string_view class_name,
              std::string* out) {
  out->clear();
  for (;;) {
    const std::size_t mark = excerpt.find(kValueMark);
    *out += excerpt.substr(0, mark);
    if (mark == std::string_view::npos) return;
    *out += '[';
    *out += class_name;
    *out += ']';
    excerpt.remove_prefix(mark + 1);
  }
}

}  // namespace logspill
