#include "scanner/finding/baseline.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>
#include <vector>

namespace logspill {
namespace {

struct FieldName {
  std::string_view name;
  std::string BaselineEntry::*member;
};

// In the order in which they are written.
constexpr std::array<FieldName, 5> kFields = {{
    {"rule", &BaselineEntry::rule},
    {"class", &BaselineEntry::class_name},
    {"site", &BaselineEntry::site},
    {"shape", &BaselineEntry::shape},
    {"field", &BaselineEntry::field},
}};

constexpr std::string_view kHead =
    "# Findings that are known and accepted for now.  No value is in this "
    "file.\n"
    "# Written by 'logspill scan --write-baseline'; delete what you have "
    "fixed.\n";

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

// The strings here are ids and key paths: whatever else is escaped as TOML does
// it.
void AppendQuoted(std::string_view text, std::string* out) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  *out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      *out += '\\';
      *out += c;
    } else if (byte < 0x20 || byte >= 0x7f) {
      *out += "\\u00";
      *out += kDigits[byte >> 4];
      *out += kDigits[byte & 15];
    } else {
      *out += c;
    }
  }
  *out += '"';
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// Takes one escape behind its backslash; false where there is no such escape.
bool TakeEscape(std::string_view* rest, std::string* value) {
  if (rest->empty()) return false;
  const char c = rest->front();
  if (c == '"' || c == '\\') {
    *value += c;
    rest->remove_prefix(1);
    return true;
  }
  if (rest->size() < 5 || !rest->starts_with("u00")) return false;
  const int high = HexDigit((*rest)[3]);
  const int low = HexDigit((*rest)[4]);
  if (high < 0 || low < 0) return false;
  *value += static_cast<char>(high * 16 + low);
  rest->remove_prefix(5);
  return true;
}

// "text" with nothing but a comment behind it.
bool TakeQuoted(std::string_view rest, std::string* value) {
  if (!rest.starts_with('"')) return false;
  rest.remove_prefix(1);
  while (!rest.empty() && rest.front() != '"') {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c != '\\') {
      *value += c;
    } else if (!TakeEscape(&rest, value)) {
      return false;
    }
  }
  if (rest.empty()) return false;
  rest = Trim(rest.substr(1));
  return rest.empty() || rest.starts_with('#');
}

// Reads the lines of one file.
class Reader {
 public:
  explicit Reader(const std::string& name) : name_(name) {}

  // An empty string, or what is wrong with the line.
  std::string Line(std::string_view line) {
    ++line_;
    line = Trim(line);
    if (line.empty() || line.starts_with('#')) return {};
    if (line == "[[known]]") {
      std::string wrong = Finish();
      begun_at_ = line_;
      return wrong;
    }
    if (begun_at_ == 0) return At(line_, "expected [[known]]");
    const std::size_t equals = line.find('=');
    const std::string_view key = Trim(line.substr(0, equals));
    for (const FieldName& field : kFields) {
      if (equals == std::string_view::npos || key != field.name) continue;
      std::string* value = &(entry_.*field.member);
      if (!value->empty()) return At(line_, "'" + std::string(key) + "' twice");
      if (TakeQuoted(Trim(line.substr(equals + 1)), value)) return {};
      return At(line_, "expected a string in double quotes");
    }
    return At(line_, "expected rule, class, site, shape or field");
  }

  std::string Finish() {
    if (begun_at_ == 0) return {};
    if (entry_.rule.empty()) return At(begun_at_, "the entry names no rule");
    if (entry_.class_name.empty()) {
      return At(begun_at_, "the entry names no class");
    }
    baseline_.Add(entry_);
    entry_ = {};
    return {};
  }

  Baseline Take() { return std::move(baseline_); }

 private:
  std::string At(std::size_t line, const std::string& what) const {
    return name_ + ":" + std::to_string(line) + ": " + what;
  }

  const std::string& name_;
  Baseline baseline_;
  BaselineEntry entry_;
  std::size_t line_ = 0;
  std::size_t begun_at_ = 0;  // line of the present [[known]]; 0: none yet
};

