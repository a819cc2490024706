// RFC 791 and RFC 6890 (IPv4), RFC 4291 and RFC 5952 (IPv6), IEEE 802 (MAC).

#include <array>
#include <cstdint>
#include <optional>

#include "scanner/verify/checks.h"
#include "scanner/verify/text.h"

namespace logspill {
namespace {

std::optional<std::uint32_t> ParseIpv4(std::string_view text) {
  std::uint32_t address = 0;
  std::size_t at = 0;
  for (int group = 0; group < 4; ++group) {
    if (group != 0 && (at >= text.size() || text[at++] != '.')) return {};
    std::uint32_t octet = 0;
    const std::size_t begin = at;
    while (at < text.size() && IsDigit(text[at]) && at - begin < 4) {
      octet = octet * 10 + static_cast<std::uint32_t>(text[at++] - '0');
    }
    const std::size_t size = at - begin;
    if (size == 0 || octet > 255) return {};
    if (size > 1 && text[begin] == '0') return {};  // 010 is octal, or no octet
    address = (address << 8) | octet;
  }
  if (at != text.size()) return {};
  return address;
}

struct Range {
  std::uint32_t network;
  int bits;
  std::string_view reason;
};

constexpr Range kSpecial[] = {
    {0x0a000000, 8, "private address"},
    {0xac100000, 12, "private address"},
    {0xc0a80000, 16, "private address"},
    {0x64400000, 10, "shared address of a carrier"},
    {0x7f000000, 8, "loopback address"},
    {0x00000000, 8, "unspecified address"},
    {0xa9fe0000, 16, "link-local address"},
    {0xc0000200, 24, "documentation address"},
    {0xc6336400, 24, "documentation address"},
    {0xcb007100, 24, "documentation address"},
    {0xe0000000, 4, "multicast address"},
    {0xf0000000, 4, "reserved address"},
};

using Groups = std::array<std::uint16_t, 8>;

// Reads the groups of `text` up to its end; false where one does not fit.
bool ReadGroups(std::string_view text, Groups* groups, std::size_t* count) {
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view group = text.substr(0, colon);
    if (group.empty() || *count == 8) return false;
    if (group.find('.') != std::string_view::npos) {
      const auto tail = ParseIpv4(group);
      if (!tail || colon != std::string_view::npos || *count > 6) return false;
      (*groups)[(*count)++] = static_cast<std::uint16_t>(*tail >> 16);
      (*groups)[(*count)++] = static_cast<std::uint16_t>(*tail & 0xffff);
      return true;
    }
    if (group.size() > 4 || !All(group, IsHex)) return false;
    std::uint32_t number = 0;
    for (const char c : group) {
      number = (number << 4) | static_cast<std::uint32_t>(HexValue(c));
    }
    (*groups)[(*count)++] = static_cast<std::uint16_t>(number);
    if (colon == std::string_view::npos) return true;
    text.remove_prefix(colon + 1);
    if (text.empty()) return false;
  }
  return true;
}

std::optional<Groups> ParseIpv6(std::string_view text) {
  Groups head{};
  std::size_t head_count = 0;
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    if (!ReadGroups(text, &head, &head_count) || head_count != 8) return {};
    return head;
  }
  Groups tail{};
  std::size_t tail_count = 0;
  if (!ReadGroups(text.substr(0, gap), &head, &head_count) ||
      !ReadGroups(text.substr(gap + 2), &tail, &tail_count) ||
      head_count + tail_count > 7) {
    return {};
  }
  for (std::size_t i = 0; i < tail_count; ++i) {
    head[8 - tail_count + i] = tail[i];
  }
  return head;
}

// Eight groups of two digits each are a hardware address or a fingerprint.
bool IsEightPairs(std::string_view text) {
  if (text.size() != 23) return false;
  for (std::size_t i = 2; i < text.size(); i += 3) {
    if (text[i] != ':') return false;
  }
  return true;
}

}  // namespace

Validation CheckIpv4(std::string_view value) {
  const auto address = ParseIpv4(value);
  if (!address) return kRejected;
  for (const Range& range : kSpecial) {
    if ((*address ^ range.network) >> (32 - range.bits) == 0) {
      return Filler(range.reason);
    }
  }
  return kAccepted;
}

Validation CheckIpv6(std::string_view value) {
  // std::, dead::beef and 12::34 in code are scopes and times: an address that
  // is abbreviated holds a digit and at least two groups, or is ::1.
  if (Count(value, IsDigit) == 0 || IsEightPairs(value)) return kRejected;
  const auto groups = ParseIpv6(value);
  if (!groups) return kRejected;
  std::size_t zeros = 0;
  for (const std::uint16_t group : *groups) zeros += group == 0;
  if (zeros == 8) return Filler("unspecified address");
  if (zeros == 7 && (*groups)[7] == 1) return Filler("loopback address");
  const std::uint16_t first = (*groups)[0];
  if ((first & 0xffc0) == 0xfe80) return Filler("link-local address");
  if ((first & 0xfe00) == 0xfc00) return Filler("unique local address");
  if ((first & 0xff00) == 0xff00) return Filler("multicast address");
  if (first == 0x2001 && (*groups)[1] == 0x0db8) {
    return Filler("documentation address");
  }
  // IANA has given out 2000::/3; below it stand mapped and translated forms.
  if ((first & 0xe000) == 0x2000) return kAccepted;
  const bool mapped = zeros >= 5 && (*groups)[5] == 0xffff;
  const bool translated = first == 0x0064 && (*groups)[1] == 0xff9b;
  return AcceptIf(mapped || translated);
}

Validation CheckMac(std::string_view value) {
  // Three groups between dots, as switches print them; digits alone are a
  // version or a number.
  if (value.size() == 14) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (i % 5 == 4 ? value[i] != '.' : !IsHex(value[i])) return kRejected;
    }
    if (Count(value, [](char c) { return ToLower(c) == 'f'; }) == 12) {
      return Filler("broadcast address");
    }
    return AcceptIf(Count(value, IsDigit) != 12);
  }
  if (value.size() != 17) return kRejected;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool ok = i % 3 == 2 ? value[i] == value[2] : IsHex(value[i]);
    if (!ok) return kRejected;
  }
  const std::size_t digits = Count(value, IsDigit);
  // 16-09-28-14-00-46 is a time.
  if (value[2] == '-' && digits == 12) return kRejected;
  const std::size_t zeros = Count(value, [](char c) { return c == '0'; });
  if (zeros == 12) return Filler("unset address");
  if (Count(value, [](char c) { return ToLower(c) == 'f'; }) == 12) {
    return Filler("broadcast address");
  }
  return kAccepted;
}

}  // namespace logspill
