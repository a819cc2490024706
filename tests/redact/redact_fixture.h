// Redacts texts in memory with the built-in rules, or with others.
//
// Threads:   not thread-safe; what it drives uses many.

#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "patterns/loader.h"
#include "scanner/redactor.h"
#include "tests/engine/memory_input.h"

namespace logspill {

class KeepingOutput : public RedactOutput {
 public:
  bool Begin(const Member&) override { return true; }
  bool Write(std::string_view bytes) override {
    text += bytes;
    return true;
  }
  std::string text;
};

struct RedactWay {
  std::size_t block_bytes = 256 << 10;
  unsigned threads = 1;
  bool live = false;
  bool verify = true;
};

class RedactEngineForTests {
 public:
  explicit RedactEngineForTests(RuleSet rules,
                                const PolicySettings& settings = {})
      : rules_(std::move(rules)) {
    auto database = RuleDatabase::Compile(&rules_, {});
    EXPECT_TRUE(database) << database.error().message;
    database_.emplace(std::move(*database));
    auto subjects = LoadSubjects({});
    EXPECT_TRUE(subjects);
    subjects_ = std::move(*subjects);
    classifier_.emplace(&subjects_);
    Use(settings);
  }

  void Use(const PolicySettings& settings) {
    auto policies = PolicyTable::Create(settings, rules_, *classifier_);
    ASSERT_TRUE(policies) << policies.error().message;
    policies_.emplace(std::move(*policies));
  }
  void Use(std::string_view policy) {
    PolicySettings settings;
    settings.otherwise = ParsePolicy(policy).value();
    Use(settings);
  }

  std::string Redact(const std::string& text, const RedactWay& way = {}) {
    RedactParts parts{&*database_, &*classifier_, &*policies_, &key_};
    parts.verify_all = way.verify;
    RedactOptions options;
    options.threads = way.threads;
    options.block_bytes = way.block_bytes;
    options.live = way.live;
    Redactor redactor(parts, options);
    const MemoryText memory{"memory", {{"", text}}};
    MemoryInput input(&memory, way.block_bytes);
    KeepingOutput output;
    totals = redactor.Run(input, output);
    return output.text;
  }

  // What would be replaced in `text`: line (from 0) and bytes, as they stand.
  struct Left {
    std::size_t line = 0;
    std::string bytes;
    friend bool operator==(const Left&, const Left&) = default;
    friend void PrintTo(const Left& left, std::ostream* out) {
      *out << left.line << ": " << left.bytes;
    }
  };
  std::vector<Left> LeftIn(const std::string& text) {
    ValueSearch search(&*database_, &*classifier_, &*policies_, &key_, false);
    IdentityMemory memory(&subjects_);
    std::vector<FoundValue> values;
    search.Find(text, false, &values);
    std::vector<Left> left;
    std::ptrdiff_t line = 0;  // of the record that begins at `counted`
    std::uint32_t counted = 0;
    for (std::size_t first = 0; first < values.size();) {
      std::size_t last = first;
      while (last < values.size() &&
             values[last].record == values[first].record) {
        ++last;
      }
      const std::span record = std::span(values).subspan(first, last - first);
      for (FoundValue& value : record) {
        if (value.hash != 0) value.prior = memory.Of(value.hash);
      }
      search.Decide(text, record);
      for (const FoundValue& value : record) {
        if (value.hash != 0) memory.Learn(value.hash, value.local);
        if (value.stays()) continue;
        line += std::count(text.begin() + counted, text.begin() + value.record,
                           '\n');
        counted = value.record;
        left.push_back({static_cast<std::size_t>(line),
                        std::string(value.match.value.Of(text))});
      }
      first = last;
    }
    return left;
  }

  const RuleSet& rules() const { return rules_; }
  const Key& key() const { return key_; }
  RedactTotals totals;

 private:
  RuleSet rules_;
  std::optional<RuleDatabase> database_;
  SubjectTable subjects_;
  std::optional<Classifier> classifier_;
  std::optional<PolicyTable> policies_;
  Key key_ = Key::Random();
};

// One for all tests of the process: compiling takes a second.
inline RedactEngineForTests& BuiltIn() {
  static RedactEngineForTests* engine = [] {
    auto rules = LoadRules({});
    return new RedactEngineForTests(std::move(*rules));
  }();
  engine->Use("mask");
  return *engine;
}

inline std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines(1);
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

}  // namespace logspill
