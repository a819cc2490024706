#include "tests/naive/log_generator.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "tests/naive/naive_pattern.h"

namespace logspill::naive {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kAnyHex = "0123456789abcdefABCDEF";
constexpr std::string_view kUpperAlnum = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::string_view kLocal = "abcXYZ019._%+-";
constexpr std::string_view kHost = "abcXYZ019.-";

constexpr std::array<std::string_view, 14> kNoiseAlphabets = {
    "0123456789-",
    "0123456789abcdef-",
    "0123456789.",
    "0123456789 -",
    "0123456789abcdef:",
    "0123456789ABCDEF:-",
    "ABCDEFGHIJ0123456789",
    "ABCDEFGHIJ0123456789 ",
    "abc019@.-_+",
    "+0123456789() .-",
    "abcdefghijklmnopqrstuvwxyz ",
    "0123456789abcdef",
    "ab0=:;,'\"{}[]()<>/?& ",
    "\\n\\t\\u00%2034\"/"};

constexpr std::array<std::string_view, 24> kWords = {
    "request", "consumer", "user",    "password=",
    "token:",  "api_key=", "GET",     "/v1/users",
    "account", "failed",   "session", "Bearer ",
    "iban",    "card",     "phone",   "ssn",
    "email",   "id=",      "[INFO]",  "trace_id",
    "client",  "secret",   "key: ",   "\xc3\xa9t\xc3\xa9"};

std::string JsonEscaped(const std::string& text, LogGenerator* generator) {
  std::string out;
  for (const char c : text) {
    const unsigned code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || (c == '/' && generator->Chance(50))) {
      out += {'\\', c};
    } else if (c == '\n') {
      out += "\\n";
    } else if (code < 0x20 || (code < 0x80 && generator->Chance(8))) {
      std::array<char, 8> buffer{};
      std::snprintf(buffer.data(), buffer.size(),
                    generator->Chance(50) ? "\\u%04x" : "\\u%04X", code);
      out += buffer.data();
    } else {
      out += c;
    }
  }
  return out;
}

std::string PercentEscaped(const std::string& text, LogGenerator* generator) {
  std::string out;
  for (const char c : text) {
    const unsigned code = static_cast<unsigned char>(c);
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                       (c >= 'A' && c <= 'Z') || c == '-' || c == '.';
    if (plain ? generator->Chance(5) : generator->Chance(90)) {
      std::array<char, 4> buffer{};
      std::snprintf(buffer.data(), buffer.size(), "%%%02X", code);
      out += buffer.data();
    } else {
      out += c;
    }
  }
  return out;
}

std::string Coloured(const std::string& text, LogGenerator* generator) {
  static constexpr std::array<std::string_view, 4> kCodes = {
      "\x1b[0m", "\x1b[31m", "\x1b[1;32m", "\x1b[K"};
  std::string out;
  for (const char c : text) {
    if (generator->Chance(6)) out += kCodes[generator->Below(kCodes.size())];
    out += c;
  }
  return out;
}

}  // namespace

LogGenerator::LogGenerator(const RuleSet* rules, std::uint64_t seed)
    : rules_(rules), random_(seed) {
  for (const Rule& rule : rules->rules) {
    if (rule.is_region()) {
      regions_.push_back(&rule);
      continue;
    }
    const auto pattern = NaivePattern::Compile(rule.pattern);
    if (!pattern) continue;
    for (const std::string& example : rule.match) {
      const auto found = pattern->Find(example, 0, rule.max_bytes);
      if (found) values_.emplace_back(found->value.Of(example));
    }
  }
}

std::size_t LogGenerator::Below(std::size_t limit) {
  return static_cast<std::size_t>(random_() % limit);
}

std::string LogGenerator::Of(std::string_view alphabet, std::size_t size) {
  std::string text;
  for (std::size_t i = 0; i < size; ++i)
    text += alphabet[Below(alphabet.size())];
  return text;
}

std::string LogGenerator::Noise() {
  return Of(kNoiseAlphabets[Below(kNoiseAlphabets.size())], 1 + Below(60));
}

