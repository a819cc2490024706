#include "adapters/output/look.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <string_view>

#include "adapters/output/text.h"

namespace logspill {
namespace {

using std::string_view_literals::operator""sv;

struct Codec {
  std::string_view magic;
  std::string_view suffix;
  std::string_view command;  // decompresses its standard input
};

constexpr std::array kCodecs = {
    Codec{"\x1f\x8b"sv, ".gz", "zcat"},
    Codec{"\x28\xb5\x2f\xfd"sv, ".zst", "zstd -dc"},
    Codec{"\x04\x22\x4d\x18"sv, ".lz4", "lz4 -dc"},
    Codec{"\xfd"
          "7zXZ"sv,
          ".xz", "xzcat"},
    Codec{"BZh"sv, ".bz2", "bzcat"},
    Codec{"\xff\xfe"sv, "", "iconv -f utf-16 -t utf-8"},
    Codec{"\xfe\xff"sv, "", "iconv -f utf-16 -t utf-8"},
};

constexpr std::array kTarSuffixes = {".tar"sv,     ".tgz"sv,    ".tar.gz"sv,
                                     ".tar.xz"sv,  ".txz"sv,    ".tar.bz2"sv,
                                     ".tar.zst"sv, ".tar.lz4"sv};

constexpr std::array kContainerSuffixes = {
    ".gz"sv,  ".zst"sv, ".lz4"sv, ".xz"sv,  ".bz2"sv,
    ".tar"sv, ".tgz"sv, ".zip"sv, ".jar"sv, ".txz"sv};

std::string FirstBytes(const std::string& path) {
  std::string bytes(8, '\0');
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0) return {};
  const ssize_t size = ::read(fd, bytes.data(), bytes.size());
  ::close(fd);
  bytes.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return bytes;
}

// Content decides; the name only where there is no content to see.
const Codec* CodecOf(const std::string& path) {
  const std::string bytes = FirstBytes(path);
  for (const Codec& codec : kCodecs) {
    const bool fits = bytes.empty()
                          ? !codec.suffix.empty() &&
                                std::string_view(path).ends_with(codec.suffix)
                          : bytes.starts_with(codec.magic);
    if (fits) return &codec;
  }
  return nullptr;
}

template <typename Suffixes>
bool EndsWithAny(std::string_view name, const Suffixes& suffixes) {
  for (const std::string_view suffix : suffixes) {
    if (name.ends_with(suffix)) return true;
  }
  return false;
}

// True where an entry can lie inside, or be, another archive.
bool IsNested(std::string_view member) {
  for (std::size_t slash = member.find('/'); slash != member.npos;
       slash = member.find('/', slash + 1)) {
    if (EndsWithAny(member.substr(0, slash), kContainerSuffixes)) return true;
  }
  return EndsWithAny(member, kContainerSuffixes);
}

// A path that no command takes for an option.
std::string PathWord(std::string_view path) {
  if (!path.starts_with('-')) return ShellWord(path);
  return ShellWord("./" + std::string(path));
}

std::string MemberCommand(const RowSummary& row) {
  const bool tar = EndsWithAny(row.input, kTarSuffixes);
  if (!tar || IsNested(row.member)) return {};
  return fmt::format("tar -xOf {} -- {} | sed -n {}p", PathWord(row.input),
                     ShellWord(row.member), row.line);
}

// The pattern that matches this path alone.
std::string PatternOf(std::string_view path) {
  std::string pattern;
  for (const char c : path) {
    if (std::string_view("*?[\\").find(c) != std::string_view::npos) {
      pattern.push_back('\\');
    }
    pattern.push_back(c);
  }
  return pattern;
}

void AppendEntry(std::string_view key, std::string_view value,
                 std::string* out) {
  if (value.empty()) return;
  out->append(fmt::format("{} = {}\n", key, TomlString(value)));
}

}  // namespace

std::string LookCommand(const RowSummary& row) {
  if (row.input.empty() || row.input == "-") return {};
  if (!row.member.empty()) return MemberCommand(row);
  const Codec* codec = CodecOf(row.input);
  if (codec == nullptr) {
    return fmt::format("sed -n {}p {}", row.line, PathWord(row.input));
  }
  return fmt::format("{} < {} | sed -n {}p", codec->command,
                     ShellWord(row.input), row.line);
}

std::string SourceCommand(const RowSummary& row) {
  if (row.site_id.empty() || row.file.empty()) return {};
  std::string path = row.root;
  if (!path.empty() && path.back() != '/') path.push_back('/');
  path.append(row.file);
  std::string lines = std::to_string(row.site_line);
  if (row.site_end_line > row.site_line) {
    lines += fmt::format(",{}", row.site_end_line);
  }
  return fmt::format("sed -n {}p {}", lines, PathWord(path));
}

std::string AllowLines(const RowSummary& row) {
  std::string out = "[[allow]]\n";
  AppendEntry("class", row.class_name, &out);
  AppendEntry("rule", row.rule, &out);
  // The class alone would silence far more than this row.
  if (!row.site_id.empty()) {
    AppendEntry("site", row.site_id, &out);
  } else if (!row.field.empty()) {
    AppendEntry("field", row.field, &out);
  } else if (row.input != "-") {
    AppendEntry("path", PatternOf(row.input), &out);
  }
  out.append("reason = 'reviewed, no leak'\n");
  return out;
}

}  // namespace logspill
