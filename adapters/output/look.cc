#include "adapters/output/look.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/output/text.h"

namespace logspill {
namespace {

using namespace std::
    string_view_literals;  // NOLINT(google-build-using-namespace)

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

constexpr std::array kZipSuffixes = {".zip"sv, ".jar"sv, ".war"sv, ".ear"sv,
                                     ".apk"sv};

std::string FirstBytes(const std::string& path) {
  constexpr std::size_t kTarHeader = 512;
  std::string bytes(kTarHeader, '\0');
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

// A plain tar; the oldest kind has no magic number.
bool IsTar(const std::string& path) {
  const std::string bytes = FirstBytes(path);
  return std::string_view(bytes)
             .substr(std::min<std::size_t>(bytes.size(), 257))
             .starts_with("ustar") ||
         EndsWithAny(path, kTarSuffixes);
}

// `text` with a backslash before each of `special`.
std::string Escaped(std::string_view text, std::string_view special) {
  std::string escaped;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) escaped.push_back('\\');
    escaped.push_back(c);
  }
  return escaped;
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

bool IsZip(const std::string& path) {
  const std::string bytes = FirstBytes(path);
  return bytes.empty() ? EndsWithAny(path, kZipSuffixes)
                       : bytes.starts_with("PK\x03\x04"sv);
}

// The entry as unzip's pattern, which knows no other way to name it.
std::string ZipWord(std::string_view member) {
  return ShellWord(Escaped(member, "*?[]\\"));
}

// What writes the entry to standard output; empty where nothing does.
std::string ShowMember(const RowSummary& row) {
  if (IsZip(row.input)) {
    if (row.member.starts_with('-')) return {};
    return fmt::format("unzip -p {} {}", PathWord(row.input),
                       ZipWord(row.member));
  }
  const Codec* codec = CodecOf(row.input);
  if (codec == nullptr && !IsTar(row.input)) return {};
  // tar knows these by itself; it takes what is before a colon for a host.
  if (row.input.find(':') == std::string::npos &&
      (codec == nullptr || codec->suffix != ".lz4")) {
    return fmt::format("tar -xOf {} -- {}", PathWord(row.input),
                       ShellWord(row.member));
  }
  return fmt::format("{} < {} | tar -xOf - -- {}",
                     codec == nullptr ? "cat" : codec->command,
                     ShellWord(row.input), ShellWord(row.member));
}

std::string MemberCommand(const RowSummary& row) {
  if (IsNested(row.member)) return {};
  const std::string show = ShowMember(row);
  if (show.empty()) return {};
  return fmt::format("{} | sed -n {}p", show, row.line);
}

// The length of the UTF-8 sequence that `text` begins with; 0: there is none.
std::size_t SequenceOf(std::string_view text) {
  const auto at = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0;
  };
  const int lead = at(0);
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const std::size_t size = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (std::size_t i = 1; i < size; ++i) {
    if ((at(i) & 0xc0) != 0x80) return 0;
  }
  // Overlong forms, surrogates, and what is behind the last character.
  const bool bad =
      (lead == 0xe0 && at(1) < 0xa0) || (lead == 0xed && at(1) >= 0xa0) ||
      (lead == 0xf0 && at(1) < 0x90) || (lead == 0xf4 && at(1) >= 0x90);
  return bad ? 0 : size;
}

// The pattern that matches this path.  TOML holds UTF-8 only: '?' stands for
// each other byte.
std::string PatternOf(std::string_view path) {
  std::string pattern;
  while (!path.empty()) {
    const std::size_t size = SequenceOf(path);
    pattern += size == 0 ? "?" : Escaped(path.substr(0, size), "*?[\\");
    path.remove_prefix(std::max<std::size_t>(size, 1));
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

std::string SourceCommand(const SiteName& site) {
  if (site.id.empty() || site.file.empty() || site.built_in) return {};
  std::string path = site.root;
  if (!path.empty() && path.back() != '/') path.push_back('/');
  path.append(site.file);
  std::string lines = std::to_string(site.line);
  if (site.end_line > site.line) lines += fmt::format(",{}", site.end_line);
  return fmt::format("sed -n {}p {}", lines, PathWord(path));
}

std::string SourceCommand(const RowSummary& row) {
  SiteName site;
  site.id = row.site_id;
  site.root = row.root;
  site.file = row.file;
  site.line = row.site_line;
  site.end_line = row.site_end_line;
  site.built_in = row.built_in;
  return SourceCommand(site);
}

std::string AllowLines(const RowSummary& row) {
  std::string out = "[[allow]]\n";
  AppendEntry("class", row.class_name, &out);
  AppendEntry("rule", row.rule, &out);
  // The class alone would silence far more than this row.
  if (!row.site_id.empty()) {
    AppendEntry("site", row.site_id, &out);
    AppendEntry("argument", row.argument, &out);
  } else if (!row.field.empty() && row.field != "*") {
    AppendEntry("field", row.field, &out);
  } else if (row.input != "-") {
    AppendEntry("path", PatternOf(row.input), &out);
  }
  out.append("reason = 'reviewed, no leak'\n");
  return out;
}

}  // namespace logspill
