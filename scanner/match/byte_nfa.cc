#include "scanner/match/byte_nfa.h"

#include <algorithm>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

namespace logspill {
namespace {

using Kind = ByteNfa::Kind;

constexpr std::uint32_t kNoLimit = std::numeric_limits<std::uint32_t>::max();

struct Piece;
using Sequence = std::vector<Piece>;

// An atom with its count.
struct Piece {
  Kind kind = Kind::kBytes;
  ByteSet bytes;                       // kBytes
  std::vector<Sequence> alternatives;  // kSplit: a group
  std::uint32_t min = 1;
  std::uint32_t max = 1;  // or kNoLimit
};

void AddRange(unsigned first, unsigned last, ByteSet* set) {
  for (unsigned c = first; c <= last; ++c) set->set(c);
}

unsigned Byte(char c) { return static_cast<unsigned char>(c); }

// Pairs of first and last.
void AddRanges(std::string_view ranges, ByteSet* set) {
  for (std::size_t i = 0; i + 1 < ranges.size(); i += 2) {
    AddRange(Byte(ranges[i]), Byte(ranges[i + 1]), set);
  }
}

// \d, \s, \w and what they leave; false for another letter.
bool AddPerlClass(char letter, ByteSet* set) {
  ByteSet bytes;
  switch (letter | 0x20) {
    case 'd':
      AddRanges("09", &bytes);
      break;
    case 's':
      AddRanges("\t\n\f\r  ", &bytes);
      break;
    case 'w':
      AddRanges("09AZaz__", &bytes);
      break;
    default:
      return false;
  }
  *set |= letter >= 'a' ? bytes : ~bytes;
  return true;
}

bool AddPosixClass(std::string_view name, ByteSet* set) {
  constexpr std::pair<std::string_view, std::string_view> kClasses[] = {
      {"alnum", "09AZaz"}, {"alpha", "AZaz"},     {"digit", "09"},
      {"lower", "az"},     {"punct", "!/:@[`{~"}, {"space", "\t\r  "},
      {"upper", "AZ"},     {"word", "09AZaz__"},  {"xdigit", "09AFaf"},
  };
  const auto* const found =
      std::find_if(std::begin(kClasses), std::end(kClasses),
                   [&](const auto& known) { return known.first == name; });
  if (found == std::end(kClasses)) return false;
  AddRanges(found->second, set);
  return true;
}

// The other case of each letter; Latin-1's letters are 0x20 apart as well.
void Fold(ByteSet* set) {
  const auto both = [set](unsigned first, unsigned last) {
    for (unsigned c = first; c <= last; ++c) {
      if ((*set)[c] || (*set)[c + 0x20]) set->set(c).set(c + 0x20);
    }
  };
  both('A', 'Z');
  both(0xc0, 0xdf);
}

// Reads RE2's syntax; ok() is false where something is not known.
class Reader {
 public:
  explicit Reader(std::string_view pattern) : rest_(pattern) {}

  std::vector<Sequence> Read() {
    std::vector<Sequence> all = Alternatives();
    ok_ &= rest_.empty();
    return all;
  }
  bool ok() const { return ok_; }

