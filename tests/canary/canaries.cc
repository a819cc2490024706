#include "tests/canary/canaries.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <set>

#include "scanner/match/matcher.h"
#include "scanner/match/rule_database.h"
#include "scanner/record/shown_name.h"

namespace logspill::canary {
namespace {

constexpr std::size_t kExamples = 2;  // of each rule
constexpr char kHexDigits[] = "0123456789abcdef";

// Windows such as "************" or "000000000000" say nothing.
bool TellsNothing(std::string_view window) {
  return std::set<char>(window.begin(), window.end()).size() < 5;
}

// A street and the like, where nothing says what it is, is words of a message.
bool IsProse(std::string_view text) {
  return text.find(' ') != text.npos &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) != 0 || c == ' ' || c == ',' || c >= 0x80;
         });
}

// A number of 24 bits that most of what is searched shares with no window.
std::size_t HeadOf(std::string_view window) {
  std::uint64_t head = 0;
  std::memcpy(&head, window.data(), sizeof head);
  return head * 0x9e3779b97f4a7c15U >> 40;
}

std::string Reversed(std::string_view text) {
  return {text.rbegin(), text.rend()};
}

}  // namespace

std::string JsonString(std::string_view text) {
  std::string json = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') json += '\\';
    if (c == '\n') {
      json += "\\n";
    } else {
      json += c;
    }
  }
  return json + "\"";
}

std::string Hex(std::string_view text) {
  std::string hex;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    hex += kHexDigits[byte >> 4];
    hex += kHexDigits[byte & 15];
  }
  return hex;
}

std::string Percent(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
        (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_') {
      encoded += c;
    } else {
      encoded += "%" + Hex(std::string_view(&c, 1));
    }
  }
  return encoded;
}

// Whole groups of three bytes only: the rest depends on what follows.
std::string Base64(std::string_view text) {
  static constexpr char kDigits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string encoded;
  for (std::size_t i = 0; i + 3 <= text.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8 | static_cast<unsigned char>(text[i + j]);
    }
    for (int shift = 18; shift >= 0; shift -= 6) {
      encoded += kDigits[group >> shift & 63];
    }
  }
  return encoded;
}

Canaries::Canaries(const RuleSet& rules) : heads_(std::size_t{1} << 24) {
  for (const Rule& rule : rules.rules) {
    known_ += rule.id + "\n" + rule.title + "\n" + rule.pattern + "\n" +
              rule.region.begin + "\n" + rule.region.end + "\n";
    for (const std::string& anchor : rule.anchors) known_ += anchor + "\n";
  }
  Result<RuleDatabase> database = RuleDatabase::Compile(&rules, {});
  if (!database) return;
  Matcher matcher(&database.value());
  std::vector<Match> matches;
  std::string scratch;
  for (const Rule& rule : rules.rules) {
    for (std::size_t i = 0; i < std::min(rule.match.size(), kExamples); ++i) {
      const std::string& example = rule.match[i];
      matches.clear();
      matcher.Scan(example, &matches);
      for (const Match& match : matches) {
        const std::string value(Matcher::Value(example, match, &scratch));
        // Names by nature (an account, a bucket): no form tells them from the
        // words of a program.
        if (LooksLikeName(value)) continue;
        canaries_.push_back({match.rule->id, value});
      }
      Plant(example);
    }
  }
  for (const Canary& canary : canaries_) {
    if (!IsProse(canary.value)) PlantAsName(canary.value);
    Watch(canary);
  }
}

void Canaries::Plant(const std::string& example) {
  const std::string head = "2026-03-01 10:00:00.000 INFO canary ";
  std::string line = example;
  if (!line.ends_with('\n')) line += '\n';
  log_ += head + line;
  const std::string json = "{\"message\":" + JsonString(example) + "}";
  log_ += json + "\n";
  log_ += "{\"event\":" + JsonString(json) + "}\n";
  log_ += head + "GET /?q=" + Percent(example) + "\n";
}

// A value in a place where a name would stand, and be shown.
void Canaries::PlantAsName(const std::string& value) {
  const std::string id = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
  log_ += "{" + JsonString(value) + ":{\"id\":\"" + id + "\"}}\n";
  log_ += "{\"users\":{" + JsonString(value) + ":\"" + id + "\"}}\n";
  if (value.find('\n') != std::string::npos) return;
  log_ += value + ": " + id + "\n";
  log_ += "user " + value + " id: " + id + "\n";
  log_ += "GET /" + value + "/" + id + "\n";
  log_ += "x=1 " + value + "=" + id + "\n";
  log_ += "?" + value + "=" + id + "\n";
}

void Canaries::Watch(const Canary& canary) {
  WatchForm(canary.rule + " as it stands", canary.value);
  WatchForm(canary.rule + " reversed", Reversed(canary.value));
  WatchForm(canary.rule + " in hexadecimal", Hex(canary.value));
  WatchForm(canary.rule + " percent-encoded", Percent(canary.value));
  WatchForm(canary.rule + " as JSON", JsonString(canary.value));
  for (std::size_t skip = 0; skip < 3 && skip < canary.value.size(); ++skip) {
    WatchForm(canary.rule + " in base64",
              Base64(std::string_view(canary.value).substr(skip)));
  }
}

void Canaries::WatchForm(const std::string& name, std::string_view form) {
  for (std::size_t i = 0; i + kWindow <= form.size(); ++i) {
    const std::string window(form.substr(i, kWindow));
    if (TellsNothing(window) || known_.find(window) != std::string::npos) {
      continue;
    }
    heads_[HeadOf(window)] = true;
    windows_.emplace(window, name);
  }
}

std::vector<std::string> Canaries::LeaksIn(std::string_view text) const {
  std::set<std::string> leaks;
  std::string window;
  for (std::size_t i = 0; i + kWindow <= text.size(); ++i) {
    if (!heads_[HeadOf(text.substr(i))]) continue;
    window.assign(text.substr(i, kWindow));
    const auto found = windows_.find(window);
    if (found == windows_.end()) continue;
    leaks.insert(found->second + ": '" + window + "'");
    if (leaks.size() == 10) break;
  }
  return {leaks.begin(), leaks.end()};
}

}  // namespace logspill::canary
