#include "adapters/output/trace_json.h"

#include <fmt/format.h>

#include <array>
#include <unordered_map>

#include "adapters/output/site_json.h"
#include "adapters/output/text.h"

namespace logspill {
namespace {

constexpr std::array<std::string_view, kAttributionResults> kResults = {
    "NONE", "AMBIGUOUS", "HIGH", "EXACT"};
constexpr std::array<std::string_view, kNoneCauses> kCauses = {
    "", "no message part", "no template", "weak", "tie above the limit"};

void AppendCount(std::string_view key, std::uint64_t count, std::string* out) {
  out->append(key);
  AppendNumber(count, out);
}

void AppendText(std::string_view key, std::string_view text, std::string* out) {
  out->append(key);
  AppendJsonString(text, out);
}

class JsonBatch : public TraceSink::Batch {
 public:
  void OnRecord(const TracedRecord& record) override;

  const std::string& text() const { return text_; }
  void Clear() { text_.clear(); }

 private:
  void AppendInput(const TracedRecord& record);
  void AppendHoles(const TracedRecord& record);
  void AppendFrame(const TracedRecord& record);
  const std::string& TextOf(const CallSite& site);

  std::string text_;
  std::string input_;  // as it was last escaped
  std::string member_;
  std::string head_;
  std::unordered_map<const CallSite*, std::string> site_text_;
  std::unordered_map<std::string_view, std::string> argument_text_;
};

const std::string& JsonBatch::TextOf(const CallSite& site) {
  std::string& text = site_text_[&site];
  if (!text.empty()) return text;
  AppendOpenSite(site, &text);
  text.push_back('}');
  return text;
}

void JsonBatch::AppendInput(const TracedRecord& record) {
  if (head_.empty() || record.input != input_ || record.member != member_) {
    input_ = record.input;
    member_ = record.member;
    head_ = R"({"type":"record","input":)";
    AppendJsonString(input_, &head_);
    if (!member_.empty()) AppendText(R"(,"member":)", member_, &head_);
    head_.append(R"(,"line":)");
  }
  text_.append(head_);
}

void JsonBatch::AppendHoles(const TracedRecord& record) {
  text_.append(R"(],"holes":[)");
  std::string_view comma = "{";
  for (const TracedHole& hole : record.holes) {
    text_.append(comma);
    AppendText(R"("argument":)", hole.argument, &text_);
    if (!hole.key.empty()) AppendText(R"(,"key":)", hole.key, &text_);
    AppendCount(R"(,"span":[)", hole.span.begin, &text_);
    AppendCount(",", hole.span.end, &text_);
    text_.append("]}");
    comma = ",{";
  }
  text_.push_back(']');
}

void JsonBatch::AppendFrame(const TracedRecord& record) {
  const StackFrame& frame = *record.frame;
  AppendText(R"(,"frame":{"language":)", frame.language, &text_);
  AppendText(R"(,"file":)", frame.file, &text_);
  AppendCount(R"(,"line":)", frame.line, &text_);
  AppendText(R"(,"function":)", frame.function, &text_);
  if (record.frame_site != nullptr) {
    text_.append(R"(,"site":)").append(TextOf(*record.frame_site));
  }
  text_.push_back('}');
}

void JsonBatch::OnRecord(const TracedRecord& record) {
  AppendInput(record);
  AppendNumber(record.line, &text_);
  if (record.event_line != 0) {
    AppendCount(R"(,"event_line":)", record.event_line, &text_);
  }
  text_.append(R"(,"result":")").append(Name(record.result));
  text_.append(R"(","sites":[)");
  std::string_view comma;
  for (const CallSite* site : record.sites) {
    text_.append(comma).append(TextOf(*site));
    comma = ",";
  }
  AppendHoles(record);
  if (record.sites.empty()) {
    AppendText(R"(,"cause":)", Name(record.cause), &text_);
  }
  if (record.frame != nullptr) AppendFrame(record);
  text_.append("}\n");
}

void AppendResults(const TraceSummary& summary, std::string* out) {
  out->append(R"(,"by_result":)");
  char open = '{';
  for (std::size_t i = 0; i < kAttributionResults; ++i) {
    out->push_back(open);
    AppendJsonString(kResults[i], out);
    AppendCount(":", summary.by_result[i], out);
    open = ',';
  }
  out->append(R"(},"none_by_cause":)");
  open = '{';
  for (std::size_t i = 1; i < kNoneCauses; ++i) {
    out->push_back(open);
    AppendJsonString(kCauses[i], out);
    AppendCount(":", summary.none_by_cause[i], out);
    open = ',';
  }
  out->push_back('}');
}

void AppendRow(const TraceRow& row, std::string* out) {
  AppendCount(R"({"records":)", row.records, out);
  AppendCount(R"(,"events":)", row.events, out);
  AppendCount(R"(,"bytes":)", row.bytes, out);
  out->append(R"(,"sites":[)");
  std::string_view comma;
  for (const CallSite* site : row.sites) {
    out->append(comma);
    AppendOpenSite(*site, out);
    out->push_back('}');
    comma = ",";
  }
  out->append("]}");
}

void AppendEvents(std::string_view key, InputEvent::Kind kind,
                  const Coverage& coverage, std::string* out) {
  out->append(key).push_back('[');
  std::string_view comma;
  for (const InputEvent& event : coverage.events) {
    if (event.kind != kind) continue;
    out->append(comma);
    AppendText(R"({"input":)", event.input, out);
    if (!event.member.empty()) AppendText(R"(,"member":)", event.member, out);
    AppendText(R"(,"reason":)", event.reason, out);
    AppendCount(R"(,"scanned_bytes":)", event.scanned_bytes, out);
    out->push_back('}');
    comma = ",";
  }
  out->push_back(']');
}

void AppendCoverage(const Coverage& coverage, std::string* out) {
  AppendCount(R"(,"coverage":{"inputs":)", coverage.inputs, out);
  AppendCount(R"(,"members":)", coverage.members, out);
  AppendCount(R"(,"bytes_read":)", coverage.bytes_read, out);
  AppendCount(R"(,"bytes_scanned":)", coverage.bytes_scanned, out);
  AppendEvents(R"(,"not_text":)", InputEvent::Kind::kNotText, coverage, out);
  out->append(coverage.complete() ? R"(,"complete":true)"
                                  : R"(,"complete":false)");
  AppendEvents(R"(,"incomplete":)", InputEvent::Kind::kIncomplete, coverage,
               out);
  AppendEvents(R"(,"warnings":)", InputEvent::Kind::kWarning, coverage, out);
  out->append(R"(,"sites":)");
  char open = '{';
  for (const Coverage::Root& root : coverage.roots) {
    out->push_back(open);
    AppendJsonString(root.root, out);
    out->append(R"(:{"records_matched":)");
    AppendHundredths(root.matched, out);
    out->push_back('}');
    open = ',';
  }
  out->append(coverage.roots.empty() ? "{}}" : "}}");
}

}  // namespace

std::string_view Name(NoneCause cause) {
  return kCauses[static_cast<std::size_t>(cause)];
}

std::string_view Name(AttributionResult result) {
  return kResults[static_cast<std::size_t>(result)];
}

std::unique_ptr<TraceSink::Batch> TraceJsonl::NewBatch() {
  return std::make_unique<JsonBatch>();
}

bool TraceJsonl::Commit(Batch* batch) {
  auto* own = static_cast<JsonBatch*>(batch);
  const bool open = own->text().empty() || out_->Write(own->text());
  own->Clear();
  return open;
}

bool TraceJsonl::OnSummary(const TraceSummary& summary) {
  std::string text = R"({"type":"summary","schema":"logspill/1")";
  AppendCount(R"(,"records":)", summary.records, &text);
  AppendCount(R"(,"bytes":)", summary.bytes, &text);
  AppendResults(summary, &text);
  text.append(R"(,"by_site":[)");
  std::string_view comma;
  for (const TraceRow& row : summary.rows) {
    text.append(comma);
    AppendRow(row, &text);
    comma = ",";
  }
  text.push_back(']');
  AppendCoverage(summary.coverage, &text);
  text.append(fmt::format(R"(,"seconds":{:.3f}}})", summary.seconds));
  text.push_back('\n');
  return out_->Write(text) && out_->Flush();
}

}  // namespace logspill
