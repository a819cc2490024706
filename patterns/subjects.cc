#include <algorithm>

#include "patterns/data_files.h"
#include "patterns/loader.h"
#include "patterns/suggest.h"
#include "patterns/table_reader.h"

namespace logspill {
namespace {

void ReadSeverity(TableReader* reader, Subject* subject) {
  const std::string name = reader->String("severity");
  if (name.empty()) return;
  if (const auto severity = ParseSeverity(name)) {
    subject->severity = *severity;
    return;
  }
  reader->Fail(
      "severity", "unknown severity '" + name + "'",
      DidYouMean(name, {std::begin(kSeverityNames), std::end(kSeverityNames)}));
}

// Reads one [[subject]] on top of what an earlier file said of it.
void ReadSubject(const toml::table& table, Diagnostics* diagnostics,
                 std::vector<Subject>* subjects) {
  TableReader reader(&table, "a subject", diagnostics);
  const std::string name = reader.String("name", Need::kRequired);
  if (!name.empty()) reader.set_what("subject " + name);
  auto subject = std::find_if(subjects->begin(), subjects->end(),
                              [&](const Subject& s) { return s.name == name; });
  const bool known = subject != subjects->end();
  if (!known) {
    subjects->push_back({});
    subject = std::prev(subjects->end());
    subject->name = name;
  }
  for (std::string& word :
       reader.Strings("words", known ? Need::kOptional : Need::kRequired)) {
    subject->words.push_back(std::move(word));
  }
  if (reader.Has("class")) subject->class_name = reader.String("class");
  ReadSeverity(&reader, &*subject);
  subject->operational = reader.Bool("operational", subject->operational);
  reader.Finish();
}

Result<void> ReadFile(const LoadedFile& file, std::vector<Subject>* subjects) {
  Diagnostics diagnostics(file.name, file.text);
  const auto root = ParseToml(file.name, file.text, &diagnostics);
  if (root) {
    ForEachTable(*root, "subject", &diagnostics, [&](const toml::table& table) {
      ReadSubject(table, &diagnostics, subjects);
    });
  }
  if (!diagnostics.ok()) return diagnostics.ToError();
  return {};
}

}  // namespace

Result<SubjectTable> LoadSubjects(const std::vector<std::string>& paths) {
  auto files = CollectFiles(true, "subjects.toml", ".toml", paths);
  if (!files) return files.error();
  std::vector<Subject> subjects;
  for (const LoadedFile& file : *files) {
    const Result<void> read = ReadFile(file, &subjects);
    if (!read) return read.error();
  }
  return SubjectTable(std::move(subjects));
}

}  // namespace logspill
