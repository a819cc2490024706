#include "adapters/input/sniff.h"

#include <algorithm>
#include <array>

namespace logspill {
namespace {

using namespace std::string_view_literals;
using Kind = Content::Kind;

struct FrameMagic {
  Codec codec;
  std::string_view bytes;
};

constexpr FrameMagic kFrames[] = {
    {Codec::kGzip, "\x1F\x8B\x08"sv},
    {Codec::kZstd, "\x28\xB5\x2F\xFD"sv},
    {Codec::kLz4, "\x04\x22\x4D\x18"sv},
    {Codec::kXz,
     "\xFD"
     "7zXZ\0"sv},
};
constexpr std::string_view kSkippableTail = "\x2A\x4D\x18"sv;

// bzip2: "BZh", a digit, then the magic of a block or of the empty stream's
// end.
constexpr std::string_view kBzip2Blocks[] = {"1AY&SY"sv, "\x17rE8P\x90"sv};
constexpr std::size_t kBzip2Sure = 5;  // shorter beginnings may be text

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  Kind kind;
  std::string_view what;
  std::string_view way = {};
};

constexpr std::string_view kExtract = "extract it and scan the files";
constexpr std::string_view kDecrypt = "decrypt it and pipe it to `scan -`";
constexpr std::string_view kToJson =
    "convert it to JSON lines and pipe them to `scan -`";

// A magic number that could begin a text counts only where the bytes are
// binary.
constexpr Magic kMagics[] = {
    {0, "7z\xBC\xAF\x27\x1C"sv, Kind::kUnsupported, "7z archive",
     "`7z x -so FILE | logspill scan -`"},
    {0, "Rar!\x1A\x07"sv, Kind::kUnsupported, "rar archive", kExtract},
    {0, "PAR1"sv, Kind::kUnsupported, "Parquet file", kToJson},
    {0, "PARE"sv, Kind::kEncrypted, "encrypted Parquet file", kToJson},
    {0, "Obj\x01"sv, Kind::kUnsupported, "Avro file", kToJson},
    {0, "ORC"sv, Kind::kUnsupported, "ORC file", kToJson},
    {0, "ARROW1\0"sv, Kind::kUnsupported, "Arrow file", kToJson},
    {0, "SEQ\x06"sv, Kind::kUnsupported, "Hadoop sequence file", kToJson},
    {0, "\x89HDF\r\n\x1A\n"sv, Kind::kUnsupported, "HDF5 file", kToJson},
    {0, "ElfFile\0"sv, Kind::kUnsupported, "Windows event log",
     "`wevtutil qe FILE /lf /f:xml | logspill scan -`"},
    {0, "\x1F\x9D"sv, Kind::kUnsupported, "compress (.Z) data",
     "`zcat FILE | logspill scan -`"},
    {0, "LZIP"sv, Kind::kUnsupported, "lzip data",
     "`lzip -dc FILE | logspill scan -`"},
    {0, "\x89LZO\0\r\n\x1A\n"sv, Kind::kUnsupported, "lzop data",
     "`lzop -dc FILE | logspill scan -`"},
    {0, "\xFF\x06\0\0sNaPpY"sv, Kind::kUnsupported, "snappy data",
     "`snzip -dc FILE | logspill scan -`"},
    {0, "\x02\x21\x4C\x18"sv, Kind::kUnsupported, "legacy lz4 data",
     "`lz4 -dc FILE | logspill scan -`"},
    {0, "PK00PK\x03\x04"sv, Kind::kUnsupported, "split zip archive", kExtract},
    {0, "PK\x07\x08"sv, Kind::kUnsupported, "split zip archive", kExtract},
    {0, "!<arch>\n"sv, Kind::kUnsupported, "ar archive", kExtract},
    {0, "MSCF\0"sv, Kind::kUnsupported, "cabinet archive", kExtract},
    {0, "\xED\xAB\xEE\xDB"sv, Kind::kUnsupported, "rpm package", kExtract},
    {0, "070701"sv, Kind::kUnsupported, "cpio archive", kExtract},
    {0, "070707"sv, Kind::kUnsupported, "cpio archive", kExtract},
    {0, "\xC7\x71"sv, Kind::kUnsupported, "cpio archive", kExtract},
    {0, "\xFF\xFE\0\0"sv, Kind::kUnsupported, "UTF-32 text",
     "`iconv -f UTF-32 FILE | logspill scan -`"},
    {0, "\0\0\xFE\xFF"sv, Kind::kUnsupported, "UTF-32 text",
     "`iconv -f UTF-32 FILE | logspill scan -`"},
    {0, "Salted__"sv, Kind::kEncrypted, "file encrypted by OpenSSL", kDecrypt},
    {0, "age-encryption.org/"sv, Kind::kEncrypted, "file encrypted by age",
     kDecrypt},
    {0, "\x8C\x0D\x04"sv, Kind::kEncrypted, "OpenPGP message", kDecrypt},
    {0, "\xC3\x0D\x04"sv, Kind::kEncrypted, "OpenPGP message", kDecrypt},
    {0, "\x85\x01\x0C\x03"sv, Kind::kEncrypted, "OpenPGP message", kDecrypt},
    {0, "\x85\x02\x0C\x03"sv, Kind::kEncrypted, "OpenPGP message", kDecrypt},
    {0, "\x84\x5E\x03"sv, Kind::kEncrypted, "OpenPGP message", kDecrypt},
    {0,
     "\x7F"
     "ELF"sv,
     Kind::kNotText, "ELF program"},
    {0, "MZ"sv, Kind::kNotText, "Windows program"},
    {0, "\xCF\xFA\xED\xFE"sv, Kind::kNotText, "Mach-O program"},
    {0, "\xCA\xFE\xBA\xBE"sv, Kind::kNotText, "Java class or Mach-O program"},
    {0, "\0asm"sv, Kind::kNotText, "WebAssembly module"},
    {0, "SQLite format 3\0"sv, Kind::kNotText, "SQLite database"},
    {0, "LPKSHHRH"sv, Kind::kNotText, "systemd journal",
     "`journalctl --file FILE -o json | logspill scan -`"},
    {0, "\x89PNG\r\n\x1A\n"sv, Kind::kNotText, "PNG image"},
    {0, "\xFF\xD8\xFF"sv, Kind::kNotText, "JPEG image"},
    {0, "GIF8"sv, Kind::kNotText, "GIF image"},
    {0, "BM"sv, Kind::kNotText, "BMP image"},
    {0, "RIFF"sv, Kind::kNotText, "RIFF media"},
    {0, "II*\0"sv, Kind::kNotText, "TIFF image"},
    {0, "MM\0*"sv, Kind::kNotText, "TIFF image"},
    {4, "ftyp"sv, Kind::kNotText, "MP4 media"},
    {0, "OggS\0"sv, Kind::kNotText, "Ogg media"},
    {0, "ID3"sv, Kind::kNotText, "MP3 audio"},
    {0, "%PDF-"sv, Kind::kNotText, "PDF document"},
    {0, "\xD4\xC3\xB2\xA1"sv, Kind::kNotText, "packet capture"},
    {0, "\xA1\xB2\xC3\xD4"sv, Kind::kNotText, "packet capture"},
    {0, "\x0A\x0D\x0D\x0A"sv, Kind::kNotText, "packet capture"},
    {0, "PERFILE2"sv, Kind::kNotText, "perf recording"},
    {0, "JAVA PROFILE"sv, Kind::kNotText, "Java heap dump"},
};

bool IsTextByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= 32 && byte < 127) || byte == '\n' || byte == '\r';
}

