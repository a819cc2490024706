#include "scanner/tracer.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "scanner/base/key.h"
#include "scanner/block_sequence.h"
#include "scanner/block_tracer.h"
#include "scanner/trace_tally.h"

namespace logspill {
namespace {

using Clock = std::chrono::steady_clock;

class TraceRun {
 public:
  TraceRun(const TraceOptions& options, InputQueue* queue, TraceSink* sink,
           const std::atomic<bool>* stop)
      : options_(options),
        sink_(sink),
        blocks_(queue, std::max(options.block_bytes, Tracer::kSmallestBlock),
                stop),
        tally_(options.call_sites->sites()) {}

  TraceSummary Run(unsigned threads);

 private:
  void Work();

  const TraceOptions& options_;
  TraceSink* sink_;
  BlockSequence blocks_;
  std::atomic<bool> closed_{false};  // the sink takes no more
  std::mutex mutex_;                 // guards the rest
  TraceTally tally_;
};

void TraceRun::Work() {
  const std::unique_ptr<TraceSink::Batch> batch = sink_->NewBatch();
  BlockTracer tracer(options_, batch.get());
  std::vector<char> buffer;
  SequencedBlock block;
  while (!closed_ && blocks_.Next(&buffer, &block)) {
    tracer.Trace(block);
    blocks_.Enter(block.number);
    if (batch != nullptr && !closed_ && !sink_->Commit(batch.get())) {
      closed_ = true;
    }
    blocks_.Leave();
  }
  Wipe(buffer.data(), buffer.size());
  const std::lock_guard lock(mutex_);
  tally_.Join(tracer.tally());
}

TraceSummary TraceRun::Run(unsigned threads) {
  const auto start = Clock::now();
  {
    std::vector<std::jthread> workers;
    for (unsigned i = 1; i < threads; ++i) {
      workers.emplace_back([this] { Work(); });
    }
    Work();
  }
  TraceSummary summary;
  summary.coverage = blocks_.TakeCoverage();
  tally_.SumUp(&summary);
  summary.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  if (!closed_) sink_->OnSummary(summary);
  return summary;
}

}  // namespace

TraceSummary Tracer::Run(InputQueue& inputs, TraceSink& sink) {
  static const std::atomic<bool> kNever{false};
  const unsigned threads =
      options_.threads != 0 ? options_.threads
                            : std::max(1U, std::thread::hardware_concurrency());
  const std::atomic<bool>* stop =
      options_.stop != nullptr ? options_.stop : &kNever;
  return TraceRun(options_, &inputs, &sink, stop).Run(threads);
}

}  // namespace logspill
