#include "patterns/format_examples.h"

#include <algorithm>

#include "scanner/record/record_header.h"

namespace logspill {
namespace {

constexpr int kYear = 2021;  // of examples that print none

constexpr const char* kTexts[] = {"time", "level",    "logger", "thread",
                                  "file", "function", "message"};

std::string TextOf(const std::string& field, const RecordHeader& header,
                   std::string_view record) {
  if (field == "time") {
    return header.time_ms ? FormatTime(*header.time_ms) : "";
  }
  if (field == "level") return std::string(header.level);
  if (field == "logger") return std::string(header.logger);
  if (field == "thread") return std::string(header.thread);
  if (field == "file") return std::string(header.place.file);
  if (field == "line") return std::to_string(header.place.line);
  if (field == "function") return std::string(header.place.function);
  if (field == "continues") return header.continues ? "true" : "false";
  const std::size_t end =
      std::min<std::size_t>(header.message_end, record.size());
  return std::string(
      record.substr(header.message_begin, end - header.message_begin));
}

std::string Differs(const std::string& field, const std::string& read,
                    const std::string& expected) {
  if (read == expected) return {};
  return field + " is read as '" + read + "', not as '" + expected + "'";
}

}  // namespace

FormatExample ReadFormatExample(const toml::table& table,
                                const std::string& format,
                                Diagnostics* diagnostics) {
  TableReader reader(&table, "an example of " + format, diagnostics);
  FormatExample example;
  example.at = PositionOf(table);
  example.format = format;
  example.record = reader.String("record", Need::kRequired);
  for (const char* field : kTexts) {
    std::string text = reader.String(field);
    if (!text.empty()) example.expected.emplace_back(field, std::move(text));
  }
  constexpr std::uint32_t kMostLine = 10'000'000;
  const std::uint32_t line = reader.Number("line", 0, kMostLine);
  if (line != 0) example.expected.emplace_back("line", std::to_string(line));
  if (reader.Bool("continues", false)) {
    example.expected.emplace_back("continues", "true");
  }
  example.fields = reader.StringTable("fields");
  reader.Finish();
  if (example.expected.empty()) {
    diagnostics->Add(example.at, "an example of " + format +
                                     " does not say what is to be read");
  }
  return example;
}

std::string CheckFormatExample(const FormatExample& example,
                               const LogFormats& formats) {
  HeaderReader reader(kYear, &formats);
  std::string_view record = example.record;
  for (std::size_t newline = record.find('\n');
       newline != std::string_view::npos; newline = record.find('\n')) {
    reader.Read(record.substr(0, newline));
    record.remove_prefix(newline + 1);
  }
  const RecordHeader header = reader.Read(record);
  if (header.format.empty()) return "the format does not fit";
  for (const auto& [field, expected] : example.expected) {
    std::string what = Differs(field, TextOf(field, header, record), expected);
    if (!what.empty()) {
      return what + " (by format " + std::string(header.format) + ")";
    }
  }
  for (const auto& [key, expected] : example.fields) {
    const auto* found = std::find_if(
        header.fields.data(), header.fields.data() + header.fields.size(),
        [&key = key](const RecordField& field) { return field.key == key; });
    if (found == header.fields.data() + header.fields.size()) {
      return "field '" + key + "' is not read";
    }
    std::string what = Differs("field '" + key + "'",
                               std::string(found->value.Of(record)), expected);
    if (!what.empty()) return what;
  }
  return {};
}

}  // namespace logspill
