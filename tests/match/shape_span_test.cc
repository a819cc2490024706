// The hand-written span finders against the pattern that defines each shape.

#include "scanner/match/shape_span.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "scanner/rule/shape.h"
#include "scanner/verify/validators.h"
#include "tests/naive/log_generator.h"
#include "tests/naive/naive_pattern.h"
#include "tests/naive/test_rules.h"

namespace logspill {
namespace {

constexpr std::size_t kNoLimit = 1 << 20;

using Spans = std::vector<Span>;

bool Holds(const Spans& spans, Span span) {
  return std::find(spans.begin(), spans.end(), span) != spans.end();
}

// The pattern of IPv6 leaves the count of groups to the validator, that of
// base 58 does not say that a capital is needed.
bool MayBe(Shape shape, std::string_view value) {
  if (shape == Shape::kBase58) {
    const std::string_view head = value.substr(0, 26);
    return std::any_of(head.begin(), head.end(),
                       [](char c) { return c >= 'A' && c <= 'Z'; });
  }
  return shape != Shape::kIpv6 ||
         FindValidator("ipv6")->check(value).verdict != Verdict::kReject;
}

Spans Finders(Shape shape, std::string_view text) {
  std::vector<ShapeHit> hits;
  ScanShapes(text, HitKindsOf(shape), &hits);
  std::vector<ShapeSpan> found;
  for (const ShapeHit& hit : hits) {
    // A mail address never begins inside the one before.
    const std::uint32_t from =
        std::max(hit.record_begin, found.empty() ? 0 : found.back().span.end);
    FindShapeSpans(text, hit, from, &found);
  }
  Spans spans;
  for (const ShapeSpan& span : found) {
    if (span.shape == shape && MayBe(shape, span.span.Of(text))) {
      spans.push_back(span.span);
    }
  }
  return spans;
}

// The value of every match, `overlapping` or leftmost-first.
Spans Pattern(Shape shape, std::string_view text, bool overlapping) {
  static std::map<Shape, naive::NaivePattern> patterns;
  auto known = patterns.find(shape);
  if (known == patterns.end()) {
    auto made = naive::NaivePattern::Compile(std::string(ShapePattern(shape)));
    known = patterns.emplace(shape, std::move(*made)).first;
  }
  Spans spans;
  for (std::size_t from = 0;;) {
    const auto found = known->second.Find(text, from, kNoLimit);
    if (!found) return spans;
    const bool may_be = MayBe(shape, found->value.Of(text));
    if (may_be) spans.push_back(found->value);
    from = overlapping || !may_be ? found->whole.begin + 1 : found->value.end;
  }
}

class ShapeSpanTest : public testing::TestWithParam<Shape> {};

INSTANTIATE_TEST_SUITE_P(
    ShapeSpan, ShapeSpanTest,
    testing::Values(Shape::kUuid, Shape::kHex32, Shape::kIpv4, Shape::kIpv6,
                    Shape::kMac, Shape::kEmail, Shape::kCard, Shape::kBase58),
    [](const auto& param_info) {
      return "Shape" + std::to_string(static_cast<int>(param_info.param));
    });

TEST_P(ShapeSpanTest, FindsWhatItsPatternMatches) {
  const RuleSet rules = naive::TestRules();
  naive::LogGenerator generator(&rules, 21);
  for (int i = 0; i < 60'000; ++i) {
    std::string text = generator.Of(" .:-0aA_g@+\"=/,", generator.Below(4)) +
                       generator.NearShape(GetParam()) +
                       generator.Of(" .:-0aA_g@+\"=/,", generator.Below(4));
    if (generator.Chance(30)) text = generator.Mutate(text);
    const Spans all = Pattern(GetParam(), text, true);
    const Spans found = Finders(GetParam(), text);
    for (const Span span : found) {
      ASSERT_TRUE(Holds(all, span)) << "'" << span.Of(text) << "' found in "
                                    << testing::PrintToString(text)
                                    << " where the pattern does not match";
    }
    for (const Span span : Pattern(GetParam(), text, false)) {
      ASSERT_TRUE(Holds(found, span))
          << "'" << span.Of(text) << "' in " << testing::PrintToString(text)
          << " is not found";
    }
  }
}

}  // namespace
}  // namespace logspill
