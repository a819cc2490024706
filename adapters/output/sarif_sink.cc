#include "adapters/output/sarif_sink.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "adapters/output/fix_hint.h"
#include "adapters/output/json_object.h"

namespace logspill {
namespace {

constexpr std::string_view kSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json";
constexpr std::string_view kWorkFolder = "WORKDIR";

// A path as the path of a URI (RFC 3986): what it reserves is encoded.
std::string UriPath(std::string_view path) {
  constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";
  std::string uri;
  for (const char c : path) {
    const bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       (c >= '0' && c <= '9');
    if (alnum || kPlain.find(c) != kPlain.npos) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

std::string FolderPath(const std::string& folder) {
  std::string path = std::filesystem::path(folder).lexically_normal().string();
  if (path.empty()) path = ".";
  if (path.back() != '/') path.push_back('/');
  return path;
}

std::string_view LevelOf(Severity severity) {
  if (severity >= Severity::kHigh) return "error";
  return severity == Severity::kMedium ? "warning" : "note";
}

// On the scale of CVSS, which code scanning sorts by.
std::string_view ScoreOf(Severity severity) {
  switch (severity) {
    case Severity::kCritical:
      return "9.5";
    case Severity::kHigh:
      return "8.0";
    case Severity::kMedium:
      return "5.5";
    case Severity::kLow:
      return "3.0";
    case Severity::kInfo:
      break;
  }
  return "0.0";
}

// The rows of one identity class at one call site: its arguments.
struct SiteResult {
  std::vector<const RowSummary*> rows;

  const RowSummary& first() const { return *rows.front(); }
  Severity severity() const {
    Severity most = Severity::kInfo;
    for (const RowSummary* row : rows) most = std::max(most, row->severity);
    return most;
  }
};

std::vector<SiteName> SitesOf(const RowSummary& row) {
  if (row.site_id.empty()) return row.tied;
  SiteName site;
  site.id = row.site_id;
  site.root = row.root;
  site.file = row.file;
  site.line = row.site_line;
  site.end_line = row.site_end_line;
  site.function = row.function;
  return {site};
}

// Stays while lines move and values come and go.
std::string FingerprintOf(const RowSummary& row) {
  std::string text;
  for (const SiteName& site : SitesOf(row)) text += site.id + ":";
  if (text.empty()) {
    text = row.rule + ":" + (row.field.empty() ? row.reason : row.field) + ":";
  }
  return text + row.class_name;
}

// In a message of SARIF braces hold arguments; those of the text are doubled.
std::string MessageText(std::string_view text) {
  std::string doubled;
  for (const char c : text) {
    doubled += c;
    if (c == '{' || c == '}') doubled += c;
  }
  return doubled;
}

class Writer {
 public:
  Writer(const Summary& summary, const SarifOptions& options)
      : summary_(summary), options_(options) {}

  std::string Run();

 private:
  void SelectResults();
  void Bases(JsonObject* run);
  void Driver(JsonObject* run);
  void Rule(std::size_t index);
  void Results(JsonObject* run);
  void Result(const SiteResult& result);
  void Message(const SiteResult& result, JsonObject* object);
  void Places(const SiteResult& result, JsonObject* object);
  void SitePlace(const SiteName& site, JsonObject* location);
  void LogPlace(const RowSummary& row, JsonObject* location);
  void Counts(const SiteResult& result, JsonObject* object);
  void Invocation(JsonObject* run);
  void Text(std::string_view key, std::string_view text, JsonObject* object);
  template <typename Items, typename Append>
  void Array(const Items& items, std::string* out, Append append) {
    AppendJsonArray(items, out, [&](const auto& item) {
      append(item);
      return true;
    });
  }

  const Summary& summary_;
  const SarifOptions& options_;
  std::map<std::string, std::string> base_of_;  // of a root
  std::vector<SiteResult> results_;
  std::vector<std::string> classes_;  // each once, sorted
  std::string out_;
};

void Writer::SelectResults() {
  std::map<std::string, std::size_t> known;
  std::set<std::string> classes;
  for (const RowSummary& row : summary_.rows) {
    const auto& wanted = options_.classes;
    if (row.severity < options_.min_severity) continue;
    if (!wanted.empty() && std::find(wanted.begin(), wanted.end(),
                                     row.class_name) == wanted.end()) {
      continue;
    }
    classes.insert(row.class_name);
    const bool alone = row.site_id.empty() && row.tied.empty();
    const auto [at, is_new] =
        known.try_emplace(FingerprintOf(row), results_.size());
    if (alone || is_new) {
      results_.push_back({{&row}});
    } else {
      results_[at->second].rows.push_back(&row);
    }
  }
  classes_.assign(classes.begin(), classes.end());
}

void Writer::Text(std::string_view key, std::string_view text,
                  JsonObject* object) {
  JsonObject message(object->Key(key));
  message.Text("text", MessageText(text));
}

void Writer::Bases(JsonObject* run) {
  JsonObject bases(run->Key("originalUriBaseIds"));
  {
    JsonObject folder(bases.Key(kWorkFolder));
    folder.Text("uri", "file://" + UriPath(FolderPath(options_.folder)));
  }
  for (const Coverage::Root& root : summary_.coverage.roots) {
    const std::size_t number = base_of_.size() + 1;
    std::string& id = base_of_[root.root];
    id = number == 1 ? "SOURCE" : fmt::format("SOURCE{}", number);
    JsonObject base(bases.Key(id));
    const std::string path = FolderPath(root.root);
    if (path.starts_with('/')) {
      base.Text("uri", "file://" + UriPath(path));
    } else {
      base.Text("uri", UriPath(path));
      base.Text("uriBaseId", kWorkFolder);
    }
  }
}

void Writer::Rule(std::size_t index) {
  const std::string& name = classes_[index];
  Severity severity = Severity::kInfo;
  std::set<std::string> tags;
  for (const SiteResult& result : results_) {
    if (result.first().class_name != name) continue;
    severity = std::max(severity, result.severity());
    for (const RowSummary* row : result.rows) {
      tags.insert(row->tags.begin(), row->tags.end());
    }
  }
  JsonObject rule(&out_);
  rule.Text("id", name);
  Text("shortDescription", name + " in a log", &rule);
  Text("fullDescription",
       fmt::format("Logs hold values of class {}, which were printed by the "
                   "place that a result names.",
                   name),
       &rule);
  Text("help",
       fmt::format("Keep {} out of what is logged: drop the argument that "
                   "prints it, log a keyed hash of it, or shorten it so that "
                   "it no longer tells whose it is. Logs that were written "
                   "before still hold the values.{}",
                   name,
                   severity == Severity::kCritical
                       ? " Revoke them: they are live credentials."
                       : ""),
       &rule);
  {
    JsonObject configuration(rule.Key("defaultConfiguration"));
    configuration.Text("level", LevelOf(severity));
  }
  JsonObject properties(rule.Key("properties"));
  properties.Text("security-severity", ScoreOf(severity));
  tags.insert("security");
  AppendJsonStrings({tags.begin(), tags.end()}, properties.Key("tags"));
}

void Writer::Driver(JsonObject* run) {
  JsonObject tool(run->Key("tool"));
  JsonObject driver(tool.Key("driver"));
  driver.Text("name", "logspill");
  std::vector<std::size_t> indexes(classes_.size());
  for (std::size_t i = 0; i < indexes.size(); ++i) indexes[i] = i;
  Array(indexes, driver.Key("rules"), [this](std::size_t i) { Rule(i); });
}

void Writer::Message(const SiteResult& result, JsonObject* object) {
  std::string text;
  for (const RowSummary* row : result.rows) {
    if (!text.empty()) text += " ";
    const std::string_view argument =
        row->tied.empty() ? row->argument : row->tied.front().argument;
    text += argument.empty() ? "A log holds " : "Argument '";
    if (!argument.empty()) text += std::string(argument) + "' prints ";
    text +=
        fmt::format("{}: {}, {}.", row->class_name, Plural(row->lines, "line"),
                    Plural(row->distinct.values, "distinct value"));
    if (!row->tied.empty()) {
      text += fmt::format(" It is one of {} calls with the same message.",
                          row->tied.size());
    }
    text += " Fix: " + FixHint(*row) + ".";
  }
  Text("message", text, object);
}

void Writer::SitePlace(const SiteName& site, JsonObject* location) {
  JsonObject physical(location->Key("physicalLocation"));
  {
    JsonObject artifact(physical.Key("artifactLocation"));
    artifact.Text("uri", UriPath(site.file));
    const auto base = base_of_.find(site.root);
    if (base != base_of_.end()) artifact.Text("uriBaseId", base->second);
  }
  JsonObject region(physical.Key("region"));
  region.Number("startLine", std::max<std::uint64_t>(site.line, 1));
  region.Number("endLine",
                std::max<std::uint64_t>({site.line, site.end_line, 1}));
}

void Writer::LogPlace(const RowSummary& row, JsonObject* location) {
  JsonObject physical(location->Key("physicalLocation"));
  {
    JsonObject artifact(physical.Key("artifactLocation"));
    if (row.input.starts_with('/')) {
      artifact.Text("uri", "file://" + UriPath(row.input));
    } else {
      artifact.Text("uri", row.input == "-" ? "stdin" : UriPath(row.input));
      artifact.Text("uriBaseId", kWorkFolder);
    }
  }
  JsonObject region(physical.Key("region"));
  region.Number("startLine", std::max<std::uint64_t>(row.line, 1));
}

void Writer::Places(const SiteResult& result, JsonObject* object) {
  const RowSummary& row = result.first();
  const std::vector<SiteName> sites = SitesOf(row);
  const std::vector<int> one(1);
  Array(one, object->Key("locations"), [&](int) {
    JsonObject location(&out_);
    if (sites.empty()) return LogPlace(row, &location);
    SitePlace(sites[0], &location);
    if (sites[0].function.empty()) return;
    Array(one, location.Key("logicalLocations"), [&](int) {
      JsonObject logical(&out_);
      logical.Text("name", sites[0].function);
      logical.Text("kind", "function");
    });
  });
  if (sites.empty()) return;
  std::vector<std::size_t> related(sites.size());  // 0: in the log
  for (std::size_t i = 0; i < related.size(); ++i) related[i] = i;
  Array(related, object->Key("relatedLocations"), [&](std::size_t i) {
    JsonObject location(&out_);
    location.Number("id", i + 1);
    if (i == 0) {
      LogPlace(row, &location);
      const std::string inside =
          row.member.empty() ? "" : " in " + Printable(row.member);
      Text("message", "the first record that holds one" + inside, &location);
    } else {
      SitePlace(sites[i], &location);
      Text("message", "prints the same message", &location);
    }
  });
}

void Writer::Counts(const SiteResult& result, JsonObject* object) {
  JsonObject properties(object->Key("properties"));
  Array(result.rows, properties.Key("seen"), [this](const RowSummary* row) {
    JsonObject seen(&out_);
    const std::string_view argument =
        row->tied.empty() ? row->argument : row->tied.front().argument;
    seen.TextOrNull("argument", argument);
    seen.TextOrNull("field", row->field);
    seen.Text("rule", row->rule);
    seen.Text("kind", row->kind);
    seen.Text("severity", Name(row->severity));
    seen.Text("reason", row->reason);
    seen.Number("findings", row->findings);
    seen.Number("lines", row->lines);
    seen.Number("values", row->distinct.values);
    seen.Flag("values_exact", row->distinct.exact);
    seen.Time("first", row->first_ms);
    seen.Time("last", row->last_ms);
    seen.Text("excerpt", row->example);
  });
}

void Writer::Result(const SiteResult& result) {
  const RowSummary& row = result.first();
  JsonObject object(&out_);
  object.Text("ruleId", row.class_name);
  object.Number(
      "ruleIndex",
      static_cast<std::uint64_t>(
          std::lower_bound(classes_.begin(), classes_.end(), row.class_name) -
          classes_.begin()));
  object.Text("level", LevelOf(result.severity()));
  Message(result, &object);
  Places(result, &object);
  std::uint64_t findings = 0;
  for (const RowSummary* each : result.rows) findings += each->findings;
  // SARIF counts from 1; a row without findings is none.
  object.Number("occurrenceCount", std::max<std::uint64_t>(findings, 1));
  {
    JsonObject fingerprints(object.Key("partialFingerprints"));
    fingerprints.Text("logspillPlace/v1", FingerprintOf(row));
  }
  Counts(result, &object);
}

void Writer::Results(JsonObject* run) {
  Array(results_, run->Key("results"),
        [this](const SiteResult& result) { Result(result); });
}

void Writer::Invocation(JsonObject* run) {
  const std::vector<int> one(1);
  Array(one, run->Key("invocations"), [this](int) {
    JsonObject invocation(&out_);
    const Coverage& coverage = summary_.coverage;
    invocation.Flag("executionSuccessful", coverage.complete());
    std::vector<std::string> gaps;
    for (const InputEvent& event : coverage.events) {
      if (event.kind != InputEvent::Kind::kIncomplete) continue;
      const std::string member = event.member.empty() ? "" : "!" + event.member;
      gaps.push_back(Printable(event.input + member + ": " + event.reason));
    }
    if (coverage.interrupted) gaps.emplace_back("stopped before the end");
    Array(gaps, invocation.Key("toolExecutionNotifications"),
          [this](const std::string& gap) {
            JsonObject notification(&out_);
            notification.Text("level", "error");
            Text("message", gap, &notification);
          });
  });
}

std::string Writer::Run() {
  SelectResults();
  {
    JsonObject log(&out_);
    log.Text("$schema", kSchema);
    log.Text("version", "2.1.0");
    const std::vector<int> one(1);
    Array(one, log.Key("runs"), [this](int) {
      JsonObject run(&out_);
      Driver(&run);
      Invocation(&run);
      Bases(&run);
      run.Text("columnKind", "unicodeCodePoints");
      Results(&run);
    });
  }
  out_.push_back('\n');
  return std::move(out_);
}

}  // namespace

bool SarifSink::OnSummary(const Summary& summary) {
  return out_->Write(SarifText(summary, options_)) && out_->Flush();
}

std::string SarifText(const Summary& summary, const SarifOptions& options) {
  return Writer(summary, options).Run();
}

}  // namespace logspill
