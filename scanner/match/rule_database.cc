#include "scanner/match/rule_database.h"

#include <fcntl.h>
#include <hs/hs.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "scanner/match/database_impl.h"

namespace logspill {
namespace {

// A cache file: its key, a hash over the key and the database, the database.
constexpr std::size_t kHashBytes = 32;

std::string Hash(std::string_view a, std::string_view b) {
  std::string hash(kHashBytes, '\0');
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, kHashBytes);
  for (const std::string_view part : {a, b}) {
    crypto_generichash_update(
        &state, reinterpret_cast<const unsigned char*>(part.data()),
        part.size());
  }
  crypto_generichash_final(
      &state, reinterpret_cast<unsigned char*>(hash.data()), kHashBytes);
  return hash;
}

// Everything that a compiled database depends on.
std::string CacheKey(const std::vector<Literal>& literals) {
  std::string text = "logspill database 1\n";
  text += hs_version();
  hs_platform_info_t platform;
  std::memset(&platform, 0, sizeof platform);
  hs_populate_platform(&platform);
  text += "\n" + std::to_string(platform.tune) + " " +
          std::to_string(platform.cpu_features) + "\n";
  for (const Literal& literal : literals) {
    text +=
        std::to_string(literal.text.size()) + (literal.caseless ? "i" : "c");
    text += literal.text;
  }
  return Hash(text, {});
}

std::string Hex(std::string_view bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(),
                 reinterpret_cast<const unsigned char*>(bytes.data()),
                 bytes.size());
  text.pop_back();
  return text;
}

class File {
 public:
  File(const std::string& path, int flags)
      : fd_(open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  bool ok() const { return fd_ >= 0; }

  bool ReadAll(std::string* text) const {
    struct stat info;
    if (fstat(fd_, &info) != 0 || !S_ISREG(info.st_mode) ||
        info.st_uid != geteuid() || info.st_size > (64 << 20)) {
      return false;
    }
    text->resize(static_cast<std::size_t>(info.st_size));
    std::size_t done = 0;
    while (done < text->size()) {
      const ssize_t n = read(fd_, text->data() + done, text->size() - done);
      if (n <= 0) return false;
      done += static_cast<std::size_t>(n);
    }
    return true;
  }

  bool WriteAll(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t n = write(fd_, text.data(), text.size());
      if (n <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }

 private:
  int fd_;
};

// The folder is ours alone, or there is no cache.
bool PrepareFolder(const std::string& folder) {
  if (folder.empty()) return false;
  if (mkdir(folder.c_str(), 0700) != 0 && errno == ENOENT) {
    const std::size_t slash = folder.rfind('/');
    if (slash == std::string::npos || slash == 0) return false;
    if (!PrepareFolder(folder.substr(0, slash))) return false;
    mkdir(folder.c_str(), 0700);
  }
  struct stat info;
  return stat(folder.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

bool IsPrivate(const std::string& folder) {
  struct stat info;
  return stat(folder.c_str(), &info) == 0 && info.st_uid == geteuid() &&
         (info.st_mode & 077) == 0;
}

std::string LoadCache(const std::string& path, const std::string& key) {
  std::string text;
  const File file(path, O_RDONLY);
  if (!file.ok() || !file.ReadAll(&text)) return {};
  if (text.size() < 2 * kHashBytes) return {};
  const std::string_view all(text);
  const std::string_view payload = all.substr(2 * kHashBytes);
  if (all.substr(0, kHashBytes) != key) return {};
  if (all.substr(kHashBytes, kHashBytes) != Hash(key, payload)) return {};
  return std::string(payload);
}

// Failure to write costs the next start some time and nothing else.
void SaveCache(const std::string& path, const std::string& key,
               const std::string& payload) {
  const std::string temporary = path + "." + std::to_string(getpid());
  {
    const File file(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.ok() || !file.WriteAll(key) ||
        !file.WriteAll(Hash(key, payload)) || !file.WriteAll(payload)) {
      unlink(temporary.c_str());
      return;
    }
  }
  if (rename(temporary.c_str(), path.c_str()) != 0) unlink(temporary.c_str());
}

Result<PatternSet> BuildPatterns(const Program& program) {
  std::vector<std::string> patterns;
  std::vector<std::string> names;
  for (const std::uint32_t index : program.whole) {
    const Rule& rule = *program.rules[index].rule;
    patterns.push_back(rule.pattern);
    names.push_back(rule.origin + ": rule " + rule.id);
  }
  return PatternSet::Build(patterns, names);
}

}  // namespace

RuleDatabase::RuleDatabase(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
RuleDatabase::RuleDatabase(RuleDatabase&&) noexcept = default;
RuleDatabase& RuleDatabase::operator=(RuleDatabase&&) noexcept = default;
RuleDatabase::~RuleDatabase() = default;

const RuleSet& RuleDatabase::rules() const { return *impl_->set; }
bool RuleDatabase::from_cache() const { return impl_->from_cache; }

Result<RuleDatabase> RuleDatabase::Compile(const RuleSet* rules,
                                           const DatabaseOptions& options) {
  if (hs_valid_platform() != HS_SUCCESS) {
    return Error{
        "this processor lacks the instructions (SSSE3) that the matcher "
        "needs"};
  }
  Result<Program> program = Program::Make(*rules);
  if (!program) return program.error();
  Result<PatternSet> patterns = BuildPatterns(*program);
  if (!patterns) return patterns.error();

  const std::string key = CacheKey(program->literals);
  const bool cache =
      PrepareFolder(options.cache_folder) && IsPrivate(options.cache_folder);
  const std::string path =
      options.cache_folder + "/rules-" + Hex(key) + ".hsdb";
  std::string cached;
  if (cache) cached = LoadCache(path, key);
  Result<LiteralSet> literals = LiteralSet::Build(program->literals, cached);
  if (!literals) return literals.error();
  if (cache && cached.empty()) {
    if (Result<std::string> bytes = literals->Serialize(); bytes) {
      SaveCache(path, key, *bytes);
    }
  }
  return RuleDatabase(std::make_unique<Impl>(
      Impl{rules, std::move(*program), std::move(*literals),
           std::move(*patterns), !cached.empty()}));
}

}  // namespace logspill
