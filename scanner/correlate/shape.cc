#include "scanner/correlate/shape.h"

#include <algorithm>

namespace logspill {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsWordByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::uint32_t WeightOf(std::string_view text) {
  std::uint32_t weight = 0;
  for (const char c : text) {
    if (IsWordByte(c)) {
      weight += 2;
    } else if (c != ' ' && c != '\t') {
      weight += 1;
    }
  }
  return weight;
}

std::uint32_t CharactersIn(std::string_view text) {
  return static_cast<std::uint32_t>(std::count_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view TrimBlanks(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::string_view TrimEnd(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
    text.remove_suffix(1);
  }
  return text;
}

HoleForm::Kind KindOf(char type) {
  switch (type) {
    case 'd':
    case 'i':
    case 'u':
      return HoleForm::Kind::kInteger;
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      return HoleForm::Kind::kReal;
    case 'x':
    case 'X':
      return HoleForm::Kind::kHex;
    case 'q':
      return HoleForm::Kind::kQuoted;
    default:
      return HoleForm::Kind::kAny;
  }
}

bool IsOnly(std::string_view text, std::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return IsDigit(c) || more.find(c) != std::string_view::npos;
  });
}

// "nan", "-Inf": what is printed of a number that is none.
bool IsNoNumber(std::string_view value) {
  if (value.size() < 3) return false;
  const auto is = [&](std::string_view word) {
    return std::equal(word.begin(), word.end(), value.begin(), value.end(),
                      [](char a, char b) { return a == (b | 0x20); });
  };
  return is("nan") || is("inf") || is("infinity");
}

// Go prints the numbers of a list or a struct with the conversion of one.
bool IsList(std::string_view value) {
  return value.starts_with('[') || value.starts_with('{') ||
         value.starts_with("&{") || value.starts_with("map[") ||
         value.starts_with("%!");
}

bool FitsKind(HoleForm::Kind kind, std::string_view value) {
  if (kind == HoleForm::Kind::kAny) return true;
  value = TrimBlanks(value);
  if (!value.empty() && (value[0] == '-' || value[0] == '+')) {
    value.remove_prefix(1);
  }
  switch (kind) {
    case HoleForm::Kind::kInteger:
      return IsOnly(value, ",_") || IsList(value);
    case HoleForm::Kind::kReal:
      return IsOnly(value, ".,eE+-") || IsNoNumber(value) || IsList(value);
    case HoleForm::Kind::kHex:
      return IsOnly(value, "abcdefABCDEFxX") || IsList(value);
    case HoleForm::Kind::kQuoted:
      return value.size() >= 2 && value.front() == value.back() &&
             (value[0] == '"' || value[0] == '`' || value[0] == '\'');
    case HoleForm::Kind::kAny:
      break;
  }
  return true;
}

// At least as wide as asked, and padded no further.
bool FitsWidth(std::uint32_t width, std::string_view value) {
  if (width == 0) return true;
  const std::uint32_t characters = CharactersIn(value);
  if (characters <= width) return characters == width;
  return value.front() != ' ' && value.back() != ' ';
}

// Adds what stands before the first newline; false where there is one.
bool AddFirstLine(std::string_view literal, std::string* to) {
  const std::size_t end = literal.find_first_of("\r\n");
  *to += literal.substr(0, end);
  return end == std::string_view::npos;
}

}  // namespace

HoleForm ReadConversion(std::string_view conversion) {
  HoleForm form;
  if (conversion.empty()) return form;
  std::string_view spec = conversion;
  char type = 0;
  if (spec[0] == '%') {
    spec.remove_prefix(1);
    if (!spec.empty() && spec[0] == '(') {
      const std::size_t close = spec.find(')');
      if (close == std::string_view::npos) return form;
      spec.remove_prefix(close + 1);
    }
    // "%2$s": which argument is no width.
    std::size_t digits = 0;
    while (digits < spec.size() && IsDigit(spec[digits])) ++digits;
    if (digits > 0 && spec.substr(digits).starts_with('$')) {
      spec.remove_prefix(digits + 1);
    }
    // "%[2]d" as well.
    if (const std::size_t open = spec.find('[');
        open != std::string_view::npos && spec.find(']') > open &&
        spec.find(']') != std::string_view::npos) {
      spec.remove_prefix(spec.find(']') + 1);
    }
    if (!spec.empty()) type = spec.back();
  } else {
    const std::size_t colon = spec.find(':');
    if (colon == std::string_view::npos || spec.back() != '}') return form;
    spec = spec.substr(colon + 1, spec.size() - colon - 2);
    // The layout of a time: "{:%H:%M}".
    if (spec.find('%') != std::string_view::npos) return form;
    if (!spec.empty() && spec.back() != 'q') type = spec.back();
  }
  form.kind = KindOf(type);
  // A leading zero pads with zeros, which is no blank.
  while (!spec.empty() && !IsDigit(spec[0]) && spec[0] != '.') {
    spec.remove_prefix(1);
  }
  if (spec.empty() || spec[0] == '0' || spec[0] == '.') return form;
  for (std::size_t i = 0; i < spec.size() && IsDigit(spec[i]) && i < 4; ++i) {
    form.width = form.width * 10 + static_cast<std::uint32_t>(spec[i] - '0');
  }
  return form;
}

