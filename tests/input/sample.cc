#include "tests/input/sample.h"

#include <archive.h>
#include <archive_entry.h>
#include <bzlib.h>
#include <fmt/format.h>
#include <lz4frame.h>
#include <lzma.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include <fstream>
#include <random>
#include <stdexcept>

namespace logspill {
namespace {

void Check(bool good, const char* what) {
  if (!good) throw std::runtime_error(what);
}

std::string Gzip(std::string_view text) {
  z_stream stream{};
  Check(deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) ==
            Z_OK,
        "deflateInit2");
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  Check(deflate(&stream, Z_FINISH) == Z_STREAM_END, "deflate");
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Zstd(std::string_view text) {
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  std::string out(ZSTD_compressBound(text.size()), '\0');
  const std::size_t size =
      ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size());
  ZSTD_freeCCtx(context);
  Check(!ZSTD_isError(size), "ZSTD_compress2");
  out.resize(size);
  return out;
}

std::string Lz4(std::string_view text) {
  LZ4F_preferences_t preferences{};
  preferences.frameInfo.blockSizeID = LZ4F_max64KB;
  preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
  std::string out(LZ4F_compressFrameBound(text.size(), &preferences), '\0');
  const std::size_t size = LZ4F_compressFrame(
      out.data(), out.size(), text.data(), text.size(), &preferences);
  Check(!LZ4F_isError(size), "LZ4F_compressFrame");
  out.resize(size);
  return out;
}

std::string Xz(std::string_view text) {
  std::string out(lzma_stream_buffer_bound(text.size()), '\0');
  std::size_t size = 0;
  Check(lzma_easy_buffer_encode(
            1, LZMA_CHECK_CRC64, nullptr,
            reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
            reinterpret_cast<std::uint8_t*>(out.data()), &size,
            out.size()) == LZMA_OK,
        "lzma_easy_buffer_encode");
  out.resize(size);
  return out;
}

std::string Lzma(std::string_view text) {
  lzma_options_lzma options;
  lzma_lzma_preset(&options, 1);
  lzma_stream stream = LZMA_STREAM_INIT;
  Check(lzma_alone_encoder(&stream, &options) == LZMA_OK, "lzma_alone_encoder");
  std::string out(text.size() + 1024, '\0');
  stream.next_in = reinterpret_cast<const std::uint8_t*>(text.data());
  stream.avail_in = text.size();
  stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
  stream.avail_out = out.size();
  Check(lzma_code(&stream, LZMA_FINISH) == LZMA_STREAM_END, "lzma_code");
  out.resize(out.size() - stream.avail_out);
  lzma_end(&stream);
  return out;
}

std::string Bzip2(std::string_view text) {
  std::string out(text.size() + text.size() / 50 + 1024, '\0');
  auto size = static_cast<unsigned>(out.size());
  Check(BZ2_bzBuffToBuffCompress(
            out.data(), &size, const_cast<char*>(text.data()),
            static_cast<unsigned>(text.size()), 1, 0, 0) == BZ_OK,
        "BZ2_bzBuffToBuffCompress");
  out.resize(size);
  return out;
}

long Append(archive*, void* out, const void* bytes, std::size_t size) {
  static_cast<std::string*>(out)->append(static_cast<const char*>(bytes), size);
  return static_cast<long>(size);
}

std::string Archive(archive* writer, const std::vector<Entry>& entries) {
  std::string out;
  archive_write_set_bytes_in_last_block(writer, 1);
  Check(
      archive_write_open(writer, &out, nullptr, Append, nullptr) == ARCHIVE_OK,
      "archive_write_open");
  for (const Entry& entry : entries) {
    archive_entry* header = archive_entry_new();
    archive_entry_set_pathname(header, entry.name.c_str());
    archive_entry_set_filetype(header, AE_IFREG);
    archive_entry_set_perm(header, 0644);
    archive_entry_set_size(header,
                           static_cast<la_int64_t>(entry.content.size()));
    Check(archive_write_header(writer, header) >= ARCHIVE_WARN, "header");
    archive_write_data(writer, entry.content.data(), entry.content.size());
    archive_entry_free(header);
  }
  Check(archive_write_close(writer) == ARCHIVE_OK, "archive_write_close");
  archive_write_free(writer);
  return out;
}

}  // namespace

