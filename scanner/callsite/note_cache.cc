#include "scanner/callsite/note_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <type_traits>
#include <utility>

#include "scanner/callsite/source_tree.h"

namespace logspill {
namespace {

// Changes with the layout of the notes and with what is extracted.
constexpr std::string_view kMagic = "logspill notes 3\n";
constexpr std::size_t kMostBytes = std::size_t{1} << 30;

__extension__ using Wide = unsigned __int128;

std::uint64_t Mix(std::uint64_t a, std::uint64_t b) {
  const Wide product = static_cast<Wide>(a ^ b) * 0x9ddfea08eb382d69u;
  return static_cast<std::uint64_t>(product) ^
         static_cast<std::uint64_t>(product >> 64);
}

// One description of the layout serves both ways.
class Writer {
 public:
  void Number(std::uint64_t number) {
    do {
      const auto low = static_cast<unsigned char>(number & 127);
      number >>= 7;
      bytes_.push_back(static_cast<char>(number ? low | 128 : low));
    } while (number != 0);
  }
  void Text(const std::string& text) {
    Number(text.size());
    bytes_ += text;
  }
  bool ok() const { return true; }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <typename Integer>
  void Number(Integer& number) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) return Fail();
      const auto byte = static_cast<unsigned char>(bytes_[0]);
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 127) << shift;
      if (byte < 128) break;
    }
    number = static_cast<Integer>(value);
  }
  void Text(std::string& text) {
    std::size_t size = 0;
    Number(size);
    if (size > bytes_.size()) return Fail();
    text.assign(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
  }
  bool ok() const { return ok_; }
  std::size_t left() const { return bytes_.size(); }

 private:
  void Fail() {
    ok_ = false;
    bytes_ = {};
  }

  std::string_view bytes_;
  bool ok_ = true;
};

template <typename Archive>
constexpr bool kReads = std::is_same_v<Archive, Reader>;

template <typename Archive, typename Integer>
requires std::is_integral_v<std::remove_const_t<Integer>>
void Visit(Archive& archive, Integer& number) {
  if constexpr (kReads<Archive>) {
    archive.Number(number);
  } else {
    archive.Number(static_cast<std::uint64_t>(number));
  }
}

template <typename Archive>
void Visit(Archive& archive, std::string& text) {
  archive.Text(text);
}

template <typename Archive, typename... Fields>
void VisitAll(Archive& archive, Fields&... fields);

template <typename Archive, typename Item>
void Visit(Archive& archive, std::vector<Item>& items) {
  std::size_t size = items.size();
  Visit(archive, size);
  if constexpr (kReads<Archive>) {
    // Each item takes a byte at least.
    items.resize(std::min(size, archive.left()));
  }
  for (Item& item : items) Visit(archive, item);
}

template <typename Archive>
void Visit(Archive& archive, std::set<std::string>& names) {
  std::vector<std::string> list(names.begin(), names.end());
  Visit(archive, list);
  if constexpr (kReads<Archive>) names = {list.begin(), list.end()};
}

template <typename Archive>
void Visit(Archive& archive, Piece& piece) {
  VisitAll(archive, piece.is_hole, piece.text, piece.conversion);
}

template <typename Archive>
void Visit(Archive& archive, Hole& hole) {
  VisitAll(archive, hole.argument, hole.conversion, hole.key, hole.origin,
           hole.type);
}

template <typename Archive>
void Visit(Archive& archive, CallSite& site) {
  VisitAll(archive, site.language, site.framework, site.line, site.end_line,
           site.column, site.function, site.class_name, site.logger, site.level,
           site.message.literals, site.message.holes, site.fields, site.flags);
}

template <typename Archive>
void Visit(Archive& archive, Route& route) {
  VisitAll(archive, route.language, route.framework, route.line, route.path,
           route.methods);
}

template <typename Archive>
void Visit(Archive& archive, WrapperNote& note) {
  VisitAll(archive, note.function, note.class_name, note.site, note.hole,
           note.parameter, note.parameter_name, note.level_parameter, note.rest,
           note.up, note.has_parameter, note.joins_rest);
}

template <typename Archive>
void Visit(Archive& archive, ArgumentNote& note) {
  VisitAll(archive, note.name, note.text, note.spread, note.variants);
}

template <typename Archive>
void Visit(Archive& archive, CallNote& note) {
  VisitAll(archive, note.callee, note.has_receiver, note.own_receiver,
           note.in_macro, note.place, note.arguments, note.parameters);
}

template <typename Archive>
void Visit(Archive& archive,
           std::map<std::string, std::vector<Pieces>>& constants) {
  std::size_t size = constants.size();
  Visit(archive, size);
  if constexpr (kReads<Archive>) {
    for (std::size_t i = 0; i < size && archive.ok(); ++i) {
      std::string name;
      Visit(archive, name);
      Visit(archive, constants[name]);
    }
  } else {
    for (auto& [name, values] : constants) {
      std::string copy = name;
      Visit(archive, copy);
      Visit(archive, values);
    }
  }
}

template <typename Archive>
void Visit(Archive& archive, FileNotes& notes) {
  VisitAll(archive, notes.sites, notes.routes, notes.wrappers, notes.unknown,
           notes.calls, notes.constants, notes.functions, notes.parsed,
           notes.damaged);
}

template <typename Archive, typename... Fields>
void VisitAll(Archive& archive, Fields&... fields) {
  (Visit(archive, fields), ...);
}

