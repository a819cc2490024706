#include "patterns/anchor_proof.h"

#include <re2/filtered_re2.h>
#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

namespace logspill {
namespace {

constexpr std::size_t kMaxPrefixes = 4096;

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool HoldsOne(std::string_view text, const std::vector<std::string>& anchors) {
  return std::any_of(anchors.begin(), anchors.end(),
                     [&](const std::string& anchor) {
                       return text.find(anchor) != std::string_view::npos;
                     });
}

// The strings that a match can begin with, as far as they are finitely many:
// literals, small classes, groups, alternatives and `?`.  What it does not know
// ends the strings, which only makes them shorter, never wrong.
class PrefixReader {
 public:
  PrefixReader(std::string_view pattern, bool fold)
      : rest_(pattern), fold_(fold) {}

  std::set<std::string> Read() { return Alternatives().strings; }

 private:
  struct Set {
    std::set<std::string> strings;
    bool open = false;  // anything may follow inside the match
  };

  Set Alternatives() {
    Set all;
    while (true) {
      const Set one = Sequence();
      all.strings.insert(one.strings.begin(), one.strings.end());
      all.open |= one.open;
      if (!rest_.starts_with('|')) return all;
      rest_.remove_prefix(1);
    }
  }

  Set Sequence() {
    Set before{{""}, false};
    while (!rest_.empty() && rest_[0] != '|' && rest_[0] != ')') {
      if (before.open) {
        SkipAtom();
        continue;
      }
      Set next = Atom();
      Quantify(&next);
      if (before.strings.size() * next.strings.size() > kMaxPrefixes) {
        before.open = true;
        continue;
      }
      std::set<std::string> joined;
      for (const std::string& a : before.strings) {
        for (const std::string& b : next.strings) joined.insert(a + b);
      }
      before = {std::move(joined), next.open};
    }
    return before;
  }

  void Quantify(Set* set) {
    if (rest_.empty()) return;
    if (rest_[0] == '?') {
      // Shorter and open sets mix: the shorter one could be followed by more.
      if (set->open) set->strings = {""};
      set->strings.insert("");
    } else if (rest_[0] == '*' || rest_[0] == '{') {
      *set = {{""}, true};
    } else if (rest_[0] == '+') {
      set->open = true;
    } else {
      return;
    }
    SkipQuantifier();
  }

  void SkipQuantifier() {
    if (rest_.empty()) return;
    if (rest_[0] == '{') {
      rest_.remove_prefix(std::min(rest_.find('}'), rest_.size() - 1) + 1);
    } else if (rest_[0] == '?' || rest_[0] == '*' || rest_[0] == '+') {
      rest_.remove_prefix(1);
    } else {
      return;
    }
    if (rest_.starts_with('?')) rest_.remove_prefix(1);
  }

  void SkipAtom() {
    (void)Atom();
    SkipQuantifier();
  }

  Set Atom() {
    const char c = rest_[0];
    if (c == '(') return Group();
    if (c == '[') return Class();
    rest_.remove_prefix(1);
    if (c == '\\' && !rest_.empty()) return Escape();
    if (c == '^' || c == '$') return {{""}, false};
    if (c == '.') return {{""}, true};
    return {{Fold(c)}, false};
  }

  Set Escape() {
    const char c = rest_[0];
    rest_.remove_prefix(1);
    if (c == 'b' || c == 'B' || c == 'A' || c == 'z') return {{""}, false};
    if (c == 'Q' || c == 'x' || c == 'p' || c == 'P') {
      rest_ = {};  // rare, and long: give up here
      return {{""}, true};
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9');
    if (letter) return {{""}, true};  // \d, \s, \w
    return {{std::string(1, c)}, false};
  }

  Set Group() {
    rest_.remove_prefix(1);
    if (rest_.starts_with("?")) {
      const std::size_t end = rest_.find_first_of(":>)");
      if (end == std::string_view::npos) return {{""}, true};
      const bool flags_only = rest_[end] == ')';
      rest_.remove_prefix(end + 1);
      if (flags_only) return {{""}, false};
    }
    Set inside = Alternatives();
    if (!rest_.empty()) rest_.remove_prefix(1);
    return inside;
  }

  Set Class() {
    std::size_t end =
        rest_.find(']', rest_.size() > 1 && rest_[1] == '^' ? 3 : 2);
    while (end != std::string_view::npos && rest_[end - 1] == '\\') {
      end = rest_.find(']', end + 1);
    }
    if (end == std::string_view::npos) {
      rest_ = {};
      return {{""}, true};
    }
    const std::string_view members = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    const bool ranges = members.find('-', 1) != std::string_view::npos &&
                        members.find('-', 1) + 1 != members.size();
    if (members.starts_with('^') || ranges || members.size() > 8 ||
        members.find('\\') != std::string_view::npos) {
      return {{""}, true};
    }
    Set set;
    for (const char c : members) set.strings.insert(Fold(c));
    return set;
  }

  std::string Fold(char c) const {
    const std::string text(1, c);
    return fold_ ? Lower(text) : text;
  }

  std::string_view rest_;
  bool fold_;
};

// RE2's own reading of which literals a match must hold.
bool FilterProves(const std::string& pattern,
                  const std::vector<std::string>& anchors) {
  re2::FilteredRE2 filter(1);
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  int id = 0;
  if (filter.Add(pattern, options, &id) != RE2::NoError) return false;
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  // A text without any anchor can only hold the atoms that need none.
  std::vector<int> present;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    if (!HoldsOne(atoms[i], anchors)) present.push_back(static_cast<int>(i));
  }
  std::vector<int> potentials;
  filter.AllPotentials(present, &potentials);
  return potentials.empty();
}

}  // namespace

bool HasRequiredLiterals(const std::string& pattern) {
  constexpr int kShortest = 3;  // as in scanner/match
  re2::FilteredRE2 filter(kShortest);
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  int id = 0;
  if (filter.Add(pattern, options, &id) != RE2::NoError) return false;
  std::vector<std::string> atoms;
  filter.Compile(&atoms);
  std::vector<int> potentials;
  filter.AllPotentials({}, &potentials);
  return potentials.empty();
}

bool AnchorsAreRequired(const std::string& pattern,
                        const std::vector<std::string>& anchors,
                        bool caseless) {
  if (!caseless && pattern.find("(?i") != std::string::npos) return false;
  std::vector<std::string> folded;
  folded.reserve(anchors.size());
  for (const std::string& anchor : anchors) {
    folded.push_back(caseless ? Lower(anchor) : anchor);
  }
  const std::set<std::string> prefixes = PrefixReader(pattern, caseless).Read();
  const bool all = std::all_of(
      prefixes.begin(), prefixes.end(),
      [&](const std::string& prefix) { return HoldsOne(prefix, folded); });
  if (all) return true;
  // RE2 folds its literals: a class such as [Aa] would pass for 'a' here, and
  // the rule's own examples are what is left to show that.
  for (std::string& anchor : folded) anchor = Lower(anchor);
  return FilterProves(pattern, folded);
}

}  // namespace logspill
