#include "scanner/match/leading.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace logspill {
namespace {

constexpr std::size_t kMaxPrefixes = 256;
constexpr std::size_t kMaxBytes = 24;
constexpr std::size_t kMaxCopies = 4;    // of a counted atom
constexpr std::size_t kMaxAnchorAt = 4;  // farther in, a search is as quick

// What a part of a pattern can begin with: `open` texts are the whole of it,
// and what follows may go on; `closed` ones are only a beginning.
struct Texts {
  std::vector<std::string> open;
  std::vector<std::string> closed;
};

Texts Unknown() { return {{}, {""}}; }
Texts Nothing() { return {{""}, {}}; }
Texts AnyByte() { return {{std::string(1, kAnyByte)}, {}}; }

Texts Joined(const Texts& head, const Texts& tail) {
  if (head.open.size() * (tail.open.size() + tail.closed.size()) +
          head.closed.size() >
      kMaxPrefixes) {
    Texts cut = head;
    cut.closed.insert(cut.closed.end(), cut.open.begin(), cut.open.end());
    cut.open.clear();
    return cut;
  }
  Texts joined;
  joined.closed = head.closed;
  for (const std::string& begin : head.open) {
    for (const std::string& end : tail.open) {
      auto& to =
          begin.size() + end.size() > kMaxBytes ? joined.closed : joined.open;
      to.push_back(begin + end);
    }
    for (const std::string& end : tail.closed)
      joined.closed.push_back(begin + end);
  }
  return joined;
}

// Reads the part of RE2's syntax that literals are written in; everything else
// is unknown, which is always a right answer.
class Parser {
 public:
  explicit Parser(std::string_view pattern) : rest_(pattern) {}

  Leading Parse() {
    Leading leading;
    if (Take("(?i)")) leading.caseless = true;
    for (;;) {
      if (Take("\\b")) continue;
      if (leading.slack == 0 && TakeBoundary()) {
        leading.slack = 1;
        continue;
      }
      break;
    }
    Texts texts = Alternatives();
    if (!rest_.empty() || unknown_) texts = Unknown();
    leading.caseless |= caseless_;
    leading.prefixes = std::move(texts.open);
    leading.prefixes.insert(leading.prefixes.end(), texts.closed.begin(),
                            texts.closed.end());
    return leading;
  }

 private:
  bool Take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  // (?:^|[^...]) and its like: nothing, or one byte.
  bool TakeBoundary() {
    std::string_view at = rest_;
    if (!at.starts_with("(?:^|") && !at.starts_with("(?:\\b|")) return false;
    at.remove_prefix(at[3] == '^' ? 5 : 6);
    for (;;) {
      const std::size_t size = AtomSize(at);
      if (size == 0) return false;
      at.remove_prefix(size);
      if (at.starts_with(")")) break;
      if (!at.starts_with("|")) return false;
      at.remove_prefix(1);
    }
    at.remove_prefix(1);
    if (!at.empty() && std::string_view("*+?{").find(at[0]) != at.npos)
      return false;
    rest_ = at;
    return true;
  }

  // The size of one atom that matches one byte, or 0.
  static std::size_t AtomSize(std::string_view at) {
    if (at.empty()) return 0;
    if (at[0] == '[') return ClassSize(at);
    if (at[0] == '\\') return at.size() > 1 ? 2 : 0;
    return std::string_view("()|*+?{.^$").find(at[0]) == std::string_view::npos;
  }

  static std::size_t ClassSize(std::string_view at) {
    std::size_t i = 1;
    if (i < at.size() && at[i] == '^') ++i;
    if (i < at.size() && at[i] == ']') ++i;
    while (i < at.size() && at[i] != ']') {
      if (at[i] == '\\') {
        i += 2;
      } else if (at.substr(i).starts_with("[:")) {
        const std::size_t end = at.find(":]", i);
        if (end == at.npos) return 0;
        i = end + 2;
      } else {
        ++i;
      }
    }
    return i < at.size() ? i + 1 : 0;
  }

  Texts Alternatives() {
    Texts all = Sequence();
    while (Take("|")) {
      const Texts next = Sequence();
      all.open.insert(all.open.end(), next.open.begin(), next.open.end());
      all.closed.insert(all.closed.end(), next.closed.begin(),
                        next.closed.end());
    }
    return all;
  }

  Texts Sequence() {
    Texts texts = Nothing();
    while (!rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
      texts = Joined(texts, Piece());
    }
    return texts;
  }

  Texts Piece() {
    Texts atom = Atom();
    if (rest_.empty()) return atom;
    if (Take("?")) {
      Take("?");
      atom.open.push_back("");
      return atom;
    }
    if (Take("*")) return Unknown();
    if (Take("+")) return Joined(atom, Unknown());
    if (rest_[0] == '{') return Repeated(atom);
    return atom;
  }

