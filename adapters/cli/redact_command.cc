// `logspill redact`: a log in, the same log without its values out.

#include <fcntl.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

#include "adapters/cli/commands.h"
#include "adapters/cli/engine_parts.h"
#include "adapters/cli/exit_status.h"
#include "adapters/cli/own_files.h"
#include "adapters/cli/redact_args.h"
#include "adapters/cli/redact_report.h"
#include "adapters/cli/signals.h"
#include "adapters/output/file_attributes.h"
#include "adapters/output/redacted_log.h"
#include "adapters/output/text.h"
#include "scanner/redactor.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string_view> kOptions = {
    "policy",    "key-file",      "old-key-file",
    "in-place",  "output",        "verify",
    "flush",     "report",        "include",
    "exclude",   "archive-depth", "max-expanded",
    "bomb-size", "bomb-ratio",    "max-decoder-memory",
    "rules",     "enable",        "disable",
    "tag",       "decode",        "config",
    "threads",   "quiet",         "verbose"};

void Declare(CLI::App* app, LowArgs* low) {
  DeclareOptions(app, low, kOptions);
  app->add_option_function<std::string>(
         "--min-severity",
         [low](const std::string& value) {
           low->options["min-severity"] = {value};
         },
         "values below it stay, unless logspill.toml names them")
      ->type_name("SEVERITY")
      ->default_str("low")
      ->group("Redaction");
  DeclareOperands(app, low, "PATH",
                  "files, folders, archives; without: standard input", 0,
                  kAnyNumber);
}

// Everything that redacts, made before the first byte is read.
struct RedactEngine {
  std::unique_ptr<EngineParts> parts;
  std::optional<PolicyTable> policies;
  std::vector<std::string> old_key_ids;
};

Result<RedactEngine> MakeEngine(const RedactArgs& args) {
  auto parts = MakeEngineParts(args.scan);
  if (!parts) return parts.error();
  RedactEngine engine;
  engine.parts = std::move(*parts);
  auto policies = PolicyTable::Create(args.policies, engine.parts->rules,
                                      *engine.parts->classifier);
  if (!policies) return policies.error();
  engine.policies.emplace(std::move(*policies));
  for (const std::string& path : args.old_key_files) {
    auto key = Key::FromFile(path);
    if (!key) return key.error();
    engine.old_key_ids.push_back(key->id());
  }
  return engine;
}

class RedactRun {
 public:
  RedactRun(const RedactArgs& args, const RedactEngine& engine,
            StopOnSignal* stop);

  int Run(InputQueue* queue);

 private:
  static RedactParts PartsOf(const RedactArgs& args,
                             const RedactEngine& engine);
  static RedactOptions OptionsOf(const RedactArgs& args);
  Result<void> RunInput(Input* input, RedactedLog::Form form, OutputStream* out,
                        RedactTotals* totals);
  bool ToOne(InputQueue* queue);
  void ToFiles(InputQueue* queue);
  void ToFile(Input* input, const std::string& path);
  void InPlace(Input* input);
  void TakeEvents(std::vector<InputEvent> events, bool left);
  void Problem(const std::string& what);
  void NoteTotals(const std::string& name, const RedactTotals& totals);
  Result<void> WriteReport();
  std::string PathIn(const std::string& folder, const std::string& name) const;

  const RedactArgs& args_;
  const RedactEngine& engine_;
  StopOnSignal* stop_;
  Redactor redactor_;
  RedactReport report_;
  bool damaged_ = false;  // the input at hand is not whole
  std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
};

RedactParts RedactRun::PartsOf(const RedactArgs& args,
                               const RedactEngine& engine) {
  RedactParts parts;
  parts.rules = &*engine.parts->database;
  parts.classifier = &*engine.parts->classifier;
  parts.policies = &*engine.policies;
  parts.key = &*engine.parts->key;
  parts.decode_base64 = args.scan.engine.decode_base64;
  parts.verify_all = args.verify;
  parts.count_tokens = !args.old_key_files.empty();
  return parts;
}

RedactOptions RedactRun::OptionsOf(const RedactArgs& args) {
  RedactOptions options;
  options.threads = args.scan.engine.threads;
  options.live = args.flush_lines;
  return options;
}

RedactRun::RedactRun(const RedactArgs& args, const RedactEngine& engine,
                     StopOnSignal* stop)
    : args_(args),
      engine_(engine),
      stop_(stop),
      redactor_(PartsOf(args, engine), OptionsOf(args)) {
  report_.policy = Name(args.policies.otherwise.action);
  report_.key_id = engine.parts->key->id();
  report_.key_from_file = engine.parts->key->from_file();
  report_.old_key_ids = engine.old_key_ids;
  report_.rules_digest = engine.parts->rules.digest;
  report_.verified_all = args.verify;
}