bool CouldBeText(const Magic& magic) {
  return magic.bytes.size() < 4 ||
         std::all_of(magic.bytes.begin(), magic.bytes.end(), IsTextByte);
}

bool BeginsOf(std::string_view bytes, std::string_view whole) {
  return !bytes.empty() && whole.starts_with(bytes.substr(0, whole.size()));
}

bool IsBzip2(std::string_view bytes, bool partial) {
  if (bytes.size() < (partial ? kBzip2Sure : 10)) return false;
  if (!bytes.starts_with("BZh") || bytes[3] < '1' || bytes[3] > '9') {
    return false;
  }
  return std::any_of(
      std::begin(kBzip2Blocks), std::end(kBzip2Blocks),
      [&](std::string_view block) { return BeginsOf(bytes.substr(4), block); });
}

// A bare .lzma has no magic number: its first 13 bytes have to make sense.
bool IsLzmaAlone(std::string_view bytes) {
  if (bytes.size() < 13 || !bytes.starts_with("\x5D\0\0"sv)) return false;
  const auto at = [&](std::size_t i) -> unsigned {
    return static_cast<unsigned char>(bytes[i]);
  };
  const unsigned dictionary = at(3) | at(4) << 8u;
  const bool one_bit = (dictionary & (dictionary - 1)) == 0;
  if (dictionary == 0 || !one_bit) return false;
  const bool unknown_size =
      bytes.substr(5, 8) == "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"sv;
  return unknown_size || bytes.substr(10, 3) == "\0\0\0"sv;
}

constexpr std::size_t kTarBlock = 512;
constexpr std::size_t kTarMode = 100;
constexpr std::size_t kTarSum = 148;

