// What does it cost to say whose a value is, given its name and the words before?

#include <benchmark/benchmark.h>

#include <array>
#include <optional>
#include <span>
#include <string_view>

#include "patterns/loader.h"
#include "scanner/identity/classifier.h"

namespace logspill {
namespace {

const SubjectTable* BuiltIn() {
  static const std::optional<SubjectTable> table =
      []() -> std::optional<SubjectTable> {
    auto loaded = LoadSubjects({});
    if (!loaded.ok()) return std::nullopt;
    return std::move(*loaded);
  }();
  return table ? &*table : nullptr;
}

struct Sample {
  std::string_view label;
  NamedBy named;
  std::array<std::string_view, 4> words;
};

constexpr std::array<Sample, 5> kSamples = {{
    {"named", {Relation::kKeyValue, "consumer_uuid", ""}, {"consumer_uuid"}},
    {"near word", {}, {"consumer", "for", "ID", "user"}},
    {"far word", {}, {"UUID", "changed", "user", "the"}},
    {"no subject", {}, {"different", "value", "another", "wrote"}},
    {"nothing", {}, {}},
}};

void BM_FromContext(benchmark::State& state) {
  const SubjectTable* subjects = BuiltIn();
  if (subjects == nullptr) {
    state.SkipWithError("the built-in subjects do not load");
    return;
  }
  const Classifier classifier(subjects);
  const Sample& sample = kSamples[static_cast<std::size_t>(state.range(0))];
  state.SetLabel(std::string(sample.label));
  std::size_t count = 0;
  while (count < sample.words.size() && !sample.words[count].empty()) ++count;
  const std::span words(sample.words.data(), count);
  for ([[maybe_unused]] auto _ : state) {
    benchmark::DoNotOptimize(classifier.FromContext(sample.named, words));
  }
}
BENCHMARK(BM_FromContext)->DenseRange(0, 4);

}  // namespace
}  // namespace logspill
