#include "adapters/cli/scan_args.h"

#include <fmt/format.h>

#include <charconv>
#include <limits>

#include "adapters/cli/log_inputs.h"
#include "adapters/cli/time_option.h"
#include "adapters/output/text.h"

namespace logspill {
namespace {

// Options that decide what is found, repeated in commands to paste.
constexpr std::string_view kRepeated[] = {
    "source",  "sites",   "languages", "formats", "since",
    "until",   "include", "exclude",   "rules",   "enable",
    "disable", "tag",     "decode",    "config",  "key-file"};

std::string CommandText(const LowArgs& low) {
  std::string text = ShellWord(low.program) + " scan";
  bool guard = false;
  for (const std::string& path : low.operands) {
    guard = guard || (path.starts_with('-') && path != "-");
  }
  for (const std::string_view name : kRepeated) {
    const auto given = low.options.find(std::string(name));
    if (given == low.options.end()) continue;
    for (const std::string& value : given->second) {
      text += fmt::format(" --{} {}", name, ShellWord(value));
    }
  }
  for (const std::string& path : low.operands) {
    const bool dash = guard && path.starts_with('-') && path != "-";
    text += " " + ShellWord(dash ? "./" + path : path);
  }
  return text;
}

ScanOptions EngineOf(const Settings& settings) {
  ScanOptions engine;
  engine.threads = static_cast<unsigned>(settings.Number("threads"));
  engine.min_severity = *ParseSeverity(settings.Text("min-severity"));
  engine.excerpts = !settings.Flag("no-excerpt");
  engine.reveal = settings.Flag("reveal");
  engine.stream = settings.Flag("stream");
  engine.decode_base64 = settings.Text("decode") == "base64";
  return engine;
}

ScanFormat FormatOf(const Settings& settings) {
  const std::string text = settings.Text("format");
  if (text == "sarif") return ScanFormat::kSarif;
  return text == "jsonl" ? ScanFormat::kJsonl : ScanFormat::kText;
}

Result<std::size_t> PredictionsOf(const Settings& settings) {
  const std::string text = settings.Text("predictions");
  if (text == "all") return std::numeric_limits<std::size_t>::max();
  if (text == "none") return std::size_t{0};
  std::size_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end) {
    return Error{
        fmt::format("--predictions: '{}' is neither all, none, nor a number",
                    Printable(text))};
  }
  return number;
}

Result<void> CheckTogether(const Settings& settings) {
  if (settings.Flag("quiet") && settings.Flag("verbose")) {
    return Error{"--quiet and --verbose contradict each other"};
  }
  if (!settings.Text("sites").empty() && !settings.List("source").empty()) {
    return Error{
        "--source and --sites contradict each other: the call sites come from "
        "one of them"};
  }
  if (FormatOf(settings) == ScanFormat::kSarif) {
    for (const std::string_view name : {"reveal", "stream"}) {
      if (!settings.Flag(name)) continue;
      return Error{fmt::format(
          "--{} prints findings one by one, and --format sarif has none",
          name)};
    }
  }
  return {};
}

}  // namespace

InputOptions InputOf(const Settings& settings) {
  InputOptions input;
  input.include = settings.List("include");
  input.exclude = settings.List("exclude");
  input.archive_depth = static_cast<unsigned>(settings.Number("archive-depth"));
  input.max_expanded_bytes = settings.Number("max-expanded");
  input.bomb_ratio = settings.Number("bomb-ratio");
  input.bomb_bytes = settings.Number("bomb-size");
  input.max_decoder_bytes = settings.Number("max-decoder-memory");
  return input;
}

ColourMode ColourOf(const Settings& settings) {
  const std::string text = settings.Text("color");
  if (text == "always") return ColourMode::kAlways;
  return text == "never" ? ColourMode::kNever : ColourMode::kAuto;
}

RuleSelection SelectionOf(const Settings& settings) {
  RuleSelection selection;
  selection.paths = settings.List("rules");
  selection.enable = settings.List("enable");
  selection.disable = settings.List("disable");
  selection.tags = settings.List("tag");
  return selection;
}

Result<ScanArgs> MakeScanArgs(const LowArgs& low, InForce in_force) {
  const Settings& settings = in_force.settings;
  ScanArgs args;
  args.paths = low.operands;
  args.source = SourceArgsOf(in_force);
  args.formats = settings.List("formats");
  const auto predictions = PredictionsOf(settings);
  if (!predictions) return predictions.error();
  for (const auto& check : {CheckTogether(settings), CheckPaths(args.paths),
                            CheckSources(args.source.folders)}) {
    if (!check) return check.error();
  }
  const auto times = TimesOf(settings);
  if (!times) return times.error();
  args.engine = EngineOf(settings);
  args.engine.times = *times;
  args.input = InputOf(settings);
  args.rules = SelectionOf(settings);
  args.allow = std::move(in_force.config.allow);
  args.subjects = std::move(in_force.config.subjects);
  args.classes = settings.List("class");
  args.fail_on = *ParseSeverity(settings.Text("fail-on"));
  args.format = FormatOf(settings);
  args.predictions = *predictions;
  args.list_files = settings.Flag("list-files");
  args.quiet = settings.Flag("quiet");
  args.verbose = settings.Flag("verbose");
  args.colour = ColourOf(settings);
  args.output = settings.Text("output");
  args.key_file = settings.Text("key-file");
  args.baseline = settings.Text("baseline");
  args.write_baseline = settings.Text("write-baseline");
  args.engine.record_shapes = !args.write_baseline.empty();
  args.command = CommandText(low);
  return args;
}

}  // namespace logspill
