// What the tests of adapters/input share: texts, files, compressions made by
// the libraries themselves, and an Input read to its end.

#pragma once

#include <cstdint>
#include <filesystem>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/input/decoder.h"
#include "adapters/input/open.h"

namespace logspill {

// Log lines that compress like log lines; the same for the same arguments.
std::string LogText(std::size_t bytes, unsigned seed = 1);

std::string Compress(Codec codec, std::string_view text);
// A skippable frame, as zstd and lz4 know them.
std::string SkippableFrame(std::string_view content);

struct Entry {
  std::string name;
  std::string content;
};
std::string Tar(const std::vector<Entry>& entries);
std::string Zip(const std::vector<Entry>& entries,
                const std::string& option = "");

class TempFolder {
 public:
  TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  ~TempFolder();

  std::string path(std::string_view name = "") const;
  // Writes a file, and returns its path.
  std::string Write(std::string_view name, std::string_view content) const;

 private:
  std::filesystem::path folder_;
};

struct ReadMember {
  Member member;
  std::string text;
};

struct ReadResult {
  std::vector<ReadMember> members;
  std::vector<InputEvent> events;
  std::uint64_t bytes_read = 0;

  // All members' text, one behind the other.
  std::string Text() const;
  // "incomplete truncated, warning trailing-data": in order.
  std::string Events() const;
};

// Reads everything with Read() of `step` bytes.
ReadResult ReadAll(const std::vector<std::string>& paths,
                   const InputOptions& options = {},
                   std::size_t step = 256 << 10);
// Reads these bytes as a file of an unhelpful name.
ReadResult ReadBytes(std::string_view bytes, const InputOptions& options = {},
                     std::size_t step = 256 << 10);

inline constexpr Codec kCodecs[] = {Codec::kGzip, Codec::kZstd, Codec::kLz4,
                                    Codec::kXz, Codec::kBzip2};

inline void PrintTo(Codec codec, std::ostream* out) { *out << Name(codec); }

}  // namespace logspill
