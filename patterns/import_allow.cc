#include "patterns/import_allow.h"

#include <re2/re2.h>

#include "patterns/examples.h"

namespace logspill {
namespace {

// One pattern that must match a whole value, of what may stand in it.
std::string Within(std::string_view alternatives, std::string_view flags) {
  return "(?s" + std::string(flags) + ").*(?:" + std::string(alternatives) +
         ").*";
}

class Converter {
 public:
  Converter(const ForeignAllowlist& list, const std::string& file)
      : list_(list), file_(file) {}

  std::vector<AllowEntry> Run(std::vector<std::string>* left_out) {
    left_out_ = left_out;
    const std::vector<std::string> patterns = Patterns();
    const std::vector<std::string> paths = Paths();
    if (!list_.commits.empty()) {
      LeaveOut("commits: a log has none");
    }
    if (!list_.all_must_hold) {
      for (const std::string& pattern : patterns) Add(pattern, "");
      for (const std::string& path : paths) Add("", path);
      return std::move(entries_);
    }
    const bool two = !list_.regexes.empty() && !list_.stopwords.empty();
    if (two || !list_.commits.empty() || !left_out_->empty()) {
      LeaveOut("condition AND over what one [[allow]] cannot name together");
      return {};
    }
    for (const std::string& pattern : patterns) {
      for (const std::string& path : paths) Add(pattern, path);
      if (paths.empty()) Add(pattern, "");
    }
    if (patterns.empty()) {
      for (const std::string& path : paths) Add("", path);
    }
    return std::move(entries_);
  }

 private:
  void LeaveOut(std::string what) { left_out_->push_back(std::move(what)); }

  std::vector<std::string> Patterns() {
    std::vector<std::string> patterns;
    const bool of_secret =
        list_.regex_target.empty() || list_.regex_target == "secret";
    if (!of_secret && !list_.regexes.empty()) {
      LeaveOut("regexTarget '" + list_.regex_target +
               "': an [[allow]] pattern sees the value alone");
    }
    for (const std::string& regex : list_.regexes) {
      if (!of_secret) break;
      std::string pattern = Within(regex, "");
      if (RE2(pattern, RuleRegexOptions()).ok()) {
        patterns.push_back(std::move(pattern));
      } else {
        LeaveOut("regex '" + regex + "': RE2 cannot read it");
      }
    }
    std::string words;
    for (const std::string& word : list_.stopwords) {
      words += (words.empty() ? "" : "|") + RE2::QuoteMeta(word);
    }
    if (!words.empty()) patterns.push_back(Within(words, "i"));
    return patterns;
  }

  std::vector<std::string> Paths() {
    std::vector<std::string> globs;
    for (const std::string& path : list_.paths) {
      std::string glob = GlobOf(path);
      if (glob.empty()) {
        LeaveOut("path '" + path + "': no glob says the same; --exclude may");
      } else {
        globs.push_back(std::move(glob));
      }
    }
    return globs;
  }

  void Add(const std::string& pattern, const std::string& path) {
    AllowEntry entry;
    entry.pattern = pattern;
    entry.path = path;
    entry.reason = list_.description.empty() ? "imported from " + file_
                                             : list_.description;
    entries_.push_back(std::move(entry));
  }

  const ForeignAllowlist& list_;
  const std::string& file_;
  std::vector<std::string>* left_out_ = nullptr;
  std::vector<AllowEntry> entries_;
};

}  // namespace

std::string GlobOf(std::string_view regex) {
  constexpr std::string_view kMeta = "*+?()[]{}|^$\\.";
  std::string glob;
  const bool from_start = regex.starts_with("^");
  if (from_start) regex.remove_prefix(1);
  const bool to_end = regex.ends_with("$") && !regex.ends_with("\\$");
  if (to_end) regex.remove_suffix(1);
  for (std::size_t i = 0; i < regex.size(); ++i) {
    const char c = regex[i];
    const char next = i + 1 < regex.size() ? regex[i + 1] : '\0';
    const bool repeated =
        next != '\0' && std::string_view("*?+{").find(next) != kMeta.npos;
    if (c == '.') {
      glob += next == '*' ? "*" : next == '+' ? "?*" : "?";
      i += next == '*' || next == '+' ? 1 : 0;
    } else if (c == '\\' && next != '\0' &&
               (kMeta.find(next) != kMeta.npos || next == '/' || next == '-')) {
      glob += std::string_view("*?[]\\").find(next) != std::string_view::npos
                  ? std::string("\\") + next
                  : std::string(1, next);
      ++i;
    } else if (kMeta.find(c) != kMeta.npos || repeated) {
      return {};
    } else {
      glob += c;
    }
  }
  if (glob.empty()) return {};
  return (from_start ? "" : "*") + glob + (to_end ? "" : "*");
}

std::vector<std::string> ToAllowEntries(const ForeignAllowlist& list,
                                        const std::vector<std::string>& rules,
                                        const std::string& file,
                                        std::vector<AllowEntry>* entries) {
  std::vector<std::string> left_out;
  const std::vector<AllowEntry> made = Converter(list, file).Run(&left_out);
  for (const std::string& rule : rules) {
    for (AllowEntry entry : made) {
      entry.rule = rule;
      entries->push_back(std::move(entry));
    }
  }
  return left_out;
}

}  // namespace logspill
