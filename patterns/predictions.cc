#include "patterns/data_files.h"
#include "patterns/loader.h"
#include "patterns/table_reader.h"

namespace logspill {
namespace {

void ReadKind(const toml::table& table, Diagnostics* diagnostics,
              PredictionWords* words) {
  TableReader reader(&table, "a kind", diagnostics);
  PredictionWords::Kind kind;
  kind.name = reader.String("name", Need::kRequired);
  if (!kind.name.empty()) reader.set_what("kind " + kind.name);
  kind.words = reader.Strings("words", Need::kRequired);
  kind.by_subject = reader.Bool("by_subject", false);
  const std::string severity = reader.String("severity", Need::kRequired);
  if (const auto parsed = ParseSeverity(severity)) {
    kind.severity = *parsed;
  } else if (!severity.empty()) {
    reader.Fail("severity", "unknown severity '" + severity + "'",
                "one of info, low, medium, high, critical");
  }
  reader.Finish();
  words->kinds.push_back(std::move(kind));
}

}  // namespace

Result<PredictionWords> LoadPredictions() {
  auto files = CollectFiles(true, "predictions.toml", ".toml", {});
  if (!files) return files.error();
  PredictionWords words;
  for (const LoadedFile& file : *files) {
    Diagnostics diagnostics(file.name, file.text);
    if (const auto root = ParseToml(file.name, file.text, &diagnostics)) {
      TableReader reader(&*root, "the file", &diagnostics);
      words.barriers = reader.Strings("barriers", Need::kRequired);
      if (const toml::array* kinds = reader.TableArray("kind")) {
        for (const toml::node& node : *kinds) {
          if (node.as_table()) ReadKind(*node.as_table(), &diagnostics, &words);
        }
      }
      reader.Finish();
    }
    if (!diagnostics.ok()) return diagnostics.ToError();
  }
  return words;
}

}  // namespace logspill
