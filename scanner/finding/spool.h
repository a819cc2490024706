// Where drafts wait for the end of a scan: in memory, then in a private file
// that has no name and is gone with the process.
//
// Lifetime:  owns its file and memory.
// Threads:   not thread-safe; the collector serialises.
// Memory:    kMemoryBytes; the file is bounded by `max_bytes`.
// Errors:    Append() answers false where the bound, or the disk, is reached.

#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"

namespace logspill {

class Spool {
 public:
  static constexpr std::size_t kMemoryBytes = 16 << 20;

  Spool(std::string folder, std::uint64_t max_bytes);
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;
  ~Spool();

  // Keeps the drafts of one block of the input with this number.
  bool Append(std::uint64_t input, std::string_view drafts);

  // Gives every chunk back, inputs in order of their numbers and each input's
  // chunks as they were appended; ends early where `visit` returns false.
  Result<void> Replay(
      const std::function<bool(std::uint64_t input, std::string_view drafts)>&
          visit);

 private:
  struct Chunk {
    std::uint64_t input;
    std::uint64_t begin;
    std::uint64_t size;
  };
  bool Spill();

  std::string folder_;
  std::uint64_t max_bytes_;
  int file_ = -1;
  std::uint64_t in_file_ = 0;  // bytes
  std::string memory_;         // behind what is in the file
  std::vector<Chunk> chunks_;
};

}  // namespace logspill