std::string LogText(std::size_t bytes, unsigned seed) {
  std::mt19937 random(seed);
  std::string text;
  for (unsigned line = 0; text.size() < bytes; ++line) {
    text += fmt::format(
        "2026-11-22 21:00:{:02}.{:03} INFO req-{:08x} user {} took {} ms\n",
        line / 1000 % 60, line % 1000, random(), random() % 500, random() % 90);
  }
  text.resize(bytes);
  return text;
}

std::string Compress(Codec codec, std::string_view text) {
  switch (codec) {
    case Codec::kGzip:
      return Gzip(text);
    case Codec::kZstd:
      return Zstd(text);
    case Codec::kLz4:
      return Lz4(text);
    case Codec::kXz:
      return Xz(text);
    case Codec::kLzma:
      return Lzma(text);
    case Codec::kBzip2:
      return Bzip2(text);
  }
  return {};
}

std::string SkippableFrame(std::string_view content) {
  std::string frame("\x53\x2A\x4D\x18", 4);
  for (unsigned shift = 0; shift < 32; shift += 8) {
    frame += static_cast<char>(content.size() >> shift & 0xFF);
  }
  return frame.append(content);
}

std::string Tar(const std::vector<Entry>& entries) {
  archive* writer = archive_write_new();
  archive_write_set_format_pax_restricted(writer);
  return Archive(writer, entries);
}

std::string Zip(const std::vector<Entry>& entries, const std::string& option) {
  archive* writer = archive_write_new();
  archive_write_set_format_zip(writer);
  if (!option.empty()) {
    Check(archive_write_set_options(writer, option.c_str()) == ARCHIVE_OK,
          "option");
    if (option.find("encryption") != std::string::npos) {
      archive_write_set_passphrase(writer, "a test's passphrase");
    }
  }
  return Archive(writer, entries);
}

TempFolder::TempFolder() {
  std::string name =
      (std::filesystem::temp_directory_path() / "input-test-XXXXXX").string();
  Check(mkdtemp(name.data()) != nullptr, "mkdtemp");
  folder_ = name;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::string TempFolder::path(std::string_view name) const {
  return name.empty() ? folder_.string() : (folder_ / name).string();
}

std::string TempFolder::Write(std::string_view name,
                              std::string_view content) const {
  const std::string file = path(name);
  std::filesystem::create_directories(
      std::filesystem::path(file).parent_path());
  std::ofstream(file, std::ios::binary)
      .write(content.data(), static_cast<std::streamsize>(content.size()));
  return file;
}

std::string ReadResult::Text() const {
  std::string text;
  for (const ReadMember& member : members) text += member.text;
  return text;
}

std::string ReadResult::Events() const {
  constexpr std::string_view kKinds[] = {"incomplete", "not-text", "warning"};
  std::string text;
  for (const InputEvent& event : events) {
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}", kKinds[static_cast<std::size_t>(event.kind)],
                        event.reason);
  }
  return text;
}

ReadResult ReadAll(const std::vector<std::string>& paths,
                   const InputOptions& options, std::size_t step) {
  ReadResult result;
  const auto take = [&result](std::vector<InputEvent> events) {
    for (InputEvent& event : events) result.events.push_back(std::move(event));
  };
  std::vector<char> buffer(step);
  const auto queue = OpenInputs(paths, options);
  while (const auto input = queue->Next()) {
    Member member;
    while (input->NextMember(&member)) {
      result.members.push_back({member, {}});
      while (const std::size_t got = input->Read(buffer)) {
        result.members.back().text.append(buffer.data(), got);
      }
    }
    take(input->TakeEvents());
    result.bytes_read += input->bytes_read();
  }
  take(queue->TakeEvents());
  return result;
}

ReadResult ReadBytes(std::string_view bytes, const InputOptions& options,
                     std::size_t step) {
  const TempFolder folder;
  return ReadAll({folder.Write("unhelpful.name", bytes)}, options, step);
}

}  // namespace logspill
