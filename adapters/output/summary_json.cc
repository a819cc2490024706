#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "adapters/output/jsonl_sink.h"
#include "adapters/output/text.h"

namespace logspill {
namespace {

// Appends one JSON object; commas are its business.
class Object {
 public:
  explicit Object(std::string* out) : out_(out) { out_->push_back('{'); }
  ~Object() { out_->push_back('}'); }
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  // The value is appended by the caller.
  std::string* Key(std::string_view key) {
    if (out_->back() != '{') out_->push_back(',');
    AppendJsonString(key, out_);
    out_->push_back(':');
    return out_;
  }
  void Text(std::string_view key, std::string_view text) {
    AppendJsonString(text, Key(key));
  }
  void TextOrNull(std::string_view key, std::string_view text) {
    if (text.empty()) {
      Key(key)->append("null");
    } else {
      Text(key, text);
    }
  }
  void Number(std::string_view key, std::uint64_t number) {
    AppendNumber(number, Key(key));
  }
  void Flag(std::string_view key, bool flag) {
    Key(key)->append(flag ? "true" : "false");
  }
  void Time(std::string_view key, std::optional<std::int64_t> time_ms) {
    AppendJsonTime(time_ms, Key(key));
  }

 private:
  std::string* out_;
};

// Appends the items for which `append` returns true as a JSON array.
template <typename Items, typename Append>
void AppendArray(const Items& items, std::string* out, Append append) {
  out->push_back('[');
  const std::size_t first = out->size();
  for (const auto& item : items) {
    const std::size_t before = out->size();
    if (before != first) out->push_back(',');
    if (!append(item)) out->resize(before);
  }
  out->push_back(']');
}

// What classes and rows share.
template <typename Counted>
void AppendCounts(const Counted& counted, Object* object) {
  object->Number("findings", counted.findings);
  object->Number("values", counted.distinct.values);
  object->Flag("values_exact", counted.distinct.exact);
  object->Time("first", counted.first_ms);
  object->Time("last", counted.last_ms);
}

void AppendClasses(const Summary& summary, std::string* out) {
  Object classes(out);
  for (const ClassSummary& counted : summary.classes) {
    Object object(classes.Key(counted.class_name));
    object.Text("severity", Name(counted.severity));
    AppendCounts(counted, &object);
  }
}

void AppendRow(const RowSummary& row, std::string* out) {
  Object object(out);
  if (!row.site_id.empty()) {
    object.Text("id", row.site_id);
    object.Text("root", row.root);
    object.Text("file", row.file);
    object.Number("line", row.site_line);
    object.Number("end_line", std::max(row.site_line, row.site_end_line));
    object.TextOrNull("argument", row.argument);
  }
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
  Object first(object.Key("example"));
  first.Text("input", row.input);
  first.TextOrNull("member", row.member);
  first.Number("line", row.line);
}

void AppendRows(const Summary& summary, bool with_site, std::string* out) {
  AppendArray(summary.rows, out, [&](const RowSummary& row) {
    if (row.site_id.empty() == with_site) return false;
    AppendRow(row, out);
    return true;
  });
}

void AppendEvents(const Coverage& coverage, InputEvent::Kind kind,
                  std::string* out) {
  AppendArray(coverage.events, out, [&](const InputEvent& event) {
    if (event.kind != kind) return false;
    Object object(out);
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
  Object roots(out);
  for (const Coverage::Root& root : coverage.roots) {
    Object object(roots.Key(root.root));
    const auto sampled = static_cast<double>(root.records_sampled);
    const auto matched = static_cast<double>(root.records_matched);
    object.Number("records_sampled", root.records_sampled);
    AppendHundredths(sampled > 0 ? matched / sampled : 0,
                     object.Key("records_matched"));
  }
}

void AppendCoverage(const Coverage& coverage, std::string* out) {
  Object object(out);
  object.Number("inputs", coverage.inputs);
  object.Number("members", coverage.members);
  object.Number("bytes_read", coverage.bytes_read);
  object.Number("bytes_scanned", coverage.bytes_scanned);
  object.Number("records", coverage.records);
  AppendEvents(coverage, InputEvent::Kind::kNotText, object.Key("not_text"));
  if (coverage.outside_times) {
    Object skipped(object.Key("skipped_by_time"));
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

void AppendSummary(const Summary& summary, std::string* out) {
  {
    Object object(out);
    object.Text("type", "summary");
    object.Text("schema", "logspill/1");
    object.Number("findings", summary.findings);
    object.Number("printed", summary.printed);
    object.Number("allowed", summary.allowed);
    object.TextOrNull("worst", summary.worst ? Name(*summary.worst) : "");
    AppendClasses(summary, object.Key("by_class"));
    AppendRows(summary, true, object.Key("by_site"));
    AppendRows(summary, false, object.Key("rows"));
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