 private:
  bool Take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  char Next() {
    if (rest_.empty()) {
      ok_ = false;
      return 0;
    }
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  std::vector<Sequence> Alternatives() {
    std::vector<Sequence> all(1);
    while (ok_ && !rest_.empty() && rest_.front() != ')') {
      if (Take("|")) {
        all.emplace_back();
      } else if (!TakeFlag() && !Take("^") && !Take("$")) {
        all.back().push_back(Atom());
        Count(&all.back().back());
      }
    }
    return all;
  }

  // A flag holds to the end of its group.
  bool TakeFlag() {
    if (Take("(?i)")) {
      fold_ = true;
    } else if (Take("(?s)")) {
      dot_all_ = true;
    } else {
      return false;
    }
    return true;
  }

  Piece Atom() {
    if (Take("(")) return Group();
    if (Take("\\b")) return Assertion(Kind::kBoundary);
    if (Take("\\B")) return Assertion(Kind::kNoBoundary);
    Piece piece;
    if (Take("[")) {
      piece.bytes = Class();
    } else if (Take(".")) {
      piece.bytes.set();
      if (!dot_all_) piece.bytes.reset('\n');
    } else if (Take("\\")) {
      AddEscaped(&piece.bytes);
    } else {
      piece.bytes.set(Byte(Next()));
    }
    if (fold_) Fold(&piece.bytes);
    return piece;
  }

  static Piece Assertion(Kind kind) {
    Piece piece;
    piece.kind = kind;
    return piece;
  }

  Piece Group() {
    const auto flags = std::pair(fold_, dot_all_);
    if (Take("?P<") || Take("?<")) {
      while (ok_ && Next() != '>') {
      }
    } else if (Take("?i:")) {
      fold_ = true;
    } else if (Take("?s:")) {
      dot_all_ = true;
    } else if (!Take("?:")) {
      ok_ &= !rest_.starts_with("?");
    }
    Piece piece;
    piece.kind = Kind::kSplit;
    piece.alternatives = Alternatives();
    ok_ &= Take(")");
    std::tie(fold_, dot_all_) = flags;
    return piece;
  }

  // Behind a backslash: a class, or one byte.
  void AddEscaped(ByteSet* set) {
    const char c = Next();
    if (!AddPerlClass(c, set)) set->set(EscapedByte(c));
  }

  unsigned EscapedByte(char c) {
    constexpr std::string_view kLetters = "aftnrv";
    constexpr std::string_view kBytes = "\a\f\t\n\r\v";
    if (const std::size_t at = kLetters.find(c); at != kLetters.npos) {
      return Byte(kBytes[at]);
    }
    if (c == 'x') return HexByte();
    const bool stands_for_itself = Byte(c) < 0x80 && !IsAlnum(c);
    ok_ &= stands_for_itself;
    return Byte(c);
  }

  static bool IsAlnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z');
  }

  // \xHH or \x{HH}.
  unsigned HexByte() {
    const bool braces = Take("{");
    std::size_t used = 0;
    unsigned value = 0;
    const std::string digits(rest_.substr(0, 2));
    if (digits.find_first_not_of("0123456789abcdefABCDEF") == digits.npos &&
        digits.size() == 2) {
      value = static_cast<unsigned>(std::stoul(digits, &used, 16));
    }
    ok_ &= used == 2;
    rest_.remove_prefix(used);
    if (braces) ok_ &= Take("}");
    return value;
  }

  ByteSet Class() {
    ByteSet set;
    const bool negated = Take("^");
    for (bool first = true; ok_ && (first || !rest_.starts_with("]"));
         first = false) {
      AddClassItem(&set);
    }
    ok_ &= Take("]");
    if (!negated) return set;
    if (fold_) Fold(&set);
    set.flip();
    // How the engine folds these before it negates is not this reader's affair.
    if (fold_) AddRange(0x80, 0xff, &set);
    return set;
  }

  void AddClassItem(ByteSet* set) {
    if (rest_.starts_with("[:")) {
      const std::size_t end = rest_.find(":]");
      ok_ &= end != rest_.npos && AddPosixClass(rest_.substr(2, end - 2), set);
      if (ok_) rest_.remove_prefix(end + 2);
      return;
    }
    const char c = Next();
    if (c == '\\' && !rest_.empty() && AddPerlClass(rest_.front(), set)) {
      rest_.remove_prefix(1);
      return;
    }
    const unsigned first = c == '\\' ? EscapedByte(Next()) : Byte(c);
    unsigned last = first;
    if (rest_.size() > 1 && rest_[0] == '-' && rest_[1] != ']') {
      rest_.remove_prefix(1);
      const char to = Next();
      last = to == '\\' ? EscapedByte(Next()) : Byte(to);
    }
    AddRange(first, last, set);
  }