bool WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return fsync(file) == 0;
}

// FNV-1a: a baseline is read by other versions on other machines, so that the
// hash never changes.
class StableHash {
 public:
  void Add(char c) {
    hash_ = (hash_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  std::string Text() const {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) {
      text += kDigits[(hash_ >> shift) & 15];
    }
    return text;
  }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace

std::size_t Baseline::Hash::operator()(const BaselineEntry& entry) const {
  std::size_t hash = 0;
  for (const FieldName& field : kFields) {
    hash = hash * 31 + std::hash<std::string>()(entry.*field.member);
  }
  return hash;
}

Result<Baseline> Baseline::Parse(const std::string& name,
                                 std::string_view text) {
  Reader reader(name);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (std::string wrong = reader.Line(text.substr(0, end)); !wrong.empty()) {
      return Error{std::move(wrong)};
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (std::string wrong = reader.Finish(); !wrong.empty()) {
    return Error{std::move(wrong)};
  }
  return reader.Take();
}

Result<Baseline> Baseline::Load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf()).good()) {
    // An empty file is a baseline without entries.
    if (file && file.peek() == std::ifstream::traits_type::eof()) {
      return Baseline();
    }
    return Error{path + ": cannot read the baseline: " + std::strerror(errno)};
  }
  return Parse(path, text.str());
}

Result<void> Baseline::Save(const std::string& path) const {
  const std::string temporary = path + ".tmp" + std::to_string(getpid());
  const int file =
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = file >= 0 && WriteAll(file, Text());
  const int why = errno;
  if (file >= 0) close(file);
  if (written && rename(temporary.c_str(), path.c_str()) == 0) return {};
  const int reason = written ? errno : why;
  if (file >= 0) unlink(temporary.c_str());
  return Error{path + ": cannot write the baseline: " + std::strerror(reason)};
}

std::string Baseline::Text() const {
  std::vector<std::string> tables;
  tables.reserve(entries_.size());
  for (const BaselineEntry& entry : entries_) {
    std::string table = "\n[[known]]\n";
    for (const FieldName& field : kFields) {
      const std::string& value = entry.*field.member;
      if (value.empty()) continue;
      table += field.name;
      table += " = ";
      AppendQuoted(value, &table);
      table += '\n';
    }
    tables.push_back(std::move(table));
  }
  std::sort(tables.begin(), tables.end());
  std::string text(kHead);
  for (const std::string& table : tables) text += table;
  return text;
}

BaselineEntry EntryOf(const Finding& finding) {
  BaselineEntry entry;
  if (finding.rule != nullptr) entry.rule = finding.rule->id;
  entry.class_name = finding.class_name;
  entry.field = finding.field;
  const bool one = finding.sites.size() == 1 && finding.sites[0].hole >= 0;
  if (one && finding.sites[0].site != nullptr) {
    entry.site = finding.sites[0].site->id;
  } else if (finding.field.empty()) {
    entry.shape = finding.shape;
  }
  return entry;
}

std::string RecordShape(std::string_view record, Span value) {
  constexpr std::size_t kBytes = 64;
  const std::size_t begin = value.begin > kBytes ? value.begin - kBytes : 0;
  std::string_view text = record.substr(begin, value.begin - begin);
  // A word that the window cuts would depend on what stands further away.
  if (begin > 0) text.remove_prefix(std::min(text.find(' '), text.size()));
  StableHash hash;
  std::string word;
  bool plain = true;
  const auto finish = [&] {
    if (plain && !word.empty()) {
      for (const char c : word) hash.Add(c);
      hash.Add(' ');
    }
    word.clear();
    plain = true;
  };
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool digit = c >= '0' && c <= '9';
    if (!letter && !digit) {
      finish();
      continue;
    }
    plain = plain && !digit;
    word += c;
  }
  finish();
  return hash.Text();
}

}  // namespace logspill