bool IsTar(std::string_view bytes, bool whole) {
  if (bytes.size() < kTarBlock) {
    // Cut inside of its first header: told by the mode, octal digits with
    // blanks or zeros behind, after a name that is padded with zeros.
    const std::string_view mode =
        bytes.size() < kTarMode + 8 ? "" : bytes.substr(kTarMode, 8);
    return whole && mode.starts_with("000") && bytes[0] != '\0' &&
           bytes[kTarMode - 1] == '\0' && mode[7] == '\0' &&
           mode.find_first_not_of("01234567 \0"sv) == std::string_view::npos;
  }
  std::uint32_t sum = 8 * ' ';
  for (std::size_t i = 0; i < kTarBlock; ++i) {
    if (i < kTarSum || i >= kTarSum + 8) {
      sum += static_cast<unsigned char>(bytes[i]);
    }
  }
  std::uint32_t stated = 0;
  std::size_t digits = 0;
  for (std::size_t i = kTarSum; i < kTarSum + 8; ++i) {
    if (bytes[i] < '0' || bytes[i] > '7') {
      if (digits > 0) break;
      continue;
    }
    stated = stated * 8 + static_cast<std::uint32_t>(bytes[i] - '0');
    ++digits;
  }
  return digits > 0 && stated == sum;
}

bool IsZip(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv);
}

Content Compressed(Codec codec) {
  return {Kind::kCompressed, codec, {}, Name(codec), {}};
}

const Magic* FindMagic(std::string_view prefix, bool binary) {
  for (const Magic& magic : kMagics) {
    if (prefix.size() < magic.offset) continue;
    if (!prefix.substr(magic.offset).starts_with(magic.bytes)) continue;
    if (binary || !CouldBeText(magic)) return &magic;
  }
  return nullptr;
}

std::optional<Codec> SniffCompression(std::string_view prefix, bool whole) {
  if (const auto codec = SniffFrame(prefix)) return codec;
  if (IsSkippableFrame(prefix)) return Codec::kZstd;
  if (IsLzmaAlone(prefix)) return Codec::kLzma;
  if (!whole || prefix.size() >= kMagicBytes) return std::nullopt;
  // Cut inside of its magic number.
  for (const FrameMagic& magic : kFrames) {
    if (!IsTextByte(magic.bytes[0]) || prefix.size() > 1) {
      if (BeginsOf(prefix, magic.bytes)) return magic.codec;
    }
  }
  if (IsBzip2(prefix, true)) return Codec::kBzip2;
  return std::nullopt;
}

}  // namespace

std::optional<Codec> SniffFrame(std::string_view bytes) {
  for (const FrameMagic& magic : kFrames) {
    if (bytes.starts_with(magic.bytes)) return magic.codec;
  }
  if (IsBzip2(bytes, false)) return Codec::kBzip2;
  return std::nullopt;
}

bool IsSkippableFrame(std::string_view bytes) {
  return bytes.size() >= 4 && (bytes[0] & '\xF0') == '\x50' &&
         bytes.substr(1, 3) == kSkippableTail;
}

bool IsPartOfMagic(std::string_view bytes) {
  if (bytes.empty()) return false;
  for (const FrameMagic& magic : kFrames) {
    if (magic.bytes.starts_with(bytes)) return true;
  }
  if (bytes.size() < 4 && (bytes[0] & '\xF0') == '\x50' &&
      kSkippableTail.starts_with(bytes.substr(1))) {
    return true;
  }
  constexpr std::string_view kBzip2 = "BZh";
  return bytes.size() <= 4 ? kBzip2.starts_with(bytes.substr(0, 3))
                           : bytes.size() < 10 && IsBzip2(bytes, true);
}

Content Sniff(std::string_view prefix, bool whole) {
  if (const auto codec = SniffCompression(prefix, whole)) {
    return Compressed(*codec);
  }
  if (IsZip(prefix)) return {Kind::kZip, {}, {}, "zip archive", {}};
  if (IsTar(prefix, whole)) return {Kind::kTar, {}, {}, "tar archive", {}};
  const TextJudgement text = JudgeText(prefix);
  const bool binary = text.kind == TextKind::kBinary;
  if (const Magic* magic = FindMagic(prefix, binary)) {
    return {magic->kind, {}, {}, magic->what, magic->way};
  }
  const bool plain = std::all_of(prefix.begin(), prefix.end(), [](char c) {
    return IsTextByte(c) || c == '\t' || static_cast<unsigned char>(c) >= 128;
  });
  const bool unicode = text.kind != TextKind::kText && !binary;
  if (!plain && !unicode && LooksLikeProtobuf(prefix, whole)) {
    return {Kind::kUnsupported, {}, {}, "protocol-buffer data", kToJson};
  }
  if (binary) return {Kind::kNotText, {}, {}, "binary data", {}};
  return {Kind::kText, {}, text, unicode ? "text, UTF-16" : "text", {}};
}

}  // namespace logspill