std::string LogGenerator::Words() {
  std::string text;
  for (std::size_t i = Below(4); i > 0; --i) {
    text += kWords[Below(kWords.size())];
    if (Chance(80)) text += ' ';
  }
  return text;
}

std::string LogGenerator::Groups(std::string_view digits,
                                 std::vector<std::size_t> sizes,
                                 std::string_view separators) {
  if (Chance(10)) sizes.push_back(sizes.back());
  if (Chance(5)) sizes.pop_back();
  const bool steady = Chance(80);
  const char first = separators[Below(separators.size())];
  std::string text;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    std::size_t size = sizes[i];
    if (Chance(4)) size += 1;
    if (Chance(4) && size > 0) size -= 1;
    if (i > 0) text += steady ? first : separators[Below(separators.size())];
    text += Of(digits, size);
  }
  return text;
}

std::string LogGenerator::NearShape(Shape shape) {
  switch (shape) {
    case Shape::kUuid:
      return Groups(Chance(50) ? kHex : kAnyHex, {8, 4, 4, 4, 12}, "-");
    case Shape::kHex32:
      return Of(Chance(50) ? kHex : kAnyHex, 30 + Below(5));
    case Shape::kIpv4:
      return Groups(kDigits.substr(0, 1 + Below(10)),
                    {1 + Below(3), 1 + Below(3), 1 + Below(3), 1 + Below(3)},
                    ".");
    case Shape::kIpv6: {
      std::string text =
          Groups(kAnyHex, std::vector<std::size_t>(8, 1 + Below(4)), ":");
      if (Chance(60)) text.replace(Below(text.size()), 1 + Below(12), "::");
      return text;
    }
    case Shape::kMac:
      if (Chance(30)) return Groups(kAnyHex, {4, 4, 4}, ".");
      return Groups(kAnyHex, std::vector<std::size_t>(6, 2),
                    Chance(50) ? ":" : "-");
    case Shape::kEmail:
      return Of(kLocal, 1 + Below(12)) + "@" + Of(kHost, 1 + Below(8)) + "." +
             Of("comx1.", 1 + Below(4));
    case Shape::kCard:
      if (Chance(40)) return "4" + Of(kDigits, 11 + Below(9));
      return Groups(kDigits,
                    Chance(70) ? std::vector<std::size_t>{4, 4, 4, 3 + Below(2)}
                               : std::vector<std::size_t>{4, 6, 5},
                    Chance(50) ? " " : "-");
    case Shape::kIban:
      if (Chance(50))
        return "DE" + Of(kDigits, 2) + Of(kUpperAlnum, 10 + Below(22));
      return Groups(kUpperAlnum, {4, 4, 4, 4, 4, 2}, " ");
    case Shape::kSsn:
      return Groups(kDigits, {3, 2, 4}, "-");
    case Shape::kUlid:
      return Of("01", 1) + Of(kCrockford, 24 + Below(3));
    case Shape::kPhone:
      return "+" + Groups(kDigits, {1 + Below(3), 3, 3, 4}, " .-()");
    case Shape::kBase58:
      return Of(kUpperAlnum.substr(1 + Below(9)), 25 + Below(13));
    case Shape::kNone:
      break;
  }
  return Noise();
}

std::string LogGenerator::Value() {
  if (values_.empty()) return Noise();
  return values_[Below(values_.size())];
}

