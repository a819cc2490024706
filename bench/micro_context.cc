// What does the text around a hit cost: its name, its words, the record's time, the
// key path?  The argument names the shape of the record.

#include <benchmark/benchmark.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "scanner/record/context.h"
#include "scanner/record/record_header.h"

namespace logspill {
namespace {

struct Sample {
  std::string_view name;
  std::string_view record;
};

// '@' stands for a UUID.
constexpr std::array<Sample, 6> kSamples = {{
    {"sentence",
     "2026-11-22 21:00:33.638 2628 DEBUG placement.handlers.util [None "
     "req-29c92167-bb92-4f58-85b7-8397d193fe1e admin admin - - - -] Supplied "
     "project or user ID for consumer @ was different than existing record."},
    {"path",
     "2026-11-22 21:00:33.552 2628 DEBUG placement.requestlog [None "
     "req-c7bbb433-d409-4c3f-a272-5b0e0c277a9b - - - - - -] Starting request: "
     "127.0.0.1 \"PUT /allocations/@\""},
    {"logfmt",
     "time=\"2026-11-22T21:00:33Z\" level=info msg=\"order placed\" "
     "consumer_uuid=@ total=12"},
    {"json",
     R"({"ts":"2026-11-22T21:00:33.638Z","level":"info","msg":"placed",)"
     R"("consumer":{"type":"INSTANCE","generation":3,"uuid":"@"},"n":1})"},
    {"sql",
     "2026-11-22 21:00:33,638 INFO sqlalchemy.engine.Engine INSERT INTO "
     "consumers (created_at, updated_at, uuid) VALUES ('2026-11-22', NULL, "
     "'@')"},
    {"syslog", "Jun 14 15:16:01 combo app[19939]: user @ logged in"},
}};

constexpr std::string_view kUuid = "780e2104-7a54-42e3-9ce0-70a24dbf5d84";

struct Filled {
  std::string record;
  Span value;
};

Filled Fill(const Sample& sample) {
  Filled filled{std::string(sample.record), {}};
  const std::size_t at = filled.record.find('@');
  filled.record.replace(at, 1, kUuid);
  filled.value.begin = static_cast<std::uint32_t>(at);
  filled.value.end = static_cast<std::uint32_t>(at + kUuid.size());
  return filled;
}

template <typename Body>
void Run(benchmark::State& state, Body body) {
  const Sample& sample = kSamples[static_cast<std::size_t>(state.range(0))];
  const Filled filled = Fill(sample);
  state.SetLabel(std::string(sample.name));
  for ([[maybe_unused]] auto _ : state) body(filled);
}

void BM_Name(benchmark::State& state) {
  Context context;
  Run(state, [&](const Filled& filled) {
    context.Start(filled.record);
    benchmark::DoNotOptimize(context.Name(filled.value));
  });
}

void BM_WordsBefore(benchmark::State& state) {
  Context context;
  std::array<std::string_view, Context::kMaxWords> words;
  Run(state, [&](const Filled& filled) {
    context.Start(filled.record);
    benchmark::DoNotOptimize(context.WordsBefore(filled.value, &words));
  });
}

void BM_FieldPath(benchmark::State& state) {
  Context context;
  Run(state, [&](const Filled& filled) {
    context.Start(filled.record);
    benchmark::DoNotOptimize(context.FieldPath(filled.value));
  });
}

void BM_ReadTime(benchmark::State& state) {
  HeaderReader reader(2026);
  Run(state, [&](const Filled& filled) {
    benchmark::DoNotOptimize(reader.ReadTime(filled.record));
  });
}

void BM_ReadHeader(benchmark::State& state) {
  HeaderReader reader(2026);
  Run(state, [&](const Filled& filled) {
    benchmark::DoNotOptimize(reader.Read(filled.record));
  });
}

constexpr int kLast = static_cast<int>(kSamples.size()) - 1;
BENCHMARK(BM_Name)->DenseRange(0, kLast);
BENCHMARK(BM_WordsBefore)->DenseRange(0, kLast);
BENCHMARK(BM_FieldPath)->DenseRange(0, kLast);
BENCHMARK(BM_ReadTime)->DenseRange(0, kLast);
BENCHMARK(BM_ReadHeader)->DenseRange(0, kLast);

}  // namespace
}  // namespace logspill
