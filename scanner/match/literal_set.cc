#include "scanner/match/literal_set.h"

#include <hs/hs.h>

#include <utility>

namespace logspill {
namespace {

int OnMatch(unsigned id, unsigned long long /*from*/, unsigned long long to,
            unsigned /*flags*/, void* context) {
  static_cast<std::vector<LiteralHit>*>(context)->push_back(
      {id, static_cast<std::uint32_t>(to)});
  return 0;
}

hs_database_t* AsDatabase(void* database) {
  return static_cast<hs_database_t*>(database);
}

// nullptr where the bytes are of another machine or library, or damaged.
hs_database_t* Deserialize(std::string_view bytes) {
  hs_database_t* database = nullptr;
  if (bytes.empty() || hs_deserialize_database(bytes.data(), bytes.size(),
                                               &database) != HS_SUCCESS) {
    return nullptr;
  }
  return database;
}

Result<hs_database_t*> CompileLiterals(const std::vector<Literal>& literals) {
  std::vector<const char*> texts;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    texts.push_back(literals[i].text.data());
    sizes.push_back(literals[i].text.size());
    flags.push_back(literals[i].caseless ? HS_FLAG_CASELESS : 0);
    ids.push_back(static_cast<unsigned>(i));
  }
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  const hs_error_t status =
      hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), sizes.data(),
                           static_cast<unsigned>(literals.size()),
                           HS_MODE_BLOCK, nullptr, &database, &error);
  if (status == HS_SUCCESS) return database;
  std::string message = "cannot compile the literals: ";
  message += error != nullptr ? error->message : "out of memory";
  hs_free_compile_error(error);
  return Error{message};
}

}  // namespace

LiteralSet::Scratch::Scratch(Scratch&& other) noexcept
    : scratch_(std::exchange(other.scratch_, nullptr)) {}

LiteralSet::Scratch& LiteralSet::Scratch::operator=(Scratch&& other) noexcept {
  std::swap(scratch_, other.scratch_);
  return *this;
}

LiteralSet::Scratch::~Scratch() {
  hs_free_scratch(static_cast<hs_scratch_t*>(scratch_));
}

LiteralSet::LiteralSet(LiteralSet&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

LiteralSet& LiteralSet::operator=(LiteralSet&& other) noexcept {
  std::swap(database_, other.database_);
  return *this;
}

LiteralSet::~LiteralSet() { hs_free_database(AsDatabase(database_)); }

Result<LiteralSet> LiteralSet::Build(const std::vector<Literal>& literals,
                                     std::string_view serialized) {
  LiteralSet set;
  if (literals.empty()) return set;
  set.database_ = Deserialize(serialized);
  if (set.database_ != nullptr) return set;
  Result<hs_database_t*> database = CompileLiterals(literals);
  if (!database) return database.error();
  set.database_ = *database;
  return set;
}

LiteralSet::Scratch LiteralSet::NewScratch() const {
  return ScratchFor(database_);
}

LiteralSet::Scratch LiteralSet::ScratchFor(void* database) {
  hs_scratch_t* scratch = nullptr;
  if (database != nullptr) hs_alloc_scratch(AsDatabase(database), &scratch);
  return Scratch(scratch);
}

Result<std::string> LiteralSet::Serialize() const {
  if (database_ == nullptr) return std::string();
  char* bytes = nullptr;
  std::size_t size = 0;
  if (hs_serialize_database(AsDatabase(database_), &bytes, &size) !=
      HS_SUCCESS) {
    return Error{"cannot serialize the literals"};
  }
  std::string text(bytes, size);
  free(bytes);
  return text;
}

void LiteralSet::Find(std::string_view text, Scratch* scratch,
                      std::vector<LiteralHit>* hits) const {
  if (database_ != nullptr) Search(database_, text, scratch, hits);
}

void LiteralSet::Search(void* database, std::string_view text, Scratch* scratch,
                        std::vector<LiteralHit>* hits) {
  if (text.empty()) return;
  hs_scan(AsDatabase(database), text.data(), static_cast<unsigned>(text.size()),
          0, static_cast<hs_scratch_t*>(scratch->scratch_), OnMatch, hits);
}

}  // namespace logspill