void RedactRun::Problem(const std::string& what) {
  report_.complete = false;
  report_.problems.push_back(what);
  Complain(Error{what + "; exit status 3"}, 0);
}

// `left`: what is no text stays where it is, so that nothing is lost.
void RedactRun::TakeEvents(std::vector<InputEvent> events, bool left) {
  for (const InputEvent& event : events) {
    const std::string name =
        event.member.empty() ? event.input : event.input + "!" + event.member;
    const std::string what =
        fmt::format("{}: {}{}", Printable(name), event.reason,
                    event.detail.empty() ? "" : ", " + Printable(event.detail));
    if (event.kind == InputEvent::Kind::kIncomplete ||
        (event.kind == InputEvent::Kind::kNotText && !left)) {
      damaged_ = true;
      Problem(what);
    } else {
      spdlog::info("{}", what);
    }
  }
}

void RedactRun::NoteTotals(const std::string& name,
                           const RedactTotals& totals) {
  ++report_.inputs;
  report_.totals.Add(totals);
  for (const WithheldRecord& record : totals.first_withheld) {
    const std::string& member = record.member;
    Problem(fmt::format("{}{}:{}: record withheld: {}", Printable(name),
                        member.empty() ? "" : "!" + Printable(member),
                        record.line, record.reason));
  }
  const std::uint64_t more = totals.withheld - totals.first_withheld.size();
  if (more != 0) {
    Problem(fmt::format("{}: {} more withheld", Printable(name),
                        Plural(more, "record")));
  }
}

// Redacts one input into `out`; an Error says why what was written is not to be
// used.
Result<void> RedactRun::RunInput(Input* input, RedactedLog::Form form,
                                 OutputStream* out, RedactTotals* totals) {
  damaged_ = false;
  RedactedLog log(out, form, args_.flush_lines);
  *totals = redactor_.Run(*input, log);
  log.Finish();
  TakeEvents(input->TakeEvents(), form == RedactedLog::Form::kAsRead);
  if (!log.error().empty()) return Error{log.error()};
  if (!out->error().empty()) return Error{out->error()};
  return {};
}

// All inputs one behind the other; false where the output takes no more.
bool RedactRun::ToOne(InputQueue* queue) {
  auto out = OpenOutput(args_.scan.output);
  if (!out) {
    Problem(out.error().message);
    return false;
  }
  stop_->RemoveAtOnce(out->temporary());
  // One file is written as it was read; standard output gets plain text.
  const bool file = !out->temporary().empty();
  const auto form =
      file ? RedactedLog::Form::kAsRead : RedactedLog::Form::kPlain;
  bool failed = false;
  while (const auto input = failed ? nullptr : queue->Next()) {
    TakeEvents(queue->TakeEvents(), false);
    RedactTotals totals;
    auto done = RunInput(input.get(), form, &*out, &totals);
    NoteTotals(input->name(), totals);
    if (!done) {
      failed = true;
      Problem(fmt::format("{}: {}", Printable(input->name()),
                          done.error().message));
    }
    failed = failed || totals.stopped;
  }
  TakeEvents(queue->TakeEvents(), false);
  if (failed && file) return false;
  auto committed = out->Commit();
  if (!committed) {
    Problem(committed.error().message);
    return false;
  }
  if (file) ++report_.written;
  return !out->closed();
}

void RedactRun::ToFiles(InputQueue* queue) {
  while (const auto input = queue->Next()) {
    TakeEvents(queue->TakeEvents(), args_.in_place);
    if (args_.in_place) {
      InPlace(input.get());
    } else {
      ToFile(input.get(), PathIn(args_.output_folder, input->name()));
    }
  }
  TakeEvents(queue->TakeEvents(), args_.in_place);
}

// Where an input stands below the output's folder: as it does below the path
// that the user gave.
std::string RedactRun::PathIn(const std::string& folder,
                              const std::string& name) const {
  for (const std::string& given : args_.scan.paths) {
    if (name == given) return folder + "/" + fs::path(name).filename().string();
    const std::string root = given.ends_with('/') ? given : given + "/";
    if (name.starts_with(root)) return folder + "/" + name.substr(root.size());
  }
  return folder + "/" + fs::path(name).filename().string();
}

