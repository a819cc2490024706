#include "scanner/match/pattern_set.h"

#include <hs/hs.h>

#include <utility>

namespace logspill {
namespace {

hs_database_t* AsDatabase(void* database) {
  return static_cast<hs_database_t*>(database);
}

}  // namespace

PatternSet::PatternSet(PatternSet&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

PatternSet& PatternSet::operator=(PatternSet&& other) noexcept {
  std::swap(database_, other.database_);
  return *this;
}

PatternSet::~PatternSet() { hs_free_database(AsDatabase(database_)); }

Result<PatternSet> PatternSet::Build(const std::vector<std::string>& patterns,
                                     const std::vector<std::string>& names) {
  PatternSet set;
  if (patterns.empty()) return set;
  std::vector<const char*> texts;
  std::vector<unsigned> ids;
  for (const std::string& pattern : patterns) {
    ids.push_back(static_cast<unsigned>(texts.size()));
    texts.push_back(pattern.c_str());
  }
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_multi(texts.data(), nullptr, ids.data(),
                       static_cast<unsigned>(texts.size()), HS_MODE_BLOCK,
                       nullptr, &database, &error) == HS_SUCCESS) {
    set.database_ = database;
    return set;
  }
  const int bad = error->expression;
  std::string message = bad >= 0 ? names[static_cast<std::size_t>(bad)]
                                 : "a rule without an anchor";
  message += ": cannot be searched without an anchor: ";
  message += error->message;
  message += "; give it 'anchors', literals of which every match holds one";
  hs_free_compile_error(error);
  return Error{message};
}

LiteralSet::Scratch PatternSet::NewScratch() const {
  return LiteralSet::ScratchFor(database_);
}

void PatternSet::Find(std::string_view text, LiteralSet::Scratch* scratch,
                      std::vector<LiteralHit>* hits) const {
  if (database_ != nullptr) LiteralSet::Search(database_, text, scratch, hits);
}

}  // namespace logspill
