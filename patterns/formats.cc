#include <algorithm>
#include <array>

#include "patterns/data_files.h"
#include "patterns/format_examples.h"
#include "patterns/format_layout.h"
#include "patterns/loader.h"
#include "patterns/suggest.h"
#include "patterns/table_reader.h"
#include "scanner/record/time_pattern.h"

namespace logspill {
namespace {

constexpr std::uint32_t kUsualOrder = 50;
constexpr std::uint32_t kLastOrder = 100;

constexpr std::array<const char*, kKeyRoles> kRoleNames = {
    "time", "level", "logger",   "thread", "place",
    "file", "line",  "function", "message"};

struct LoadedFormat {
  LogFormat format;
  std::uint32_t order = kUsualOrder;
};

// Reads one [[format]].
class FormatReader {
 public:
  FormatReader(const toml::table& table, Diagnostics* diagnostics)
      : reader_(&table, "a format", diagnostics), diagnostics_(diagnostics) {}

  LoadedFormat Read(std::vector<FormatExample>* examples);

 private:
  void ReadKind(LogFormat* format);
  void ReadLayouts(LogFormat* format);
  void AddLayout(const LayoutError& error, std::string_view key,
                 FormatLayout layout, LogFormat* format);
  void LimitLevels(LogFormat* format);
  void ReadKeys(LogFormat* format);
  void ReadExamples(const std::string& name,
                    std::vector<FormatExample>* examples);

