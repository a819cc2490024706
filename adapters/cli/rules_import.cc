// `logspill rules import`: rule files of another format made ours.

#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>

#include "adapters/cli/commands.h"
#include "adapters/cli/exit_status.h"
#include "adapters/cli/rules_command.h"
#include "adapters/output/text.h"
#include "patterns/data_files.h"
#include "patterns/gitleaks.h"
#include "patterns/import.h"
#include "patterns/loader.h"
#include "patterns/rule_writer.h"
#include "scanner/match/rule_database.h"

namespace logspill {
namespace {

using NoteKind = ImportNote::Kind;

void Tell(const std::string& line) {
  const std::string text = line + "\n";
  [[maybe_unused]] const ssize_t wrote =
      ::write(STDERR_FILENO, text.data(), text.size());
}

std::string_view Word(NoteKind kind) {
  if (kind == NoteKind::kRefused) return "not taken over: ";
  return kind == NoteKind::kLeftOut ? "left out: " : "";
}

void TellNote(const std::string& file, const ImportNote& note) {
  const std::string rule =
      note.rule.empty() ? "" : fmt::format("rule {}: ", Printable(note.rule));
  Tell(fmt::format("{}:{}:{}: {}{}{}", Printable(file), note.at.line,
                   note.at.column, rule, Word(note.kind),
                   Printable(note.what)));
}

// Leaves out what the engine itself cannot take.
void CheckInEngine(Imported* imported) {
  std::erase_if(imported->rules, [&](const Rule& rule) {
    const RuleSet alone = SetOf({rule});
    const auto database = RuleDatabase::Compile(&alone, {});
    if (database) return false;
    imported->notes.push_back(
        {NoteKind::kRefused, {}, rule.id, database.error().message});
    return true;
  });
}

std::string PackOf(const std::string& file, const Imported& imported) {
  std::string text = fmt::format(
      "# Imported from {}, {} of {} rules.  What could not be taken over was "
      "told\n# by `logspill rules import`.  Each example below was made from "
      "the pattern;\n# put one of yours beside it.\n",
      file, imported.rules.size(), imported.seen);
  for (const Rule& rule : imported.rules) text += "\n" + RuleText(rule);
  return text;
}

int CountKind(const Imported& imported, NoteKind kind) {
  return static_cast<int>(
      std::count_if(imported.notes.begin(), imported.notes.end(),
                    [&](const ImportNote& note) { return note.kind == kind; }));
}

void TellSummary(const Imported& imported, const std::string& allow_file) {
  Tell(fmt::format("logspill: {} of {} taken over; {} not, {} above",
                   imported.rules.size(), Plural(imported.seen, "rule"),
                   CountKind(imported, NoteKind::kRefused),
                   Plural(imported.notes.size(), "note")));
  if (imported.allow.empty()) return;
  if (!allow_file.empty()) {
    Tell(fmt::format(
        "logspill: {} of [[allow]] in {}, to be put into "
        "logspill.toml",
        Plural(imported.allow.size(), "table"), Printable(allow_file)));
  } else {
    Tell(
        fmt::format("logspill: its allowlists make {} of [[allow]] for "
                    "logspill.toml; --allow FILE writes them",
                    Plural(imported.allow.size(), "table")));
  }
}

Result<void> WriteFile(const std::string& path, bool force,
                       const std::string& text) {
  auto out = OpenNew(path, force);
  if (!out) return out.error();
  out->Write(text);
  return out->Commit();
}

// Two of `files` that are one; empty names and "-" are none.
Result<void> NoFileTwice(const std::vector<std::string>& files) {
  namespace fs = std::filesystem;
  for (auto a = files.begin(); a != files.end(); ++a) {
    if (a->empty() || *a == "-") continue;
    for (auto b = files.begin(); b != a; ++b) {
      std::error_code error;
      if (*b == *a || fs::equivalent(*a, *b, error)) {
        return Error{
            fmt::format("{}: is to be read or written twice; name "
                        "another file",
                        Printable(*a))};
      }
    }
  }
  return {};
}

}  // namespace

Result<OutputStream> OpenNew(const std::string& path, bool force) {
  const bool is_file = !path.empty() && path != "-";
  if (is_file && !force && ::access(path.c_str(), F_OK) == 0) {
    return Error{
        fmt::format("{}: exists; --force overwrites it", Printable(path))};
  }
  return OpenOutput(path);
}

void DeclareImport(CLI::App* rules, LowArgs* low) {
  CLI::App* action = rules->add_subcommand(
      "import", "make a pack of a rule file in the gitleaks TOML format");
  action->callback([low] { low->action = "import"; });
  DeclareOptions(action, low, {"output", "config"});
  DeclareOperands(action, low, "FILE", "the rule file", 1, 1);
  action->add_flag_callback(
      "--force", [low] { low->own["force"] = "true"; },
      "overwrite the files of --output and --allow");
  action
      ->add_option_function<std::string>(
          "--allow",
          [low](const std::string& path) { low->own["allow"] = path; },
          "write its allowlists to FILE, as [[allow]] of logspill.toml")
      ->type_name("FILE");
}

int ImportRulesFrom(const LowArgs& low, const Settings& settings) {
  const std::string& file = low.operands.front();
  const auto allow = low.own.find("allow");
  const std::string allow_file = allow == low.own.end() ? "" : allow->second;
  const auto once = NoFileTwice({file, settings.Text("output"), allow_file});
  if (!once) return Complain(once.error(), kExitWrongUse);
  auto text = ReadWholeFile(file);
  if (!text) return Complain(text.error(), kExitWrongUse);
  auto foreign = ReadGitleaks(file, *text);
  if (!foreign) return Complain(foreign.error(), kExitWrongUse);
  if (foreign->rules.empty()) {
    return Complain(
        Error{fmt::format("{}: no [[rules]] in it", Printable(file))},
        kExitWrongUse);
  }
  Imported imported = ImportRules(file, *foreign);
  CheckInEngine(&imported);
  const std::string pack = PackOf(file, imported);
  const auto parsed = ParsePack("the new pack", pack);
  if (!parsed) return Complain(parsed.error(), kExitWrongUse);
  const bool force = low.own.count("force") != 0;
  auto out = OpenNew(settings.Text("output"), force);
  if (!out) return Complain(out.error(), kExitWrongUse);
  if (!allow_file.empty()) {
    std::string entries;
    for (const AllowEntry& entry : imported.allow) {
      entries += (entries.empty() ? "" : "\n") + AllowText(entry);
    }
    auto wrote = WriteFile(allow_file, force, entries);
    if (!wrote) return Complain(wrote.error(), kExitWrongUse);
  }
  for (const ImportNote& note : imported.notes) TellNote(file, note);
  TellSummary(imported, allow_file);
  if (imported.rules.empty()) return kExitWrongUse;
  out->Write(pack);
  const int status = Finish(&*out);
  if (status != kExitClean) return status;
  return imported.rules.size() < imported.seen ? kExitIncomplete : kExitClean;
}

}  // namespace logspill
