// Opens what the user named: files, folders, archives, pipes.
//
// What a thing holds is told by its content, never by its name.  Nothing is
// ever written to disk.
//
// Lifetime:  inputs are independent of the queue that opened them; `stop`
//            outlives both.
// Threads:   the queue is serialised by its caller; a compressed input runs its
//            decoders on a thread of its own, a plain file runs none.
// Memory:    an input holds at most 3 MiB, and what its decoders need (see
//            max_decoder_bytes) for each compression inside a compression.
// Errors:    nothing fails here: what cannot be read is an InputEvent.

#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scanner/input.h"

namespace logspill {

// A file that this run writes; reading it would never end, or depend on time.
struct OwnFile {
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  // A temporary file: its name is random and no one asks for it, so that it is
  // left out without a word.
  bool temporary = false;
};

struct InputOptions {
  // Glob patterns for the files that a walk finds (not for paths that the user
  // named).  Without a '/' they match a file's or folder's own name, else the
  // path below the folder named; `*` also crosses a '/'.
  std::vector<std::string> include;  // of files; empty: all
  std::vector<std::string>
      exclude;  // of files, and of folders with all in them

  // Archives and compressions inside one another; a compressed tar counts once.
  unsigned archive_depth = 3;

  // Bytes that one input may expand to, all its layers together.
  std::uint64_t max_expanded_bytes = std::uint64_t{1} << 40;

  // A bomb: expands to more than bomb_bytes, and to more than bomb_ratio times
  // the bytes that were read for it.  Logs reach 10 to 50, zeros under gzip -1
  // reach 229; and a real log of such a ratio is scanned up to bomb_bytes.
  std::uint64_t bomb_ratio = 200;
  std::uint64_t bomb_bytes = std::uint64_t{4} << 30;

  // What one decoder may ask for: the window of zstd, the dictionary of xz.
  std::uint64_t max_decoder_bytes = std::uint64_t{128} << 20;

  // In a walk; each file and folder is still visited only once.
  bool follow_symlinks = true;

  // A surrogate of UTF-16 without its other half keeps its number, in three
  // bytes that are no UTF-8: for those who write UTF-16 again.
  bool exact_text = false;

  // Left out of a walk, and named.
  std::vector<OwnFile> own_files;

  // Set by someone else to end reads that wait for a pipe; may be nullptr.
  const std::atomic<bool>* stop = nullptr;
};

// What a walk came to, before anything is opened.
struct WalkCounts {
  std::uint64_t files = 0;       // that will be opened
  std::uint64_t unreadable = 0;  // files and folders that may hold a log
  std::uint64_t unmatched = 0;   // left out by include or exclude
};

// "-" is standard input.  Walks folders at once, opens files one by one.
// `counts` may be nullptr.
std::unique_ptr<InputQueue> OpenInputs(const std::vector<std::string>& paths,
                                       const InputOptions& options,
                                       WalkCounts* counts = nullptr);

struct ListedFile {
  std::string path;
  bool scanned = false;
  std::string what;  // "text", "gzip", "not text: ELF program", "excluded", ...
};

// What OpenInputs() would read, and what it would not and why, in order.
// Reads the first block of each file, and none of a pipe.
std::vector<ListedFile> ListFiles(const std::vector<std::string>& paths,
                                  const InputOptions& options);

}  // namespace logspill
