// Keeps the notes of files from run to run, by the content of the file.
//
// One file a source tree, in the user's cache folder, mode 0600: it holds
// pieces of the source.  Runs at the same time do not disturb each other: the
// file is replaced as a whole, and the last one wins.
//
// Lifetime:  entries that a run did not ask for are left out of the new file.
// Threads:   Find() and Put() are safe from any thread.
// Errors:    a file that is damaged, of another version or cannot be written is
//            as if there were none.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/callsite/notes.h"

namespace logspill {

// 128 bits of what was hashed; not against people who want a collision.
class ContentHash {
 public:
  using Digest = std::array<std::uint64_t, 2>;

  void Add(std::string_view bytes);
  Digest Get() const { return state_; }

 private:
  Digest state_{0x9e3779b97f4a7c15u, 0xc2b2ae3d27d4eb4fu};
};

class NoteCache {
 public:
  // An empty `path` keeps nothing.
  explicit NoteCache(std::string path);

  std::optional<FileNotes> Find(const ContentHash::Digest& key);
  void Put(const ContentHash::Digest& key, const FileNotes& notes);

  // Writes what was found or put, if anything is new; why it was not written, or
  // empty.  Nothing is found any more.
  std::string Save();

 private:
  void Load();
  std::string Write() const;
  // Of an entry of now_.
  std::string_view BytesOf(const ContentHash::Digest& key,
                           const std::string& packed) const;

  std::string path_;
  std::string bytes_;  // of the file that was read
  std::map<ContentHash::Digest, std::string_view> old_;
  std::mutex mutex_;
  std::map<ContentHash::Digest, std::string> now_;
  bool new_ = false;
};

// The bytes of one file's notes, and back; nullopt where they are damaged.
std::string PackNotes(const FileNotes& notes);
std::optional<FileNotes> UnpackNotes(std::string_view bytes);

}  // namespace logspill
