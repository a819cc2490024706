#include "scanner/correlate/access_table.h"

#include <algorithm>
#include <array>

namespace logspill {
namespace {

constexpr std::array<std::string_view, 7> kMethods = {
    "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"};
constexpr std::size_t kMostBytes = 16 << 10;  // of a record of an access log

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsMethod(std::string_view word) {
  return std::find(kMethods.begin(), kMethods.end(), word) != kMethods.end();
}

bool IsPath(std::string_view value) {
  return value.starts_with('/') || value.starts_with("http") || value == "*";
}

bool IsRequest(std::string_view value) {
  const std::size_t blank = value.find(' ');
  return blank != std::string_view::npos && IsMethod(value.substr(0, blank)) &&
         IsPath(value.substr(blank + 1));
}

bool IsStatus(std::string_view value) {
  return value.size() >= 3 &&
         std::all_of(value.begin(), value.begin() + 3, IsDigit) &&
         (value.size() == 3 || value[3] == ' ');
}

bool IsNumber(std::string_view value) {
  return value == "-" ||
         (!value.empty() && std::all_of(value.begin(), value.end(), [](char c) {
           return IsDigit(c) || c == '.';
         }));
}

bool HasMethod(std::string_view text) {
  return std::any_of(kMethods.begin(), kMethods.end(),
                     [&](std::string_view method) {
                       return text.find(method) != std::string_view::npos;
                     });
}

bool HasWord(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

}  // namespace

AccessTable::AccessTable(const std::vector<CallSite>& sites) {
  for (const CallSite& site : sites) {
    if (!site.Has("format")) continue;
    Format format;
    format.site = &site;
    format.literals = site.message.literals;
    format.built_in = site.Has("built-in");
    bool request = false;
    for (std::size_t i = 0; i < site.message.holes.size(); ++i) {
      const Kind kind = KindOf(site.message, i);
      request = request || kind == Kind::kRequest || kind == Kind::kMethod;
      format.kinds.push_back(kind);
    }
    if (request) formats_.push_back(std::move(format));
  }
}

AccessTable::Kind AccessTable::KindOf(const LogTemplate& message,
                                      std::size_t hole) {
  const std::string& what = message.holes[hole].argument;
  if (what == "request line") return Kind::kRequest;
  if (what == "request method") return Kind::kMethod;
  if (what.starts_with("request u") || what == "request path") {
    return Kind::kPath;
  }
  if (what == "status") return Kind::kStatus;
  if (HasWord(what, "bytes") || HasWord(what, "seconds")) return Kind::kNumber;
  if (what == "time") return Kind::kTime;
  return message.literals[hole + 1].starts_with('"') ? Kind::kQuoted
                                                     : Kind::kWord;
}

bool AccessTable::Fits(Kind kind, std::string_view value) {
  switch (kind) {
    case Kind::kRequest:
      return IsRequest(value);
    case Kind::kMethod:
      return IsMethod(value);
    case Kind::kPath:
      return IsPath(value) && !HasWord(value, " ");
    case Kind::kStatus:
      return IsStatus(value);
    case Kind::kNumber:
      return IsNumber(value);
    case Kind::kTime:
      return value.size() >= 8 &&
             std::any_of(value.begin(), value.end(), IsDigit);
    case Kind::kQuoted:
      return true;
    case Kind::kWord:
      break;
  }
  return !value.empty() && !HasWord(value, " ");
}

bool AccessTable::Match(const Format& format, std::string_view text,
                        std::vector<Span>* holes) {
  const std::vector<std::string>& literals = format.literals;
  if (!text.starts_with(literals[0])) return false;
  std::size_t at = literals[0].size();
  holes->clear();
  for (std::size_t i = 0; i < format.kinds.size(); ++i) {
    const std::string_view next = literals[i + 1];
    const bool last = i + 1 == format.kinds.size();
    // Side by side nobody can tell them apart.
    if (next.empty() && !last) return false;
    std::size_t end = next.empty() ? text.size() : text.find(next, at);
    if (end == std::string_view::npos) return false;
    if (last && end + next.size() != text.size()) return false;
    if (!Fits(format.kinds[i], text.substr(at, end - at))) return false;
    holes->push_back(
        {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)});
    at = end + next.size();
  }
  return true;
}

void AccessTable::Find(std::string_view text,
                       std::vector<const CallSite*>* found,
                       std::vector<Span>* holes) const {
  found->clear();
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  if (formats_.empty() || text.size() > kMostBytes || !HasMethod(text)) return;
  std::vector<Span> first;
  bool built_in = true;
  for (const Format& format : formats_) {
    if (!found->empty() && format.built_in && !built_in) continue;
    if (!Match(format, text, holes)) continue;
    if (!format.built_in && built_in) found->clear();
    built_in = built_in && format.built_in;
    if (found->empty()) first = *holes;
    found->push_back(format.site);
  }
  *holes = std::move(first);
}

}  // namespace logspill