Shape::Shape(const LogTemplate& message) {
  literals_.emplace_back();
  bool more = AddFirstLine(message.literals[0], &literals_.back());
  holes_ = static_cast<std::uint32_t>(message.holes.size());
  for (std::uint32_t i = 0; more && i < holes_; ++i) {
    const HoleForm form = ReadConversion(message.holes[i].conversion);
    has_width_ |= form.width != 0;
    if (!gaps_.empty() && literals_.back().empty()) {
      ++gaps_.back().count;
      gaps_.back().form = {};
    } else {
      gaps_.push_back({i, 1, form});
      literals_.emplace_back();
    }
    more = AddFirstLine(message.literals[i + 1], &literals_.back());
  }
  for (const std::string& literal : literals_) weight_ += WeightOf(literal);
}

std::uint32_t Shape::strength() const {
  constexpr std::uint32_t kFloats = 6;
  constexpr std::uint32_t kWhole = 12;
  if (gaps_.empty()) return weight_ == 0 ? 0 : weight_ + kWhole;
  if (!literals_[0].empty()) return weight_;
  return weight_ - std::min(weight_, kFloats);
}

struct Shape::Search {
  std::string_view message;
  std::vector<Span>* gaps;
  int steps = 0;
};

bool Shape::FitsGap(const Gap& gap, std::string_view value) const {
  return FitsKind(gap.form.kind, value) && FitsWidth(gap.form.width, value);
}

bool Shape::MatchFrom(Search* search, std::size_t gap, std::size_t at) const {
  const std::string_view message = search->message;
  const auto take = [&](std::size_t end) {
    (*search->gaps)[gap] = {static_cast<std::uint32_t>(at),
                            static_cast<std::uint32_t>(end)};
    return FitsGap(gaps_[gap], message.substr(at, end - at));
  };
  const std::string_view next = literals_[gap + 1];
  if (gap + 1 == gaps_.size()) {
    if (!message.ends_with(next) || message.size() - next.size() < at) {
      return false;
    }
    return take(message.size() - next.size());
  }
  std::size_t found = message.find(next, at);
  // Further right it is not found either, wherever the gaps before end.
  if (found == std::string_view::npos) search->steps = kMaxSteps;
  while (found != std::string_view::npos && ++search->steps < kMaxSteps) {
    if (take(found) && MatchFrom(search, gap + 1, found + next.size())) {
      return true;
    }
    found = message.find(next, found + 1);
  }
  return false;
}

bool Shape::Match(std::string_view message, std::vector<Span>* holes) const {
  holes->clear();
  const std::string_view last = literals_.back();
  // Trailing blanks are often lost on the way.
  if (gaps_.empty()) {
    return message == last || TrimEnd(message) == TrimEnd(last);
  }
  if (!message.starts_with(literals_[0])) return false;
  std::string padded;
  // The gaps are found in the front of `holes`, and spread from behind.
  holes->resize(std::max<std::size_t>(holes_, gaps_.size()));
  Search search{message, holes, 0};
  if (!last.empty() && !message.ends_with(last) &&
      message.ends_with(TrimEnd(last)) && TrimEnd(last).size() < last.size()) {
    padded = message;
    padded += last.substr(TrimEnd(last).size());
    search.message = padded;
  }
  if (!MatchFrom(&search, 0, literals_[0].size())) return false;
  const auto size = static_cast<std::uint32_t>(message.size());
  std::uint32_t unused = holes_;
  for (std::size_t i = gaps_.size(); i-- > 0;) {
    const Span gap = (*holes)[i];
    const std::uint32_t end = gaps_[i].first + gaps_[i].count;
    for (std::uint32_t k = end; k < unused; ++k) (*holes)[k] = {size, size};
    unused = gaps_[i].first;
    for (std::uint32_t k = gaps_[i].first; k < end; ++k) (*holes)[k] = gap;
  }
  return true;
}

}  // namespace logspill
