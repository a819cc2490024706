#include <spdlog/spdlog.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <optional>

#include "adapters/cli/commands.h"
#include "adapters/cli/engine_parts.h"
#include "adapters/cli/exit_status.h"
#include "adapters/cli/log_inputs.h"
#include "adapters/cli/own_files.h"
#include "adapters/cli/scan_args.h"
#include "adapters/cli/scan_sink.h"
#include "adapters/cli/signals.h"
#include "adapters/output/jsonl_sink.h"
#include "adapters/output/progress.h"
#include "adapters/output/sarif_sink.h"
#include "adapters/output/text.h"
#include "adapters/output/text_sink.h"

namespace logspill {
namespace {

void Declare(CLI::App* app, LowArgs* low) {
  DeclareOptions(app, low, {});
  DeclareOperands(app, low, "PATH",
                  "files, folders, archives; - for standard input", 0,
                  kAnyNumber);
}

int ListInputs(const ScanArgs& args, OutputStream* out) {
  for (const ListedFile& file : ListFiles(args.paths, args.input)) {
    if (file.scanned) {
      out->Write(Printable(file.path) + "\n");
    } else if (args.verbose) {
      spdlog::info("{}: {}", Printable(file.path), Printable(file.what));
    }
  }
  return Finish(out);
}

std::unique_ptr<Sink> MakeSink(const ScanArgs& args, OutputStream* out) {
  if (args.format == ScanFormat::kJsonl) {
    return std::make_unique<JsonlSink>(out, args.engine.stream,
                                       args.predictions);
  }
  if (args.format == ScanFormat::kSarif) {
    std::error_code none;  // without a folder of its own paths stay relative
    return std::make_unique<SarifSink>(
        out, SarifOptions{args.engine.min_severity, args.classes,
                          std::filesystem::current_path(none).string()});
  }
  TextOptions options;
  options.min_severity = args.engine.min_severity;
  options.classes = args.classes;
  options.command = args.command;
  options.all_rows = args.verbose;
  options.predictions = args.predictions;
  options.width = out->Width();
  options.colour = out->WantsColour(args.colour);
  const bool each = args.engine.stream || args.engine.reveal;
  return std::make_unique<TextSink>(out, std::move(options), each);
}

// Findings that are printed as they come would be mixed with the progress line.
bool WantsProgress(const ScanArgs& args, const OutputStream& out,
                   bool wants_findings) {
  return !args.quiet && ::isatty(STDERR_FILENO) == 1 &&
         !(wants_findings && out.is_terminal());
}

int StatusOf(const ScanArgs& args, const OutputStream& out,
             const Summary& summary) {
  const bool found = summary.worst && *summary.worst >= args.fail_on;
  const int status = found ? kExitFindings : kExitClean;
  if (out.closed()) return status;
  return summary.coverage.complete() ? status : kExitIncomplete;
}

class ScanRun {
 public:
  // `baseline`: takes what is found; nullptr: none is written.
  ScanRun(const ScanArgs& args, const EngineParts& parts, OutputStream* out,
          Baseline* baseline)
      : args_(args), parts_(parts), out_(out), baseline_(baseline) {}

  Result<Summary> Run(InputQueue* queue, StopOnSignal* stop);

 private:
  ScanOptions Engine() const;

  const ScanArgs& args_;
  const EngineParts& parts_;
  OutputStream* out_;
  Baseline* baseline_;
};

ScanOptions ScanRun::Engine() const {
  ScanOptions options = args_.engine;
  if (!parts_.allowlist.empty()) options.allowlist = &parts_.allowlist;
  if (parts_.baseline) options.baseline = &*parts_.baseline;
  options.formats = &parts_.formats;
  if (parts_.call_sites) options.call_sites = &*parts_.call_sites;
  if (parts_.predictor) options.predictor = &*parts_.predictor;
  return options;
}

Result<Summary> ScanRun::Run(InputQueue* queue, StopOnSignal* stop) {
  const std::unique_ptr<Sink> printer = MakeSink(args_, out_);
  Scanner scanner(&*parts_.database, &*parts_.classifier, &*parts_.key,
                  Engine());
  std::optional<Progress> progress;
  if (WantsProgress(args_, *out_, printer->wants_findings())) {
    progress.emplace(STDERR_FILENO, [&scanner, total = queue->total_bytes()] {
      const ScanProgress& now = scanner.progress();
      return ProgressState{now.bytes_read, total, now.bytes_scanned,
                           now.findings};
    });
  }
  ScanSink sink(printer.get(), args_.classes, baseline_, [&progress] {
    if (progress) progress->Stop();
  });
  stop->Watch(&scanner);
  auto summary = scanner.Run(*queue, sink);
  stop->Watch(nullptr);
  return summary;
}

int ScanTo(OutputStream* out, const ScanArgs& args, StopOnSignal* stop) {
  auto parts = MakeEngineParts(args);
  if (!parts) return Complain(parts.error(), kExitWrongUse);
  stop->Begin();
  auto queue = OpenQueue(args.paths, args.input, *stop);
  if (!queue) return Complain(queue.error(), kExitWrongUse);
  // An entry that held before still does: what it allows is not found again.
  Baseline found = (*parts)->baseline.value_or(Baseline());
  const bool write = !args.write_baseline.empty();
  auto summary = ScanRun(args, **parts, out, write ? &found : nullptr)
                     .Run(queue->get(), stop);
  // The bytes were scanned, but what was found cannot be told.
  if (!summary) return Complain(summary.error(), kExitIncomplete);
  if (write) {
    auto saved = found.Save(args.write_baseline);
    if (!saved) return Complain(saved.error(), kExitIncomplete);
  }
  auto done = out->Commit();
  if (!done) return Complain(done.error(), kExitIncomplete);
  WarnOfGaps(*out, summary->coverage,
             args.format == ScanFormat::kText && out->is_terminal());
  return StatusOf(args, *out, *summary);
}

int Scan(ScanArgs args) {
  StopOnSignal stop;
  auto out = OpenOutput(args.output);
  if (!out) return Complain(out.error(), kExitWrongUse);
  stop.RemoveAtOnce(out->temporary());
  args.input.own_files = OwnFilesOf(*out);
  auto apart = CheckNotOwn(args.paths, args.input.own_files);
  if (!apart) return Complain(apart.error(), kExitWrongUse);
  if (args.list_files) return ListInputs(args, &*out);
  return ScanTo(&*out, args, &stop);
}

int Run(const LowArgs& low) {
  auto in_force = Resolve(low);
  if (!in_force) return Complain(in_force.error(), kExitWrongUse);
  const std::string config = in_force->config.path;
  auto args = MakeScanArgs(low, std::move(*in_force));
  if (!args) return Complain(args.error(), kExitWrongUse);
  StartLogging(args->verbose);
  if (!config.empty()) spdlog::info("configuration: {}", Printable(config));
  return Scan(std::move(*args));
}

}  // namespace

const Command kScanCommand = {
    "scan", "find identifiers in files, folders, archives and streams", Declare,
    Run};

}  // namespace logspill
