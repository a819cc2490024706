// The SIMD pass against one byte at a time.

#include "scanner/match/shape_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "tests/naive/log_generator.h"
#include "tests/naive/test_rules.h"

namespace logspill {
namespace {

using Hit = std::tuple<std::uint32_t, int, std::uint32_t>;  // at, kind, record

constexpr std::uint32_t kAllKinds = (1U << kHitKinds) - 1;

std::vector<Hit> Hits(std::string_view text, std::uint32_t kinds = kAllKinds) {
  std::vector<ShapeHit> found;
  ScanShapes(text, kinds, &found);
  std::vector<Hit> hits;
  for (const ShapeHit& hit : found) {
    hits.emplace_back(hit.at, static_cast<int>(hit.kind), hit.record_begin);
  }
  EXPECT_TRUE(std::is_sorted(
      found.begin(), found.end(),
      [](const ShapeHit& a, const ShapeHit& b) { return a.at < b.at; }));
  std::sort(hits.begin(), hits.end());
  return hits;
}

std::string RandomText(std::uint64_t seed, std::size_t bytes) {
  static const RuleSet rules = naive::TestRules();
  return naive::LogGenerator(&rules, seed).Text(bytes);
}

TEST(ShapeScan, CountsTheNewlines) {
  for (std::size_t size = 0; size < 400; ++size) {
    std::string text(size, '\n');
    for (std::size_t i = 0; i < size; i += 3) text[i] = 'x';
    std::vector<ShapeHit> hits;
    ASSERT_EQ(
        ScanShapes(text, kAllKinds, &hits),
        static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')));
  }
}

TEST(ShapeScan, TheRecordOfAHitIsTheOneThatHoldsIt) {
  const std::string text = RandomText(1, 60'000);
  for (const auto& [at, kind, record] : Hits(text)) {
    const std::size_t before =
        at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    ASSERT_EQ(record, before == std::string::npos ? 0 : before + 1) << at;
  }
}

TEST(ShapeScan, WhereTheTextLiesNeverChangesTheHits) {
  const std::string text = RandomText(2, 5'000);
  const auto whole = Hits(text);
  ASSERT_FALSE(whole.empty());
  for (std::uint32_t pad = 1; pad < 130; ++pad) {
    std::vector<Hit> shifted;
    for (const auto& [at, kind, record] : whole) {
      shifted.emplace_back(at + pad, kind, record + pad);
    }
    ASSERT_EQ(Hits(std::string(pad, '\n') + text), shifted) << pad;
  }
}

TEST(ShapeScan, OnlyTheKindsThatWereAskedForAreFound) {
  const std::string text = RandomText(3, 20'000);
  const auto all = Hits(text);
  for (int kind = 0; kind < static_cast<int>(kHitKinds); ++kind) {
    std::vector<Hit> expected;
    std::copy_if(all.begin(), all.end(), std::back_inserter(expected),
                 [kind](const Hit& hit) { return std::get<1>(hit) == kind; });
    ASSERT_EQ(Hits(text, 1U << kind), expected) << kind;
    ASSERT_FALSE(expected.empty()) << kind << " does not occur";
  }
}

}  // namespace
}  // namespace logspill