std::string LogGenerator::Mutate(std::string text) {
  for (std::size_t i = 1 + Below(3); i > 0 && !text.empty(); --i) {
    const std::size_t at = Below(text.size());
    switch (Below(6)) {
      case 0:
        text[at] = text[Below(text.size())];
        break;
      case 1:
        text.erase(at, 1);
        break;
      case 2:
        text.insert(at, 1, text[at]);
        break;
      case 3:
        text.insert(at, Of("0aA-.:@_ /\\\"%=", 1));
        break;
      case 4:
        text.resize(at);
        break;
      default:
        text[at] = static_cast<char>(Below(255));
        break;
    }
  }
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string LogGenerator::Escape(std::string text) {
  for (std::size_t i = Below(4); i > 0; --i) {
    switch (Below(4)) {
      case 0:
        text = PercentEscaped(text, this);
        break;
      case 1:
        text = Coloured(text, this);
        break;
      default:
        text = JsonEscaped(text, this);
        break;
    }
  }
  return text;
}

std::string LogGenerator::Piece() {
  std::string piece;
  switch (Below(8)) {
    case 0:
    case 1:
      piece = Value();
      break;
    case 2:
      piece = Mutate(Value());
      break;
    case 3: {
      const Rule& rule = rules_->rules[Below(rules_->rules.size())];
      const auto& examples =
          rule.match.empty() || Chance(30) ? rule.no_match : rule.match;
      if (!examples.empty()) piece = examples[Below(examples.size())];
      break;
    }
    case 4:
      piece = Noise();
      break;
    default:
      piece = NearShape(static_cast<Shape>(
          1 + Below(static_cast<std::size_t>(Shape::kPhone))));
      break;
  }
  // Two side by side, or with one byte between them.
  if (Chance(15)) piece += Of(" -.:@/_%,0a\"'=", Below(2)) + Piece();
  return piece;
}

std::string LogGenerator::Dialect(const std::string& piece) {
  switch (Below(10)) {
    case 0:
      return "2026-11-22T21:00:33.638Z INFO app.main - " + Words() + piece;
    case 1:
      return R"({"time":"2026-11-22","level":"info","user":{"id":")" +
             JsonEscaped(piece, this) + R"("},"msg":")" + Words() + "\"}";
    case 2:
      return R"({"log":")" +
             JsonEscaped(R"({"message":")" + JsonEscaped(piece, this) + "\"}",
                         this) +
             R"(","stream":"stdout"})";
    case 3:
      return "level=info msg=\"" + Words() + "\" key=" + piece + " took=3ms";
    case 4:
      return "10.0.0.1 - - [22/Nov/2026:21:00:33 +0000] \"GET /a?q=" +
             PercentEscaped(piece, this) + "&x=1 HTTP/1.1\" 200 12";
    case 5:
      return "INSERT INTO t (a, b) VALUES ('" + piece + "', 3)";
    case 6:
      return "User(id=" + piece + ", name='" + Words() + "')";
    case 7:
      return Words() + "=" + piece;
    case 8:
      return Words() + "\"" + piece + "\"" + Words();
    default:
      return Words() + piece + Words() + piece;
  }
}

std::string LogGenerator::Record() {
  std::string record;
  do {
    std::string piece = Piece();
    if (Chance(30)) piece = Escape(piece);
    record += Chance(60) ? Dialect(piece) : piece;
    if (Chance(5)) record += std::string(1 + Below(3), '\0');
    if (Chance(5)) record += "\xff\xfe\xc3";
    if (Chance(10)) record += Of(" ", 1 + Below(70));
  } while (Chance(30));
  if (Chance(10)) record = Escape(record);
  std::replace(record.begin(), record.end(), '\n', ' ');
  if (Chance(10)) record += '\r';
  return record;
}

std::string LogGenerator::LongRecord(std::size_t bytes) {
  std::string record;
  while (record.size() < bytes) record += Record();
  return record;
}

std::string LogGenerator::RegionLines() {
  const Rule& rule = *regions_[Below(regions_.size())];
  std::string text = Chance(70) ? "" : Words();
  text += rule.region.begin + "\n";
  const std::size_t limit = rule.region.max_lines;
  const std::size_t lines = Chance(80) ? Below(8) : limit - 3 + Below(6);
  for (std::size_t i = 0; i < lines; ++i) {
    text += Chance(90) ? Of(kUpperAlnum, 64) + "\n" : Record() + "\n";
  }
  if (Chance(85)) text += rule.region.end;
  return text + (Chance(80) ? "\n" : Words() + "\n");
}

std::string LogGenerator::Text(std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    if (!regions_.empty() && Chance(1)) {
      text += RegionLines();
    } else if (Chance(4)) {
      text += Chance(50) ? "\n" : "\r\n";
    } else {
      text += Record() + "\n";
    }
  }
  if (Chance(50) && !text.empty()) text.pop_back();
  return text;
}

}  // namespace logspill::naive
