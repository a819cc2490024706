// The entries of a tar or zip archive, one after another as they stand in the
// stream.  libarchive reads; nothing is ever written, whatever an entry is
// called.
//
// Lifetime:  the stream below and the context outlive it; entry() is good until
//            the next Next().
// Threads:   one thread at a time.
// Errors:    reported to the context: for the entry that Next() returned while
// it
//            is read, else for the archive.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/input/byte_stream.h"
#include "adapters/input/input_context.h"

struct archive;
struct archive_entry;

namespace logspill {

class ArchiveReader {
 public:
  enum class Format { kTar, kZip };

  ArchiveReader(Format format, ByteStream* below, InputContext* context);
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;
  ~ArchiveReader();

  // Steps to the next entry that holds bytes; false at the end.
  bool Next();

  const std::string& name() const { return name_; }
  std::uint64_t entry_bytes() const { return entry_bytes_; }  // 0: unknown
  bool entry_encrypted() const { return encrypted_; }
  ByteStream& entry() { return entry_; }

 private:
  class Entry : public ByteStream {
   public:
    explicit Entry(ArchiveReader* archive) : archive_(archive) {}
    std::size_t Read(std::span<char> out) override;
    bool damaged() const override;
    void Reset() { *this = Entry(archive_); }

   private:
    bool NextBlock();

    ArchiveReader* archive_;
    std::string_view block_;    // libarchive's
    std::uint64_t holes_ = 0;   // zeros in front of it
    std::uint64_t offset_ = 0;  // of what NextBlock() will bring
    bool ended_ = false;
    bool damaged_ = false;
  };

  static long ReadBelow(archive* archive, void* self, const void** bytes);

  bool Take(archive_entry* entry);
  void RememberTail(std::string_view chunk);
  bool EndsBefore(std::uint64_t offset) const;
  bool IsCutBehindEnd();
  void Retry();
  void Fail();
  void Finish();
  void FinishTar();
  void FinishZip();
  void Report(InputEvent::Kind kind, std::string_view reason,
              std::string detail);
  void ReportEntry();
  std::string_view FormatName() const;
  std::string_view Reason() const;

  const Format format_;
  ByteStream* below_;
  InputContext* context_;
  archive* archive_;
  Entry entry_{this};
  std::string name_;
  std::uint64_t entry_bytes_ = 0;
  bool encrypted_ = false;
  bool ended_ = false;
  bool resyncing_ = false;  // between a damaged header and the next good one
  std::uint64_t entries_ = 0;
  std::vector<char> buffer_;
  std::uint64_t taken_ = 0;  // bytes given to libarchive
  std::string tail_;         // the last of them
};

}  // namespace logspill
