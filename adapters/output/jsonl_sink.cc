#include "adapters/output/jsonl_sink.h"

#include <algorithm>
#include <array>

#include "adapters/output/site_json.h"
#include "adapters/output/text.h"

namespace logspill {
namespace {

constexpr std::string_view kFinding =
    R"({"type":"finding","schema":"logspill/1","rule":)";

constexpr std::array<std::string_view, 4> kResults = {"NONE", "AMBIGUOUS",
                                                      "HIGH", "EXACT"};

void AppendField(std::string_view key_text, std::uint64_t number,
                 std::string* out) {
  out->append(key_text);
  AppendNumber(number, out);
}

void AppendField(std::string_view key_text, std::string_view text,
                 std::string* out) {
  out->append(key_text);
  AppendJsonString(text, out);
}

// Empty stands for "there is none".
void AppendNullable(std::string_view key_text, std::string_view text,
                    std::string* out) {
  out->append(key_text);
  if (text.empty()) {
    out->append("null");
  } else {
    AppendJsonString(text, out);
  }
}

std::string RuleText(const Rule& rule) {
  std::string text(kFinding);
  AppendJsonString(rule.id, &text);
  AppendField(R"(,"kind":)", rule.kind, &text);
  if (!rule.tags.empty()) {
    text.append(R"(,"tags":)");
    AppendJsonStrings(rule.tags, &text);
  }
  text.append(R"(,"class":)");
  return text;
}

}  // namespace

bool JsonlSink::OnFinding(const Finding& finding) {
  line_.clear();
  AppendHead(finding);
  AppendReasons(finding);
  AppendPlace(finding);
  AppendField(R"(,"fingerprint":)", finding.fingerprint, &line_);
  AppendField(R"(,"excerpt":)", finding.excerpt, &line_);
  if (!finding.revealed.empty()) {
    AppendField(R"(,"value":)", finding.revealed, &line_);
  }
  if (finding.window_context) line_.append(R"(,"context":"window")");
  if (finding.attribution) AppendAttribution(finding);
  line_.push_back('}');
  return WriteLine();
}

void JsonlSink::AppendHead(const Finding& finding) {
  const Rule& rule = *finding.rule;
  if (rule_text_.size() <= rule.index) rule_text_.resize(rule.index + 1);
  std::string& cached = rule_text_[rule.index];
  if (cached.empty()) cached = RuleText(rule);
  line_.append(cached);
  AppendJsonString(finding.class_name, &line_);
  line_.append(R"(,"severity":")");
  line_.append(Name(finding.severity));
  line_.append(R"(","confidence":)");
  AppendHundredths(finding.confidence, &line_);
}

void JsonlSink::AppendReasons(const Finding& finding) {
  line_.append(R"(,"reasons":)");
  AppendJsonStrings(finding.reasons, &line_);
}

void JsonlSink::AppendPlace(const Finding& finding) {
  if (input_text_.empty() || finding.input != input_name_) {
    input_name_ = finding.input;
    input_text_ = R"(,"input":)";
    AppendJsonString(input_name_, &input_text_);
  }
  line_.append(input_text_);
  AppendNullable(R"(,"member":)", finding.member ? *finding.member : "",
                 &line_);
  AppendField(R"(,"line":)", finding.line, &line_);
  if (finding.end_line > finding.line) {
    AppendField(R"(,"end_line":)", finding.end_line, &line_);
  }
  AppendField(R"(,"offset":)", finding.offset, &line_);
  AppendField(R"(,"span":[)", finding.span_begin, &line_);
  AppendField(",", finding.span_end, &line_);
  AppendNullable(R"(],"field":)", finding.field, &line_);
  line_.append(R"(,"time":)");
  AppendJsonTime(finding.time_ms, &line_);
}

void JsonlSink::AppendAttribution(const Finding& finding) {
  line_.append(R"(,"attribution":{"result":")");
  line_.append(kResults[static_cast<std::size_t>(*finding.attribution)]);
  line_.append(R"(","sites":[)");
  std::string_view comma;
  for (const FindingSite& site : finding.sites) {
    line_.append(comma);
    AppendSite(site);
    comma = ",";
  }
  line_.append("]}");
}

void JsonlSink::AppendSite(const FindingSite& site) {
  line_.append(SiteText(*site.site));
  if (site.site->HoleAt(site.hole) == nullptr) {
    line_.append(R"(,"hole":null,"argument":null})");
    return;
  }
  AppendField(R"(,"hole":)", static_cast<std::uint64_t>(site.hole), &line_);
  AppendField(R"(,"argument":)", site.site->ArgumentOf(site.hole), &line_);
  line_.push_back('}');
}

// All of a site but its hole, without the closing brace.
const std::string& JsonlSink::SiteText(const CallSite& site) {
  std::string& text = site_text_[&site];
  if (!text.empty()) return text;
  AppendOpenSite(site, &text);
  return text;
}

bool JsonlSink::OnAmendment(const Amendment& amendment) {
  line_.clear();
  AppendField(R"({"type":"identity","schema":"logspill/1","fingerprint":)",
              amendment.fingerprint, &line_);
  AppendField(R"(,"class":)", amendment.class_name, &line_);
  AppendField(R"(,"severity":)", Name(amendment.severity), &line_);
  AppendField(R"(,"reason":)", amendment.reason, &line_);
  line_.push_back('}');
  return WriteLine();
}

bool JsonlSink::OnSummary(const Summary& summary) {
  line_.clear();
  const auto& predictions = summary.predictions;
  const std::size_t shown = std::min(predictions.size(), predictions_);
  for (std::size_t i = 0; i < shown; ++i) {
    AppendPrediction(predictions[i], &line_);
  }
  AppendSummary(summary, &line_);
  return out_->Write(line_) && out_->Flush();
}

bool JsonlSink::WriteLine() {
  line_.push_back('\n');
  if (!out_->Write(line_)) return false;
  return prompt_ || out_->is_terminal() ? out_->Flush() : true;
}

}  // namespace logspill