void RedactRun::ToFile(Input* input, const std::string& path) {
  std::error_code error;
  fs::create_directories(fs::path(path).parent_path(), error);
  auto out = OutputStream::ToFile(path);
  if (!out) return Problem(out.error().message);
  stop_->RemoveAtOnce(out->temporary());
  RedactTotals totals;
  auto done = RunInput(input, RedactedLog::Form::kAsRead, &*out, &totals);
  NoteTotals(input->name(), totals);
  if (!done) {
    return Problem(fmt::format("{}: {}; it was not written",
                               Printable(input->name()), done.error().message));
  }
  auto committed = out->Commit();
  if (!committed) return Problem(committed.error().message);
  ++report_.written;
}

bool IsSame(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino &&
         a.st_size == b.st_size && a.st_mtim.tv_sec == b.st_mtim.tv_sec &&
         a.st_mtim.tv_nsec == b.st_mtim.tv_nsec;
}

// The new file takes the old one's place in one step, or not at all.
void RedactRun::InPlace(Input* input) {
  const std::string& name = input->name();
  const auto left = [&](const std::string& why) {
    Problem(fmt::format("{}: {}; it was left as it was", Printable(name), why));
  };
  struct stat old {};
  if (::stat(name.c_str(), &old) != 0) {
    return left(std::generic_category().message(errno));
  }
  auto replaceable = CheckReplaceable(old);
  if (!replaceable) return left(replaceable.error().message);
  auto out = OutputStream::ToFile(name);
  if (!out) return left(out.error().message);
  stop_->RemoveAtOnce(out->temporary());
  RedactTotals totals;
  auto done = RunInput(input, RedactedLog::Form::kAsRead, &*out, &totals);
  if (!done) return left(done.error().message);
  if (damaged_) return left("it could not be read as a whole");
  NoteTotals(name, totals);
  if (totals.changed == 0 && totals.withheld == 0) {
    ++report_.unchanged;
    return;
  }
  struct stat now {};
  if (::stat(name.c_str(), &now) != 0 || !IsSame(old, now)) {
    return left("it was written to meanwhile");
  }
  if (!out->Flush()) return left(out->error());
  auto kept = KeepAttributes(name, old, out->fd());
  if (!kept) return left(kept.error().message);
  const std::string target = out->name();
  auto committed = out->Commit();
  if (!committed) return left(committed.error().message);
  SyncFolder(target);
  ++report_.written;
}

Result<void> RedactRun::WriteReport() {
  if (args_.report.empty()) return {};
  auto out = OpenOutput(args_.report);
  if (!out) return out.error();
  out->Write(RedactReportJson(report_, engine_.parts->rules));
  return out->Commit();
}

int RedactRun::Run(InputQueue* queue) {
  bool open = true;
  if (args_.in_place || !args_.output_folder.empty()) {
    ToFiles(queue);
  } else {
    open = ToOne(queue);
  }
  report_.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start_)
          .count();
  auto reported = WriteReport();
  if (!reported) Problem(reported.error().message);
  const bool watched = ::isatty(STDERR_FILENO) == 1 || args_.scan.verbose;
  if (open && watched && !args_.scan.quiet) {
    Complain(Error{RedactReportLine(report_)}, 0);
  }
  return report_.complete ? kExitClean : kExitIncomplete;
}

bool Pseudonymises(const PolicySettings& settings) {
  const auto any = [](const std::vector<PolicyEntry>& entries) {
    return std::any_of(entries.begin(), entries.end(), [](const auto& entry) {
      return entry.policy.action == Action::kPseudonym;
    });
  };
  return settings.otherwise.action == Action::kPseudonym ||
         any(settings.rules) || any(settings.classes) || any(settings.kinds);
}

int Redact(RedactArgs args) {
  StopOnSignal stop;
  auto engine = MakeEngine(args);
  if (!engine) return Complain(engine.error(), kExitWrongUse);
  if (Pseudonymises(args.policies) && args.scan.key_file.empty() &&
      !args.scan.quiet) {
    Complain(Error{"without --key-file the key of the pseudonyms is random: no "
                   "other run gives a value the same token"},
             0);
  }
  WalkCounts counts;
  auto queue = OpenInputs(args.scan.paths, args.scan.input, &counts);
  return RedactRun(args, *engine, &stop).Run(queue.get());
}

int Run(const LowArgs& low) {
  auto in_force = Resolve(low);
  if (!in_force) return Complain(in_force.error(), kExitWrongUse);
  auto args = MakeRedactArgs(low, std::move(*in_force));
  if (!args) return Complain(args.error(), kExitWrongUse);
  StartLogging(args->scan.verbose);
  return Redact(std::move(*args));
}

}  // namespace

const Command kRedactCommand = {
    "redact", "write logs again, with what they give away replaced", Declare,
    Run};

}  // namespace logspill