  TableReader reader_;
  Diagnostics* diagnostics_;
};

LoadedFormat FormatReader::Read(std::vector<FormatExample>* examples) {
  LoadedFormat loaded;
  LogFormat& format = loaded.format;
  format.name = reader_.String("name", Need::kRequired);
  if (!format.name.empty()) reader_.set_what("format " + format.name);
  reader_.String("source");
  loaded.order = reader_.Number("order", kUsualOrder, kLastOrder);
  format.wraps = reader_.Bool("wraps", false);
  format.whole = reader_.Bool("whole", false);
  ReadKind(&format);
  ReadLayouts(&format);
  ReadKeys(&format);
  ReadExamples(format.name, examples);
  reader_.Finish();
  return loaded;
}

void FormatReader::ReadKind(LogFormat* format) {
  const std::string kind = reader_.String("kind");
  if (kind == "json") {
    format->kind = LogFormat::Kind::kJson;
  } else if (kind == "pairs") {
    format->kind = LogFormat::Kind::kPairs;
  } else if (!kind.empty() && kind != "text") {
    reader_.Fail("kind", "unknown kind '" + kind + "'",
                 DidYouMean(kind, {"text", "json", "pairs"}));
  }
}

void FormatReader::AddLayout(const LayoutError& error, std::string_view key,
                             FormatLayout layout, LogFormat* format) {
  if (error.what.empty()) {
    format->layouts.push_back(std::move(layout));
    return;
  }
  reader_.FailInside(key, error.at, error.what, error.hint);
}

void FormatReader::ReadLayouts(LogFormat* format) {
  FormatLayout layout;
  if (const std::string text = reader_.String("layout"); !text.empty()) {
    const LayoutError error = CompileLayout(text, &layout);
    AddLayout(error, "layout", std::move(layout), format);
  }
  const std::vector<std::string> texts = reader_.Strings("layouts");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const LayoutError error = CompileLayout(texts[i], &layout);
    if (error.what.empty()) {
      format->layouts.push_back(layout);
    } else {
      reader_.FailItem(
          "layouts", i,
          error.what + " (byte " + std::to_string(error.at + 1) + ")",
          error.hint);
    }
  }
  const std::string datefmt = reader_.String("datefmt");
  if (const std::string text = reader_.String("python"); !text.empty()) {
    const LayoutError error = CompilePythonFormat(text, datefmt, &layout);
    AddLayout(error, "python", std::move(layout), format);
  }
  if (const std::string text = reader_.String("pattern"); !text.empty()) {
    const LayoutError error = CompilePatternLayout(text, &layout);
    AddLayout(error, "pattern", std::move(layout), format);
  }
  if (const std::string text = reader_.String("then"); !text.empty()) {
    const LayoutError error = CompileLayout(text, &format->then);
    if (!error.what.empty()) reader_.Fail("then", error.what, error.hint);
  }
  const bool says = reader_.Has("layout") || reader_.Has("layouts") ||
                    reader_.Has("python") || reader_.Has("pattern");
  const bool text_kind = format->kind == LogFormat::Kind::kText;
  if (text_kind && !says) {
    reader_.Fail("name", "neither layout nor keys say how records look",
                 "layout, layouts, python or pattern; or kind = \"json\"");
  }
  if (!text_kind && says) {
    reader_.Fail("kind", "a layout and keys exclude each other");
  }
  LimitLevels(format);
}

void FormatReader::LimitLevels(LogFormat* format) {
  const std::vector<std::string> words = reader_.Strings("only_levels");
  for (FormatLayout& layout : format->layouts) {
    for (FormatStep& step : layout) {
      if (step.kind == StepKind::kLevel) step.words = words;
    }
  }
}

void FormatReader::ReadKeys(LogFormat* format) {
  format->required = reader_.Strings("required");
  format->unnamed = reader_.Strings("unnamed");
  format->records = reader_.String("records");
  format->time_pattern = reader_.String("time_pattern");
  if (UnknownTimeCode(format->time_pattern) != std::string::npos) {
    reader_.Fail("time_pattern", "unknown code in a time");
  }
  format->levels = reader_.StringTable("levels");
  const toml::table* keys = reader_.Table("keys");
  if (keys == nullptr) {
    if (format->kind != LogFormat::Kind::kText) {
      reader_.Fail("keys", "the keys are missing",
                   "write [format.keys], and message = [\"msg\"] below");
    }
    return;
  }
  TableReader reader(keys, "the keys of " + format->name, diagnostics_);
  for (std::size_t role = 0; role < kKeyRoles; ++role) {
    for (std::string& key : reader.Strings(kRoleNames[role])) {
      format->keys.emplace_back(std::move(key), static_cast<KeyRole>(role));
    }
  }
  reader.Finish();
}

void FormatReader::ReadExamples(const std::string& name,
                                std::vector<FormatExample>* examples) {
  const toml::array* array = reader_.TableArray("example");
  if (array == nullptr || array->empty()) {
    reader_.Fail("name", "an example is missing",
                 "write [[format.example]], a record and what is read of it");
    return;
  }
  for (const toml::node& node : *array) {
    if (node.as_table() == nullptr) continue;
    examples->push_back(
        ReadFormatExample(*node.as_table(), name, diagnostics_));
  }
}

struct FileFormats {
  std::vector<LoadedFormat> formats;
  std::vector<FormatExample> examples;
};

Result<FileFormats> ReadFile(const LoadedFile& file) {
  FileFormats read;
  Diagnostics diagnostics(file.name, file.text);
  const auto root = ParseToml(file.name, file.text, &diagnostics);
  if (root) {
    ForEachTable(*root, "format", &diagnostics, [&](const toml::table& table) {
      read.formats.push_back(
          FormatReader(table, &diagnostics).Read(&read.examples));
    });
  }
  if (!diagnostics.ok()) return diagnostics.ToError();
  return read;
}

Result<void> Prove(const LoadedFile& file, const FileFormats& read,
                   const LogFormats& formats) {
  Diagnostics diagnostics(file.name, file.text);
  for (const FormatExample& example : read.examples) {
    const std::string what = CheckFormatExample(example, formats);
    if (!what.empty()) {
      diagnostics.Add(example.at, what + " in format " + example.format);
    }
  }
  if (!diagnostics.ok()) return diagnostics.ToError();
  return {};
}

}  // namespace

Result<LogFormats> LoadFormats(const std::vector<std::string>& paths,
                               bool check_built_in) {
  auto files = CollectFiles(true, "formats/", ".toml", paths);
  if (!files) return files.error();
  std::vector<LoadedFormat> all;
  std::vector<FileFormats> by_file;
  for (const LoadedFile& file : *files) {
    Result<FileFormats> read = ReadFile(file);
    if (!read) return read.error();
    for (LoadedFormat& loaded : read->formats) {
      if (!file.built_in) loaded.order = 0;
      all.push_back(std::move(loaded));
    }
    by_file.push_back(std::move(*read));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const LoadedFormat& a, const LoadedFormat& b) {
                     return a.order < b.order;
                   });
  std::vector<LogFormat> formats;
  formats.reserve(all.size());
  for (LoadedFormat& loaded : all) formats.push_back(std::move(loaded.format));
  LogFormats ready(std::move(formats));
  for (std::size_t i = 0; i < files->size(); ++i) {
    if ((*files)[i].built_in && !check_built_in) continue;
    Result<void> proved = Prove((*files)[i], by_file[i], ready);
    if (!proved) return proved.error();
  }
  return ready;
}

}  // namespace logspill