  void Count(Piece* piece) {
    if (Take("?")) {
      piece->min = 0;
    } else if (Take("*")) {
      piece->min = 0;
      piece->max = kNoLimit;
    } else if (Take("+")) {
      piece->max = kNoLimit;
    } else if (rest_.size() > 1 && rest_[0] == '{' && rest_[1] >= '0' &&
               rest_[1] <= '9') {
      Counts(piece);
    } else {
      return;
    }
    Take("?");  // lazy
    // A second count would count the first one's group.
    ok_ &= rest_.empty() ||
           std::string_view("?*+").find(rest_.front()) == rest_.npos;
  }

  void Counts(Piece* piece) {
    rest_.remove_prefix(1);
    piece->min = piece->max = Number();
    if (Take(",")) piece->max = rest_.starts_with("}") ? kNoLimit : Number();
    ok_ &= Take("}");
  }

  std::uint32_t Number() {
    std::uint32_t value = 0;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
      value = std::min(value * 10 + static_cast<std::uint32_t>(Next() - '0'),
                       100'000U);
    }
    return value;
  }

  std::string_view rest_;
  bool ok_ = true;
  bool fold_ = false;
  bool dot_all_ = false;
};

// Writes nodes from the end of the pattern to its begin: each knows what comes
// behind it.
class Writer {
 public:
  explicit Writer(ByteNfa* nfa) : nfa_(nfa) {}

  // Where the alternatives begin, with `next` behind them.
  std::uint32_t Add(const std::vector<Sequence>& alternatives,
                    std::uint32_t next) {
    std::uint32_t begin = Add(alternatives.back(), next);
    for (std::size_t i = alternatives.size() - 1; i-- > 0;) {
      begin = AddNode({Kind::kSplit, Add(alternatives[i], next), begin});
    }
    return begin;
  }

  std::uint32_t AddNode(ByteNfa::Node node) {
    if (full()) return 0;
    nfa_->nodes.push_back(node);
    return static_cast<std::uint32_t>(nfa_->nodes.size() - 1);
  }

  bool full() const { return nfa_->nodes.size() >= ByteNfa::kMaxNodes; }

 private:
  std::uint32_t Add(const Sequence& sequence, std::uint32_t next) {
    for (std::size_t i = sequence.size(); i-- > 0 && !full();) {
      next = AddCounted(sequence[i], next);
    }
    return next;
  }

  std::uint32_t AddCounted(const Piece& piece, std::uint32_t next) {
    const std::uint32_t min = std::min(piece.min, ByteNfa::kMaxCount);
    if (piece.max > ByteNfa::kMaxCount) {
      const std::uint32_t loop = AddNode({Kind::kSplit, 0, next});
      const std::uint32_t body = AddOnce(piece, loop);
      if (!full()) nfa_->nodes[loop].next = body;
      next = loop;
    } else {
      const std::uint32_t behind = next;
      for (std::uint32_t i = piece.max; i-- > min && !full();) {
        next = AddNode({Kind::kSplit, AddOnce(piece, next), behind});
      }
    }
    for (std::uint32_t i = 0; i < min && !full(); ++i) {
      next = AddOnce(piece, next);
    }
    return next;
  }

  std::uint32_t AddOnce(const Piece& piece, std::uint32_t next) {
    switch (piece.kind) {
      case Kind::kSplit:
        return Add(piece.alternatives, next);
      case Kind::kBytes:
        return AddNode({Kind::kBytes, next, 0, Intern(piece.bytes)});
      default:
        return AddNode({piece.kind, next});
    }
  }

  std::uint32_t Intern(const ByteSet& set) {
    const auto found = std::find(nfa_->sets.begin(), nfa_->sets.end(), set);
    const auto index = static_cast<std::uint32_t>(found - nfa_->sets.begin());
    if (found == nfa_->sets.end()) nfa_->sets.push_back(set);
    return index;
  }

  ByteNfa* nfa_;
};

}  // namespace

std::optional<ByteNfa> ByteNfa::Parse(std::string_view pattern) {
  Reader reader(pattern);
  const std::vector<Sequence> pieces = reader.Read();
  if (!reader.ok()) return std::nullopt;
  ByteNfa nfa;
  Writer writer(&nfa);
  nfa.start = writer.Add(pieces, writer.AddNode({}));
  if (writer.full()) return std::nullopt;
  return nfa;
}

}  // namespace logspill
