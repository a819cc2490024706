// `logspill trace`: the call site that printed each record.

#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "adapters/cli/call_sites.h"
#include "adapters/cli/commands.h"
#include "adapters/cli/engine_parts.h"
#include "adapters/cli/exit_status.h"
#include "adapters/cli/log_inputs.h"
#include "adapters/cli/own_files.h"
#include "adapters/cli/scan_args.h"
#include "adapters/output/text.h"
#include "adapters/output/trace_json.h"
#include "adapters/output/trace_table.h"
#include "patterns/loader.h"
#include "scanner/tracer.h"

namespace logspill {
namespace {

const std::vector<std::string_view> kOptions = {"source",
                                                "sites",
                                                "languages",
                                                "formats",
                                                "ignore-printed-location",
                                                "include",
                                                "exclude",
                                                "archive-depth",
                                                "max-expanded",
                                                "bomb-size",
                                                "bomb-ratio",
                                                "max-decoder-memory",
                                                "format",
                                                "output",
                                                "color",
                                                "config",
                                                "threads",
                                                "no-cache",
                                                "quiet",
                                                "verbose"};

void Declare(CLI::App* app, LowArgs* low) {
  DeclareOptions(app, low, kOptions);
  DeclareOperands(app, low, "PATH",
                  "files, folders, archives; - for standard input", 1,
                  kAnyNumber);
}

struct TraceArgs {
  std::vector<std::string> paths;
  SourceArgs source;
  std::vector<std::string> formats;  // of logs, beside the built-in ones
  InputOptions input;
  bool jsonl = false;
  bool verbose = false;
  ColourMode colour = ColourMode::kAuto;
  std::string output;
};

Result<TraceArgs> MakeTraceArgs(const LowArgs& low, const InForce& in_force) {
  const Settings& settings = in_force.settings;
  TraceArgs args;
  args.paths = low.operands;
  args.source = SourceArgsOf(in_force);
  args.formats = settings.List("formats");
  args.input = InputOf(settings);
  args.jsonl = settings.Text("format") == "jsonl";
  args.verbose = settings.Flag("verbose");
  args.colour = ColourOf(settings);
  args.output = settings.Text("output");
  if (settings.Text("format") == "sarif") {
    return Error{"trace: --format is text or jsonl; sarif is for scan"};
  }
  if (!args.source.any()) {
    return Error{"which source code? give --source DIR, or --sites FILE"};
  }
  for (const auto& check :
       {CheckPaths(args.paths), CheckSources(args.source.folders)}) {
    if (!check) return check.error();
  }
  return args;
}

std::unique_ptr<TraceSink> MakeSink(const TraceArgs& args, OutputStream* out) {
  if (args.jsonl) return std::make_unique<TraceJsonl>(out);
  TraceTableLook look;
  look.width = out->Width();
  look.all_rows = args.verbose;
  look.palette = Palette(out->WantsColour(args.colour));
  return std::make_unique<TraceTable>(out, look);
}

int TraceTo(OutputStream* out, const TraceArgs& args, StopOnSignal* stop) {
  auto index = LoadCallSites(args.source);
  if (!index) return Complain(index.error(), kExitWrongUse);
  auto formats = LoadFormats(args.formats);
  if (!formats) return Complain(formats.error(), kExitWrongUse);
  stop->Begin();
  auto queue = OpenQueue(args.paths, args.input, *stop);
  if (!queue) return Complain(queue.error(), kExitWrongUse);
  TraceOptions options;
  options.threads = args.source.threads;
  options.call_sites = &*index;
  options.formats = &*formats;
  options.stop = stop->flag();
  const auto sink = MakeSink(args, out);
  const TraceSummary summary = Tracer(options).Run(**queue, *sink);
  auto done = out->Commit();
  if (!done) return Complain(done.error(), kExitIncomplete);
  const bool seen = !args.jsonl && out->is_terminal();
  WarnOfGaps(*out, summary.coverage, seen);
  if (out->closed()) return kExitClean;
  return summary.coverage.complete() ? kExitClean : kExitIncomplete;
}

int Run(const LowArgs& low) {
  auto in_force = Resolve(low);
  if (!in_force) return Complain(in_force.error(), kExitWrongUse);
  auto args = MakeTraceArgs(low, *in_force);
  if (!args) return Complain(args.error(), kExitWrongUse);
  StartLogging(args->verbose);
  StopOnSignal stop;
  auto out = OpenOutput(args->output);
  if (!out) return Complain(out.error(), kExitWrongUse);
  stop.RemoveAtOnce(out->temporary());
  args->input.own_files = OwnFilesOf(*out);
  auto apart = CheckNotOwn(args->paths, args->input.own_files);
  if (!apart) return Complain(apart.error(), kExitWrongUse);
  return TraceTo(&*out, *args, &stop);
}

}  // namespace

const Command kTraceCommand = {
    "trace", "name for every record the log call that printed it", Declare,
    Run};

}  // namespace logspill
