#include "adapters/input/archive_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <type_traits>

namespace logspill {
namespace {

static_assert(std::is_same_v<la_ssize_t, long>);

constexpr std::size_t kTarBlock = 512;
constexpr std::size_t kTarEnd = 2 * kTarBlock;  // zeros
constexpr std::size_t kDirectoryEnd = 22;       // zip: its fixed part
// zip: the longest comment behind the directory's end, and zip64's records.
constexpr std::size_t kTailBytes = (64 << 10) + 128;

std::uint64_t LittleEndian(std::string_view bytes, std::size_t at,
                           std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) {
    value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  }
  return value;
}

bool IsZero(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

ArchiveReader::ArchiveReader(Format format, ByteStream* below,
                             InputContext* context)
    : format_(format),
      below_(below),
      context_(context),
      archive_(archive_read_new()),
      buffer_(kLinkBytes) {
  if (archive_ == nullptr) throw std::bad_alloc();
  if (format_ == Format::kTar) {
    archive_read_support_format_tar(archive_);
    archive_read_set_format_option(archive_, "tar",
                                   "read_concatenated_archives", "1");
  } else {
    archive_read_support_format_zip_streamable(archive_);
  }
  if (archive_read_open(archive_, this, nullptr, ReadBelow, nullptr) !=
      ARCHIVE_OK) {
    Fail();
  }
}

ArchiveReader::~ArchiveReader() { archive_read_free(archive_); }

long ArchiveReader::ReadBelow(archive*, void* self, const void** bytes) {
  auto* reader = static_cast<ArchiveReader*>(self);
  const std::size_t got = reader->below_->Read(reader->buffer_);
  reader->taken_ += got;
  reader->RememberTail({reader->buffer_.data(), got});
  *bytes = reader->buffer_.data();
  return static_cast<long>(got);
}

void ArchiveReader::RememberTail(std::string_view chunk) {
  if (tail_.size() > kTailBytes) tail_.erase(0, tail_.size() - kTailBytes);
  tail_.append(chunk);
}

bool ArchiveReader::Next() {
  while (!ended_ && !context_->exhausted() && !context_->stopped()) {
    archive_entry* entry = nullptr;
    switch (archive_read_next_header(archive_, &entry)) {
      case ARCHIVE_OK:
      case ARCHIVE_WARN:
        resyncing_ = false;
        ++entries_;
        if (Take(entry)) return true;
        break;
      case ARCHIVE_EOF:
        Finish();
        break;
      case ARCHIVE_RETRY:
        Retry();
        break;
      default:
        Fail();
        break;
    }
  }
  return false;
}

// Folders, links, devices and pipes hold no bytes and are passed over.
bool ArchiveReader::Take(archive_entry* entry) {
  const auto type = archive_entry_filetype(entry);
  const bool sized = archive_entry_size_is_set(entry) != 0;
  const std::int64_t size = sized ? archive_entry_size(entry) : 0;
  if (type != AE_IFREG && (type != 0 || size <= 0)) return false;
  if (archive_entry_hardlink(entry) != nullptr && size <= 0) return false;
  const char* name = archive_entry_pathname(entry);
  if (name == nullptr) name = archive_entry_pathname_utf8(entry);
  name_ = name != nullptr ? name : fmt::format("entry {}", entries_);
  entry_bytes_ = size > 0 ? static_cast<std::uint64_t>(size) : 0;
  encrypted_ = archive_entry_is_encrypted(entry) != 0;
  entry_.Reset();
  return true;
}

// A tar header that is none.  Behind the zeros that end an archive it is junk
// that someone appended; else an archive is damaged.  libarchive looks at each
// block that follows.
void ArchiveReader::Retry() {
  if (resyncing_) return;
  resyncing_ = true;
  const auto at = static_cast<std::uint64_t>(archive_filter_bytes(archive_, 0));
  if (EndsBefore(at - kTarBlock)) {
    Report(InputEvent::Kind::kWarning, "trailing-data",
           fmt::format("bytes that are no {} follow before byte {}",
                       FormatName(), at));
  } else {
    Report(
        InputEvent::Kind::kIncomplete, "corrupt",
        fmt::format("{} header is damaged before byte {}", FormatName(), at));
  }
}

// True where the zeros that end a tar stand before the offset.
bool ArchiveReader::EndsBefore(std::uint64_t offset) const {
  const std::uint64_t back = taken_ - offset + kTarEnd;
  if (offset < kTarEnd || back > tail_.size()) return false;
  return IsZero(std::string_view(tail_).substr(tail_.size() - back, kTarEnd));
}

// Less than a block behind the end of a tar: zeros that were cut, or junk.
bool ArchiveReader::IsCutBehindEnd() {
  const auto at = static_cast<std::uint64_t>(archive_filter_bytes(archive_, 0));
  const std::uint64_t left = taken_ - at;
  if (format_ != Format::kTar || left >= kTarBlock || !EndsBefore(at)) {
    return false;
  }
  if (!IsZero(std::string_view(tail_).substr(tail_.size() - left))) {
    Report(InputEvent::Kind::kWarning, "trailing-data",
           fmt::format("{} bytes follow the tar archive", left));
  }
  return true;
}

void ArchiveReader::Fail() {
  ended_ = true;
  if (resyncing_ || below_->damaged() || context_->stopped() ||
      context_->exhausted()) {
    return;
  }
  if (IsCutBehindEnd()) return;
  const std::string_view reason = Reason();
  Report(InputEvent::Kind::kIncomplete, reason,
         fmt::format("{} is {} near byte {}", FormatName(),
                     reason == "truncated" ? "cut" : "damaged", taken_));
}

// libarchive has one error number for most of these, and says it in words.
std::string_view ArchiveReader::Reason() const {
  const char* text = archive_error_string(archive_);
  const std::string_view why = text == nullptr ? "" : text;
  if (Has(why, "ncrypted") || Has(why, "assphrase")) return "encrypted";
  if (Has(why, "nsupported")) return "unsupported";
  if (Has(why, "CRC") || Has(why, "checksum")) return "checksum";
  if (Has(why, "runcated") || taken_ < kTarBlock) return "truncated";
  if (Has(why, "allocate") || Has(why, "memory")) return "limit";
  return "corrupt";
}

void ArchiveReader::Finish() {
  ended_ = true;
  while (!context_->stopped()) {
    const void* bytes = nullptr;
    if (ReadBelow(archive_, this, &bytes) <= 0) break;
  }
  if (below_->damaged() || context_->stopped() || resyncing_) return;
  format_ == Format::kTar ? FinishTar() : FinishZip();
}

void ArchiveReader::FinishTar() {
  const std::string_view tail = tail_;
  if (tail.size() < kTarBlock ||
      !IsZero(tail.substr(tail.size() - kTarBlock))) {
    Report(InputEvent::Kind::kIncomplete, "truncated",
           fmt::format("tar archive has no end at byte {}", taken_));
  }
}

// The directory behind the entries tells how many there should have been:
// entries that overlap, or that nothing in the sequence leads to, are not read
// here.
void ArchiveReader::FinishZip() {
  const std::string_view tail = tail_;
  const std::size_t end = tail.rfind("PK\x05\x06");
  if (end == std::string_view::npos || tail.size() - end < kDirectoryEnd) {
    Report(InputEvent::Kind::kIncomplete, "truncated",
           fmt::format("zip archive has no directory at byte {}", taken_));
    return;
  }
  std::uint64_t listed = LittleEndian(tail, end + 10, 2);
  const std::size_t end64 = tail.rfind(std::string_view("PK\x06\x06"), end);
  if (listed == 0xFFFF && end64 != std::string_view::npos &&
      end - end64 >= 40) {
    listed = LittleEndian(tail, end64 + 32, 8);
  }
  if (listed > entries_) {
    Report(InputEvent::Kind::kIncomplete, "overlap",
           fmt::format("zip directory lists {} entries, {} were found one "
                       "behind the other; the others overlap these",
                       listed, entries_));
  }
  const std::size_t comment = LittleEndian(tail, end + 20, 2);
  const std::size_t behind = tail.size() - end - kDirectoryEnd;
  if (behind > comment) {
    Report(InputEvent::Kind::kWarning, "trailing-data",
           fmt::format("{} bytes follow the zip archive", behind - comment));
  } else if (behind < comment) {
    Report(InputEvent::Kind::kIncomplete, "truncated",
           fmt::format("zip archive is cut in its comment at byte {}", taken_));
  }
}

void ArchiveReader::Report(InputEvent::Kind kind, std::string_view reason,
                           std::string detail) {
  context_->Report(kind, reason, std::move(detail), 0);
}

void ArchiveReader::ReportEntry() {
  Report(InputEvent::Kind::kIncomplete, Reason(),
         fmt::format("entry of a {} cannot be read to its end, or fails its "
                     "integrity check",
                     FormatName()));
}

std::string_view ArchiveReader::FormatName() const {
  return format_ == Format::kTar ? "tar archive" : "zip archive";
}

std::size_t ArchiveReader::Entry::Read(std::span<char> out) {
  while (block_.empty() && holes_ == 0) {
    if (ended_ || !NextBlock()) return 0;
  }
  std::size_t size = 0;
  if (holes_ > 0) {
    size =
        static_cast<std::size_t>(std::min<std::uint64_t>(holes_, out.size()));
    std::memset(out.data(), 0, size);
    holes_ -= size;
  } else {
    size = std::min(out.size(), block_.size());
    std::memcpy(out.data(), block_.data(), size);
    block_.remove_prefix(size);
  }
  if (!archive_->context_->Expand(size)) {
    ended_ = damaged_ = true;
    block_ = {};
    holes_ = 0;
  }
  return size;
}

bool ArchiveReader::Entry::NextBlock() {
  const void* bytes = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  const int result =
      archive_read_data_block(archive_->archive_, &bytes, &size, &offset);
  if (result == ARCHIVE_RETRY) return true;
  if (result == ARCHIVE_OK || result == ARCHIVE_WARN || result == ARCHIVE_EOF) {
    const auto begin =
        static_cast<std::uint64_t>(std::max<la_int64_t>(offset, 0));
    if (begin > offset_) holes_ = begin - offset_;
    offset_ = std::max(offset_, begin) + size;
    block_ = {static_cast<const char*>(bytes), size};
    ended_ = result == ARCHIVE_EOF;
    if (result == ARCHIVE_WARN) archive_->ReportEntry();
    return !ended_ || size > 0 || holes_ > 0;
  }
  ended_ = damaged_ = true;
  if (!archive_->below_->damaged() && !archive_->context_->stopped()) {
    archive_->ReportEntry();
    if (result == ARCHIVE_FATAL) archive_->ended_ = true;
  }
  return false;
}

bool ArchiveReader::Entry::damaged() const {
  return damaged_ || archive_->below_->damaged();
}

}  // namespace logspill
