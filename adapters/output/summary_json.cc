#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "adapters/output/fix_hint.h"
#include "adapters/output/json_object.h"
#include "adapters/output/jsonl_sink.h"
#include "adapters/output/text.h"

namespace logspill {
namespace {

// What classes and rows share.
template <typename Counted>
void AppendCounts(const Counted& counted, JsonObject* object) {
  object->Number("findings", counted.findings);
  object->Number("values", counted.distinct.values);
  object->Flag("values_exact", counted.distinct.exact);
  object->Time("first", counted.first_ms);
  object->Time("last", counted.last_ms);
}

void AppendClasses(const Summary& summary, std::string* out) {
  JsonObject classes(out);
  for (const ClassSummary& counted : summary.classes) {
    JsonObject object(classes.Key(counted.class_name));
    object.Text("severity", Name(counted.severity));
    AppendCounts(counted, &object);
  }
}

void AppendSiteName(const SiteName& site, JsonObject* object) {
  object->Text("id", site.id);
  object->Text("root", site.root);
  object->Text("file", site.file);
  object->Number("line", site.line);
  object->Number("end_line", std::max(site.line, site.end_line));
  object->TextOrNull("function", site.function);
  object->TextOrNull("level", site.level);
  object->Text("template", site.message);
  if (site.hole >= 0) {
    object->Number("hole", static_cast<std::uint64_t>(site.hole));
  } else {
    object->Key("hole")->append("null");
  }
  object->TextOrNull("argument", site.argument);
}

SiteName SiteOf(const RowSummary& row) {
  return {row.site_id,       row.root,     row.file,  row.site_line,
          row.site_end_line, row.function, row.level, row.message,
          row.argument,      row.hole};
}

constexpr std::array<std::string_view, 7> kCauses = {"not asked",
                                                     "inside a long record",
                                                     "no message part",
                                                     "no template",
                                                     "header",
                                                     "weak",
                                                     "tie above the limit"};

// Where the values of a row were printed, as far as that is known.
void AppendRowSites(const RowSummary& row, std::string* out,
                    JsonObject* object) {
  if (!row.site_id.empty()) return AppendSiteName(SiteOf(row), object);
  if (!row.tied.empty()) {
    return AppendJsonArray(row.tied, object->Key("tied"),
                           [out](const SiteName& site) {
                             JsonObject each(out);
                             AppendSiteName(site, &each);
                             return true;
                           });
  }
  if (row.cause == NoSite::kNotAsked) return;
  object->Text("no_site", kCauses[static_cast<std::size_t>(row.cause)]);
}

void AppendRow(const RowSummary& row, std::string* out) {
  JsonObject object(out);
  AppendRowSites(row, out, &object);
  object.Text("class", row.class_name);
  object.Text("rule", row.rule);
  object.Text("kind", row.kind);
  if (!row.tags.empty()) AppendJsonStrings(row.tags, object.Key("tags"));
  object.Text("severity", Name(row.severity));
  object.TextOrNull("field", row.field);
  object.Text("reason", row.reason);
  object.Number("lines", row.lines);
  AppendCounts(row, &object);
  object.Text("excerpt", row.example);
  object.Text("fix", FixHint(row));
  JsonObject first(object.Key("example"));
  first.Text("input", row.input);
  first.TextOrNull("member", row.member);
  first.Number("line", row.line);
}

template <typename Wanted>
void AppendRows(const Summary& summary, std::string* out, Wanted wanted) {
  AppendJsonArray(summary.rows, out, [&](const RowSummary& row) {
    if (!wanted(row)) return false;
    AppendRow(row, out);
    return true;
  });
}

bool HasSite(const RowSummary& row) { return !row.site_id.empty(); }
bool IsTied(const RowSummary& row) { return !row.tied.empty(); }
bool HasNoSite(const RowSummary& row) { return !HasSite(row) && !IsTied(row); }

void AppendEvents(const Coverage& coverage, InputEvent::Kind kind,
                  std::string* out) {
  AppendJsonArray(coverage.events, out, [&](const InputEvent& event) {
    if (event.kind != kind) return false;
    JsonObject object(out);
    object.Text("input", event.input);
    object.TextOrNull("member", event.member);
    object.Text("reason", event.reason);
    object.TextOrNull("detail", event.detail);
    object.Number("scanned_bytes", event.scanned_bytes);
    object.Number("skipped_bytes", event.skipped_bytes);
    return true;
  });
}

void AppendRoots(const Coverage& coverage, std::string* out) {
  JsonObject roots(out);
  for (const Coverage::Root& root : coverage.roots) {
    JsonObject object(roots.Key(root.root));
    object.Number("records_sampled", root.records_sampled);
    AppendHundredths(root.matched, object.Key("records_matched"));
    object.Flag("trusted", !root.below_floor());
  }
}

void AppendCoverage(const Coverage& coverage, std::string* out) {
  JsonObject object(out);
  object.Number("inputs", coverage.inputs);
  object.Number("members", coverage.members);
  object.Number("bytes_read", coverage.bytes_read);
  object.Number("bytes_scanned", coverage.bytes_scanned);
  object.Number("records", coverage.records);
  AppendEvents(coverage, InputEvent::Kind::kNotText, object.Key("not_text"));
  if (coverage.outside_times) {
    JsonObject skipped(object.Key("skipped_by_time"));
    skipped.Number("findings", coverage.outside_times->findings);
    skipped.Number("records", coverage.outside_times->records);
  }
  object.Flag("complete", coverage.complete());
  object.Flag("interrupted", coverage.interrupted);
  AppendRoots(coverage, object.Key("sites"));
  AppendEvents(coverage, InputEvent::Kind::kIncomplete,
               object.Key("incomplete"));
  AppendEvents(coverage, InputEvent::Kind::kWarning, object.Key("warnings"));
}

}  // namespace

void AppendPrediction(const Prediction& prediction, std::string* out) {
  {
    JsonObject object(out);
    object.Text("type", "prediction");
    object.Text("schema", "logspill/1");
    object.Text("class", prediction.class_name);
    object.Text("severity", Name(prediction.severity));
    object.Text("language", prediction.language);
    AppendSiteName(prediction.site, &object);
  }
  out->push_back('\n');
}

void AppendSummary(const Summary& summary, std::string* out) {
  {
    JsonObject object(out);
    object.Text("type", "summary");
    object.Text("schema", "logspill/1");
    object.Number("findings", summary.findings);
    object.Number("printed", summary.printed);
    object.Number("allowed", summary.allowed);
    object.TextOrNull("worst", summary.worst ? Name(*summary.worst) : "");
    AppendClasses(summary, object.Key("by_class"));
    AppendRows(summary, object.Key("by_site"), HasSite);
    AppendRows(summary, object.Key("by_tie"), IsTied);
    AppendRows(summary, object.Key("rows"), HasNoSite);
    object.Number("predictions", summary.predictions.size());
    AppendCoverage(summary.coverage, object.Key("coverage"));
    object.Text("rules", summary.rules_digest);
    object.Text("key", summary.key_id);
    object.Flag("key_from_file", summary.key_from_file);
    object.Number("spilled_values", summary.spilled_values);
    fmt::format_to(std::back_inserter(*object.Key("seconds")), "{:.3f}",
                   summary.seconds);
  }
  out->push_back('\n');
}

}  // namespace logspill
