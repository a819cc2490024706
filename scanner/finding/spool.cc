#include "scanner/finding/spool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "scanner/base/key.h"

namespace logspill {
namespace {

int OpenPrivateFile(const std::string& folder) {
  const int unnamed =
      open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
  if (unnamed >= 0) return unnamed;
  std::string name = folder + "/logspill-spool-XXXXXX";
  const int file = mkostemp(name.data(), O_CLOEXEC);
  if (file >= 0) unlink(name.c_str());
  return file;
}

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

bool ReadAt(int file, std::uint64_t offset, std::string* bytes) {
  std::size_t done = 0;
  while (done < bytes->size()) {
    const ssize_t n = pread(file, bytes->data() + done, bytes->size() - done,
                            static_cast<off_t>(offset + done));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    done += static_cast<std::size_t>(n);
  }
  return true;
}

}  // namespace

Spool::Spool(std::string folder, std::uint64_t max_bytes)
    : folder_(std::move(folder)), max_bytes_(max_bytes) {}

Spool::~Spool() {
  Wipe(&memory_);
  if (file_ >= 0) close(file_);
}

bool Spool::Spill() {
  if (file_ < 0) file_ = OpenPrivateFile(folder_);
  if (file_ < 0 || !WriteAll(file_, memory_)) {
    // A part that was written is written over by the next attempt.
    if (file_ >= 0) lseek(file_, static_cast<off_t>(in_file_), SEEK_SET);
    return false;
  }
  in_file_ += memory_.size();
  Wipe(&memory_);
  return true;
}

bool Spool::Append(std::uint64_t input, std::string_view drafts) {
  if (drafts.empty()) return true;
  const std::uint64_t begin = in_file_ + memory_.size();
  if (begin + drafts.size() > max_bytes_) return false;
  if (memory_.size() + drafts.size() > kMemoryBytes && !Spill()) return false;
  memory_ += drafts;
  chunks_.push_back({input, begin, drafts.size()});
  return true;
}

Result<void> Spool::Replay(
    const std::function<bool(std::uint64_t, std::string_view)>& visit) {
  std::stable_sort(
      chunks_.begin(), chunks_.end(),
      [](const Chunk& a, const Chunk& b) { return a.input < b.input; });
  std::string bytes;
  for (const Chunk& chunk : chunks_) {
    std::string_view drafts;
    if (chunk.begin >= in_file_) {
      drafts = std::string_view(memory_).substr(
          static_cast<std::size_t>(chunk.begin - in_file_),
          static_cast<std::size_t>(chunk.size));
    } else {
      bytes.resize(static_cast<std::size_t>(chunk.size));
      if (!ReadAt(file_, chunk.begin, &bytes)) {
        return Error{"cannot read the findings back from " + folder_ + ": " +
                     std::strerror(errno)};
      }
      drafts = bytes;
    }
    if (!visit(chunk.input, drafts)) break;
  }
  Wipe(&bytes);
  return {};
}

}  // namespace logspill
