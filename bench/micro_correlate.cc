// What does an index of call sites cost to build, and a record to attribute?

#include <benchmark/benchmark.h>

#include <random>
#include <string>

#include "scanner/correlate/attributor.h"

namespace logspill {
namespace {

// Templates of six words of a vocabulary of 500, with two holes.
std::vector<CallSite> Sites(std::size_t count) {
  std::mt19937 random(1);
  std::vector<std::string> words;
  for (int i = 0; i < 500; ++i) {
    std::string word;
    for (int k = 0; k < 4 + i % 5; ++k) {
      word += static_cast<char>('a' + random() % 26);
    }
    words.push_back(word);
  }
  std::vector<CallSite> sites(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto word = [&] { return words[random() % words.size()] + " "; };
    CallSite& site = sites[i];
    site.file = "file" + std::to_string(i % 100) + ".py";
    site.line = static_cast<std::uint32_t>(i);
    site.message.literals = {word() + word(), " " + word() + word(),
                             " " + word() + word()};
    site.message.holes = {{"a", "%s"}, {"b", "%d"}};
  }
  return sites;
}

void BuildIndex(benchmark::State& state) {
  const auto sites = Sites(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    auto index = CallSiteIndex::Build(sites);
    benchmark::DoNotOptimize(index.ok());
  }
}
BENCHMARK(BuildIndex)
    ->Arg(200)
    ->Arg(2000)
    ->Arg(20'000)
    ->Unit(benchmark::kMillisecond);

void AttributeRecord(benchmark::State& state) {
  const auto sites = Sites(static_cast<std::size_t>(state.range(0)));
  const auto index = CallSiteIndex::Build(sites);
  if (!index) {
    state.SkipWithError("no index");
    return;
  }
  std::vector<std::string> records;
  std::int64_t bytes = 0;
  for (std::size_t i = 0; i < 1000; ++i) {
    const LogTemplate& message = sites[i * 7 % sites.size()].message;
    records.push_back("2026-11-22 21:00:30.688 2628 INFO app.desk [-] " +
                      message.literals[0] + "u-17" + message.literals[1] +
                      std::to_string(i) + message.literals[2]);
    bytes += static_cast<std::int64_t>(records.back().size());
  }
  const auto scratch = index->NewScratch();
  HeaderReader reader(2026);
  Attribution found;
  for (auto _ : state) {
    for (const std::string& record : records) {
      index->Attribute(record, reader.Read(record), scratch.get(), &found);
      benchmark::DoNotOptimize(found.result);
    }
  }
  state.SetBytesProcessed(state.iterations() * bytes);
}
BENCHMARK(AttributeRecord)->Arg(200)->Arg(2000)->Arg(20'000);

}  // namespace
}  // namespace logspill