  Texts Repeated(const Texts& atom) {
    const std::size_t close = rest_.find('}');
    if (close == rest_.npos) return Unknown();
    const std::string counts(rest_.substr(1, close - 1));
    rest_.remove_prefix(close + 1);
    if (counts.empty() || counts[0] < '1' || counts[0] > '9') return Unknown();
    const std::size_t copies =
        std::min<std::size_t>(std::strtoul(counts.c_str(), nullptr, 10), 99);
    Texts texts = atom;
    for (std::size_t i = 1; i < std::min(copies, kMaxCopies); ++i) {
      texts = Joined(texts, atom);
    }
    const bool exact = counts.find(',') == counts.npos && copies <= kMaxCopies;
    return exact ? texts : Joined(texts, Unknown());
  }

  Texts Atom() {
    if (Take("\\b") || Take("\\B")) return Nothing();
    if (rest_[0] == '(') return Group();
    if (rest_[0] == '[') return Class();
    if (rest_[0] == '\\') return Escaped();
    const char c = rest_[0];
    rest_.remove_prefix(1);
    if (c == '^' || c == '$') return Nothing();
    if (c == '.') return AnyByte();
    return {{std::string(1, c)}, {}};
  }

  Texts Group() {
    rest_.remove_prefix(1);
    if (Take("?")) {
      if (Take("i:")) {
        caseless_ = true;
      } else if (Take("P<") || Take("<")) {
        const std::size_t end = rest_.find('>');
        rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
      } else if (!Take(":")) {
        rest_ = {};  // flags that are not understood: nothing is known
        unknown_ = true;
        return Unknown();
      }
    }
    Texts inside = Alternatives();
    if (!Take(")")) return Unknown();
    return inside;
  }

  Texts Class() {
    const std::size_t size = ClassSize(rest_);
    const std::string_view inside = rest_.substr(1, size < 2 ? 0 : size - 2);
    rest_.remove_prefix(size == 0 ? rest_.size() : size);
    if (!IsPlainClass(inside)) return size == 0 ? Unknown() : AnyByte();
    Texts texts;
    for (const char c : inside) texts.open.push_back(std::string(1, c));
    return texts;
  }

  // A few bytes, each of which stands for itself.
  static bool IsPlainClass(std::string_view inside) {
    if (inside.empty() || inside.size() > 8 || inside[0] == '^') return false;
    if (inside.find_first_of("\\[") != inside.npos) return false;
    const std::size_t dash = inside.find('-', 1);
    return dash == inside.npos || dash == inside.size() - 1;
  }

  Texts Escaped() {
    if (rest_.size() < 2) return Unknown();
    const char c = rest_[1];
    rest_.remove_prefix(2);
    if (std::ispunct(static_cast<unsigned char>(c)) != 0) {
      return {{std::string(1, c)}, {}};
    }
    if (std::string_view("dDsSwW").find(c) != std::string_view::npos) {
      return AnyByte();
    }
    if (c == 'x' && rest_.size() >= 2 && rest_[0] != '{') {
      rest_.remove_prefix(2);
      return AnyByte();
    }
    if (c == 'Q' || c == 'x' || c == 'p' || c == 'P') {
      rest_ = {};
      unknown_ = true;
    }
    return Unknown();
  }

  std::string_view rest_;
  bool caseless_ = false;
  bool unknown_ = false;
};

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

// Where `prefix` holds `anchor` first; npos where it need not.
std::size_t FirstIn(std::string_view prefix, std::string_view anchor,
                    bool caseless) {
  const auto found =
      std::search(prefix.begin(), prefix.end(), anchor.begin(), anchor.end(),
                  [caseless](char a, char b) {
                    return caseless ? Lower(a) == Lower(b) : a == b;
                  });
  return found == prefix.end()
             ? std::string_view::npos
             : static_cast<std::size_t>(found - prefix.begin());
}

}  // namespace

Leading FindLeading(std::string_view pattern) {
  return Parser(pattern).Parse();
}

std::optional<std::uint32_t> AnchorSlack(
    const Leading& leading, const std::vector<std::string>& anchors,
    bool caseless) {
  if (leading.caseless && !caseless) return std::nullopt;
  std::size_t most = 0;
  for (const std::string& prefix : leading.prefixes) {
    std::size_t first = prefix.npos;
    for (const std::string& anchor : anchors) {
      first = std::min(first, FirstIn(prefix, anchor, caseless));
    }
    most = std::max(most, first);
  }
  if (most > kMaxAnchorAt) return std::nullopt;
  return leading.slack + static_cast<std::uint32_t>(most);
}

}  // namespace logspill
