#include "tests/output/sample.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace logspill {
namespace {

constexpr std::int64_t kEvening = 1'795'381'233'638;  // 2026-11-22T21:00:33.638
constexpr std::int64_t kDay = 86'400'000;

std::unique_ptr<Rule> MakeRule(std::uint32_t index, std::string id,
                               std::string kind) {
  auto rule = std::make_unique<Rule>();
  rule->index = index;
  rule->id = std::move(id);
  rule->kind = std::move(kind);
  return rule;
}

std::unique_ptr<CallSite> MakeSite(std::string id, std::uint32_t line) {
  auto site = std::make_unique<CallSite>();
  site->id = std::move(id);
  site->language = "python";
  site->root = "src/placement";
  site->file = "handlers/util.py";
  site->line = line;
  site->end_line = line + 2;
  site->function = "ensure_consumer";
  site->logger = "placement.handlers.util";
  site->level = "debug";
  site->message.literals = {"ID for consumer ", " was {different}"};
  site->message.holes = {{"consumer.uuid", "%s", ""}};
  return site;
}

Finding MakeFinding(const Rule& rule) {
  Finding finding;
  finding.rule = &rule;
  finding.class_name = "consumer_uuid";
  finding.severity = Severity::kMedium;
  finding.confidence = 0.97;
  finding.reasons = {"word 'consumer' before the value"};
  finding.input = "logs/placement.log.gz";
  finding.line = finding.end_line = 138;
  finding.offset = 41231;
  finding.span_begin = 142;
  finding.span_end = 178;
  finding.time_ms = kEvening;
  finding.fingerprint = "0f3a:9b1c04d2e7a85516c3f0";
  finding.excerpt = "ID for consumer [consumer_uuid] was {different}";
  return finding;
}

void AddFindings(Sample* sample) {
  Finding plain = MakeFinding(*sample->rules[0]);
  plain.attribution = AttributionResult::kHigh;
  plain.sites = {{sample->sites[0].get(), 0}};
  sample->findings.push_back(plain);

  Finding tied = MakeFinding(*sample->rules[0]);
  tied.attribution = AttributionResult::kAmbiguous;
  tied.sites = {{sample->sites[0].get(), 0}, {sample->sites[1].get(), -1}};
  sample->findings.push_back(tied);

  Finding hostile = MakeFinding(*sample->rules[1]);
  hostile.class_name = "email";
  hostile.severity = Severity::kHigh;
  hostile.confidence = 1;
  hostile.input = "a\nb\x1b[31m\xff\"\\.tar";
  hostile.member = "x\ty\xe2\x80\xaez.log";
  hostile.field = "user.mail";
  hostile.time_ms = std::nullopt;
  hostile.end_line = 140;
  hostile.window_context = true;
  hostile.excerpt = "caf\xc3\xa9 \xc2\x9b [email]";
  hostile.attribution = AttributionResult::kNone;
  sample->findings.push_back(hostile);
}

RowSummary MakeRow(std::string class_name, Severity severity) {
  RowSummary row;
  row.class_name = std::move(class_name);
  row.rule = "id.uuid";
  row.kind = "uuid";
  row.severity = severity;
  row.findings = 3334;
  row.lines = 3330;
  row.distinct = {41, true};
  row.first_ms = kEvening;
  row.last_ms = kEvening + kDay;
  row.example = "ID for consumer [consumer_uuid] was {different}";
  row.input = "logs/placement.log.gz";
  row.line = 138;
  return row;
}

void AddRows(Summary* summary) {
  RowSummary mail = MakeRow("email", Severity::kHigh);
  mail.rule = "pii.email";
  mail.kind = "email";
  mail.field = "user.mail";
  mail.reason = "key 'mail' holds the value";
  mail.findings = mail.lines = 1;
  mail.distinct = {1, true};
  mail.last_ms = mail.first_ms;
  mail.example = "{\"user\":{\"mail\":\"[email]\"}}";
  mail.input = "it's\n here.log";
  RowSummary site = MakeRow("consumer_uuid", Severity::kMedium);
  site.site_id = "py:7d31";
  site.root = "src/placement";
  site.file = "handlers/util.py";
  site.site_line = 227;
  site.site_end_line = 229;
  site.argument = "consumer.uuid";
  site.hole = 0;
  site.function = "ensure_consumer";
  site.level = "debug";
  site.message = "ID for consumer {} was {{different}}";
  site.reason = "argument 'consumer.uuid' of the call site";
  RowSummary words = MakeRow("consumer_uuid", Severity::kMedium);
  words.reason = "word 'consumer' before the value";
  words.cause = NoSite::kNoTemplate;
  words.input = "logs/app.tar.gz";
  words.member = "var/log/app.log";
  words.distinct = {5'000'000, false};
  words.first_ms = words.last_ms = std::nullopt;
  RowSummary unknown = MakeRow("uuid", Severity::kLow);
  unknown.findings = 12'300;
  summary->rows = {mail, site, words, unknown};
}

void AddCoverage(Coverage* coverage) {
  coverage->inputs = 3;
  coverage->members = 2;
  coverage->bytes_read = 412'000'000;
  coverage->bytes_scanned = 1'210'000'000;
  coverage->records = 8'123'456;
  coverage->events = {{InputEvent::Kind::kIncomplete, "b.log.gz", "",
                       "truncated", "gzip data ends early", 73'400'320, 0},
                      {InputEvent::Kind::kNotText, "a\x1b.png", "", "not-text",
                       "PNG image", 0, 4096},
                      {InputEvent::Kind::kWarning, "c.zip", "in.log",
                       "trailing-data", "", 10, 4}};
  coverage->roots = {{"src/placement", 200, 0.61}};
}

}  // namespace

Sample MakeSample() {
  Sample sample;
  sample.rules.push_back(MakeRule(0, "id.uuid", "uuid"));
  sample.rules.push_back(MakeRule(1, "pii.email", "email"));
  sample.sites.push_back(MakeSite("py:7d31", 227));
  sample.sites.push_back(MakeSite("py:99aa", 301));
  AddFindings(&sample);
  Summary& summary = sample.summary;
  summary.findings = 18'969;
  summary.printed = 6'669;
  summary.allowed = 7;
  summary.worst = Severity::kHigh;
  summary.classes = {
      {"email", Severity::kHigh, 1, {1, true}, kEvening, kEvening},
      {"consumer_uuid",
       Severity::kMedium,
       6'668,
       {41, true},
       kEvening,
       kEvening + kDay},
      {"uuid",
       Severity::kLow,
       12'300,
       {9'000, false},
       std::nullopt,
       std::nullopt}};
  AddRows(&summary);
  AddCoverage(&summary.coverage);
  Prediction prediction;
  prediction.site = {
      "py:99aa", "src/placement", "handlers/util.py", 301,       303,
      "delete",  "info",          "Gone: {}",         "user.id", 0};
  prediction.language = "python";
  prediction.class_name = "user_id";
  prediction.severity = Severity::kMedium;
  summary.predictions = {prediction};
  summary.rules_digest = "00ff";
  summary.key_id = "0f3a";
  summary.seconds = 1.31;
  return sample;
}

std::string Golden(const std::string& name, const std::string& actual) {
  const std::string path =
      std::string(LOGSPILL_SOURCE_DIR "/tests/output/golden/") + name;
  if (std::getenv("LOGSPILL_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path, std::ios::binary) << actual;
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace logspill