// A file that replaces another when it is whole.
class Replacement {
 public:
  explicit Replacement(const std::string& path)
      : path_(path), name_(path + ".XXXXXX") {
    file_ = ::mkostemp(name_.data(), O_CLOEXEC);
  }
  ~Replacement() {
    if (file_ < 0) return;
    ::close(file_);
    ::unlink(name_.c_str());
  }
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  void Add(std::string_view bytes) {
    waiting_ += bytes;
    if (waiting_.size() >= kPiece) Write();
  }

  // Puts it in place; whether all was written.
  bool Finish() {
    Write();
    if (file_ < 0) return false;
    good_ = ::close(std::exchange(file_, -1)) == 0 && good_;
    good_ = good_ && std::rename(name_.c_str(), path_.c_str()) == 0;
    if (!good_) ::unlink(name_.c_str());
    return good_;
  }

 private:
  static constexpr std::size_t kPiece = 1 << 20;

  void Write() {
    std::string_view bytes = waiting_;
    while (good_ && file_ >= 0 && !bytes.empty()) {
      const ssize_t wrote = ::write(file_, bytes.data(), bytes.size());
      good_ = wrote > 0;
      if (good_) bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    waiting_.clear();
  }

  std::string path_;
  std::string name_;
  std::string waiting_;
  int file_ = -1;
  bool good_ = true;
};

}  // namespace

void ContentHash::Add(std::string_view bytes) {
  std::uint64_t a = state_[0] ^ bytes.size();
  std::uint64_t b = state_[1];
  while (bytes.size() >= 16) {
    std::uint64_t words[2];
    std::memcpy(words, bytes.data(), sizeof words);
    a = Mix(a, words[0]) + b;
    b = Mix(b, words[1]) ^ a;
    bytes.remove_prefix(16);
  }
  std::uint64_t tail[2] = {0, 0};
  std::memcpy(tail, bytes.data(), bytes.size());
  a = Mix(a + tail[0], b);
  b = Mix(b + tail[1], a);
  state_ = {a, b};
}

std::string PackNotes(const FileNotes& notes) {
  FileNotes copy = notes;  // the layout is described for both ways
  Writer writer;
  Visit(writer, copy);
  return writer.Take();
}

std::optional<FileNotes> UnpackNotes(std::string_view bytes) {
  Reader reader(bytes);
  FileNotes notes;
  Visit(reader, notes);
  if (!reader.ok() || reader.left() != 0) return std::nullopt;
  for (CallSite& site : notes.sites) {
    if (site.message.literals.size() != site.message.holes.size() + 1) {
      return std::nullopt;
    }
  }
  return notes;
}

NoteCache::NoteCache(std::string path) : path_(std::move(path)) {
  if (!path_.empty()) Load();
}

void NoteCache::Load() {
  // Others could have written what we would print as call sites.
  struct stat info {};
  if (::stat(path_.c_str(), &info) != 0 || info.st_uid != ::geteuid() ||
      (info.st_mode & 022) != 0) {
    return;
  }
  auto read = ReadSource(path_, kMostBytes);
  if (!read || !read->starts_with(kMagic)) return;
  bytes_ = std::move(*read);
  std::string_view rest = std::string_view(bytes_).substr(kMagic.size());
  while (rest.size() >= 24) {
    std::uint64_t head[3];  // key, size
    std::memcpy(head, rest.data(), sizeof head);
    rest.remove_prefix(sizeof head);
    if (head[2] > rest.size()) break;
    old_[{head[0], head[1]}] = rest.substr(0, head[2]);
    rest.remove_prefix(head[2]);
  }
}

std::optional<FileNotes> NoteCache::Find(const ContentHash::Digest& key) {
  const auto found = old_.find(key);
  if (found == old_.end()) return std::nullopt;
  auto notes = UnpackNotes(found->second);
  if (notes) {
    const std::lock_guard lock(mutex_);
    now_.emplace(key, std::string());
  }
  return notes;
}

void NoteCache::Put(const ContentHash::Digest& key, const FileNotes& notes) {
  if (path_.empty()) return;
  std::string packed = PackNotes(notes);
  const std::lock_guard lock(mutex_);
  now_[key] = std::move(packed);
  new_ = true;
}

std::string_view NoteCache::BytesOf(const ContentHash::Digest& key,
                                    const std::string& packed) const {
  const auto kept = old_.find(key);
  return packed.empty() && kept != old_.end() ? kept->second
                                              : std::string_view(packed);
}

std::string NoteCache::Save() {
  const std::string fault = path_.empty() || !new_ ? std::string() : Write();
  now_.clear();
  old_.clear();
  bytes_ = {};
  return fault;
}

std::string NoteCache::Write() const {
  std::size_t size = kMagic.size();
  for (const auto& [key, packed] : now_)
    size += 24 + BytesOf(key, packed).size();
  if (size > kMostBytes) return "the cache would be over 1 GiB: not kept";
  std::error_code ignored;  // without the folder there is just no cache
  const std::filesystem::path folder =
      std::filesystem::path(path_).parent_path();
  std::filesystem::create_directories(folder.parent_path(), ignored);
  ::mkdir(folder.c_str(), 0700);
  Replacement file(path_);
  file.Add(kMagic);
  for (const auto& [key, packed] : now_) {
    const std::string_view bytes = BytesOf(key, packed);
    const std::uint64_t head[3] = {key[0], key[1], bytes.size()};
    file.Add({reinterpret_cast<const char*>(head), sizeof head});
    file.Add(bytes);
  }
  return file.Finish() ? std::string() : "the cache could not be written";
}

}  // namespace logspill
