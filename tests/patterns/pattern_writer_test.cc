// What a rule finds by its pattern is found by the pattern as it is written for
// other engines.  PCRE stands for Java and Python: of what is written the three
// read the same.

#include "scanner/rule/pattern_writer.h"

#include <gtest/gtest.h>
#include <re2/re2.h>
#include <regex.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

#include "patterns/loader.h"
#include "scanner/base/span.h"

namespace logspill {
namespace {

// What the pattern takes for a value, from `from` on.
using Search =
    std::function<std::optional<Span>(const std::string& text, int from)>;

Span SpanOf(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// Bytes beyond ASCII stand for characters here.
std::string OnBytes(std::string pattern) {
  for (const char* last : {"\\x{10FFFF}", "\\U0010ffff"}) {
    for (std::size_t at; (at = pattern.find(last)) != pattern.npos;) {
      pattern.replace(at, std::string_view(last).size(), "\\xff");
    }
  }
  return pattern;
}

Search Pcre(const WrittenPattern& written) {
  const std::string pattern = OnBytes(written.pattern);
  int error = 0;
  PCRE2_SIZE offset = 0;
  std::shared_ptr<pcre2_code> code(
      pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()),
                    pattern.size(), 0, &error, &offset, nullptr),
      pcre2_code_free);
  EXPECT_NE(code, nullptr) << pattern << " at " << offset;
  if (code == nullptr) return {};
  return [code, group = written.value_group](const std::string& text,
                                             int from) -> std::optional<Span> {
    std::unique_ptr<pcre2_match_data, void (*)(pcre2_match_data*)> data(
        pcre2_match_data_create_from_pattern(code.get(), nullptr),
        pcre2_match_data_free);
    const int count = pcre2_match(
        code.get(), reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(),
        static_cast<PCRE2_SIZE>(from), 0, data.get(), nullptr);
    if (count <= group) return std::nullopt;
    const PCRE2_SIZE* at = pcre2_get_ovector_pointer(data.get()) +
                           2 * static_cast<std::ptrdiff_t>(group);
    return SpanOf(at[0], at[1]);
  };
}

Search Posix(const WrittenPattern& written) {
  std::shared_ptr<regex_t> code(new regex_t(), [](regex_t* regex) {
    ::regfree(regex);
    delete regex;
  });
  const int error =
      ::regcomp(code.get(), written.pattern.c_str(), REG_EXTENDED);
  EXPECT_EQ(error, 0) << written.pattern;
  if (error != 0) return {};
  return [code, group = static_cast<std::size_t>(written.value_group)](
             const std::string& text, int from) -> std::optional<Span> {
    std::vector<regmatch_t> groups(group + 1);
    groups[0] = {from, static_cast<regoff_t>(text.size())};
    if (::regexec(code.get(), text.c_str(), groups.size(), groups.data(),
                  REG_STARTEND) != 0) {
      return std::nullopt;
    }
    return SpanOf(static_cast<std::size_t>(groups[group].rm_so),
                  static_cast<std::size_t>(groups[group].rm_eo));
  };
}

// Whether some value that the search takes lies upon `value`.
bool Takes(const Search& search, const std::string& text, Span value) {
  for (int from = 0; from < static_cast<int>(text.size());) {
    const auto found = search(text, from);
    if (!found) return false;
    if (found->Overlaps(value)) return true;
    from = static_cast<int>(found->end) + (found->empty() ? 1 : 0);
  }
  return false;
}

std::optional<Span> RawValue(const Rule& rule, const std::string& text) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_log_errors(false);
  const RE2 pattern(rule.pattern, options);
  const auto& names = pattern.NamedCapturingGroups();
  const auto group = names.find("value");
  const int index = group == names.end() ? 0 : group->second;
  std::vector<re2::StringPiece> groups(static_cast<std::size_t>(index) + 1);
  if (!pattern.Match(text, 0, text.size(), RE2::UNANCHORED, groups.data(),
                     index + 1)) {
    return std::nullopt;
  }
  const auto begin = static_cast<std::size_t>(
      groups[static_cast<std::size_t>(index)].data() - text.data());
  return SpanOf(begin, begin + groups[static_cast<std::size_t>(index)].size());
}

void ExpectAllFound(RegexDialect dialect,
                    Search (*compile)(const WrittenPattern&)) {
  const auto rules = LoadRules({});
  ASSERT_TRUE(rules.ok());
  std::size_t tried = 0;
  for (const Rule& rule : rules->rules) {
    if (rule.is_region()) continue;
    const auto written = WritePattern(rule, dialect);
    ASSERT_TRUE(written.has_value()) << rule.id;
    const Search search = compile(*written);
    if (!search) continue;
    for (const std::string& text : rule.match) {
      const auto value = RawValue(rule, text);
      if (!value || text.find('\0') != text.npos) continue;
      ++tried;
      EXPECT_TRUE(Takes(search, text, *value))
          << rule.id << " in '" << text << "': " << written->pattern;
    }
  }
  EXPECT_GT(tried, 800U);
}

TEST(PatternWriter, JavaFindsWhatTheRulesFind) {
  ExpectAllFound(RegexDialect::kJava, Pcre);
}

TEST(PatternWriter, PythonFindsWhatTheRulesFind) {
  ExpectAllFound(RegexDialect::kPython, Pcre);
}

TEST(PatternWriter, PosixFindsWhatTheRulesFind) {
  ExpectAllFound(RegexDialect::kPosix, Posix);
}

TEST(PatternWriter, KeepsWhatStandsAroundTheValue) {
  Rule rule;
  rule.kind = "generic-kv";
  rule.pattern = "(?i:pin)[=:](?P<value>[0-9]{4})(?:[;,]|$)";
  EXPECT_EQ(WritePattern(rule, RegexDialect::kPython)->pattern,
            "([Pp][Ii][Nn][\\x3a\\x3d])(?!\\x5bgeneric[\\x2d]kv\\x5d)"
            "([0-9]{4})(?=(?:[\\x2c\\x3b]|))");
  const auto posix = WritePattern(rule, RegexDialect::kPosix);
  EXPECT_EQ(posix->pattern, "([Pp][Ii][Nn][:=])([0-9]{4})(([,;]|))");
  EXPECT_EQ(posix->value_group, 2);
  EXPECT_EQ(posix->behind_group, 3);
}

TEST(PatternWriter, SyntaxOfAClassHasItsPlaceInIt) {
  Rule rule;
  rule.kind = "x";
  rule.pattern = R"([\]^a-]\^[^\]\r\n-])";
  EXPECT_EQ(WritePattern(rule, RegexDialect::kPosix)->pattern,
            "()([]a^-]\\^[^]\n\r-])()");
}

}  // namespace
}  // namespace logspill
