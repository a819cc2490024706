#include "scanner/redact/replacement.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "scanner/base/mark.h"
#include "scanner/rule/value_form.h"

namespace logspill {
namespace {

constexpr std::size_t kTokenSlots = 4096;
constexpr std::size_t kIpv6NetworkBytes = 6;  // a /48, what one site is given

// The first `count` characters as a mark may show them.  At least as many stay
// hidden: a short value is not told.
std::string Kept(std::string_view value, const Policy& policy) {
  const std::size_t count =
      std::min<std::size_t>(policy.count, value.size() / 2);
  const bool first = policy.action == Action::kKeepFirst;
  std::string kept(first ? value.substr(0, count)
                         : value.substr(value.size() - count));
  for (char& c : kept) {
    if (!MayShow(c)) c = '_';
  }
  if (kept.empty()) return {};
  return first ? ":" + kept + "*" : ":*" + kept;
}

std::string DomainOf(std::string_view mail) {
  const std::size_t at = mail.rfind('@');
  if (at == std::string_view::npos || at + 1 == mail.size()) return {};
  const std::string_view domain = mail.substr(at + 1);
  const bool plain = std::all_of(domain.begin(), domain.end(), [](char c) {
    return MayShow(c) && std::strchr("_+@/", c) == nullptr;
  });
  return plain && domain.size() <= 253 ? ":@" + std::string(domain) : "";
}

std::string NetworkOf(std::string_view address) {
  const std::string text(address);
  std::array<unsigned char, 16> bytes{};
  std::array<char, INET6_ADDRSTRLEN> shown{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
    bytes[3] = 0;
    inet_ntop(AF_INET, bytes.data(), shown.data(), shown.size());
    return ":" + std::string(shown.data()) + "/24";
  }
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return {};
  std::fill(bytes.begin() + kIpv6NetworkBytes, bytes.end(),
            static_cast<unsigned char>(0));
  inet_ntop(AF_INET6, bytes.data(), shown.data(), shown.size());
  return ":" + std::string(shown.data()) + "/48";
}

}  // namespace

Replacement::Replacement(const Key* key) : key_(key), tokens_(kTokenSlots) {}

const std::string& Replacement::TokenOf(const Rule& rule,
                                        std::string_view value) {
  const std::string_view form =
      FoldsCase(rule) ? LowerForm(value, &lower_) : value;
  const std::uint64_t hash = key_->Hash(form);
  Token& slot = tokens_[hash % kTokenSlots];
  if (slot.hash != hash || slot.text.empty()) {
    slot.hash = hash;
    slot.text = ":" + key_->Fingerprint(form);
    slot.text[1 + kKeyIdDigits] = '.';
  }
  Wipe(&lower_);
  return slot.text;
}

void Replacement::Append(const Value& value, const Policy& policy,
                         std::string* out) {
  if (policy.action == Action::kDrop) return;
  const std::string& kind = value.rule->kind;
  if (policy.action == Action::kLength) {
    const std::size_t least = kind.size() + 2;
    if (value.raw_size < least) {
      out->append(value.raw_size, '*');
    } else {
      out->append("[").append(kind).append(value.raw_size - least, '*');
      out->append("]");
    }
    return;
  }
  std::string_view escape;
  if (value.percent_depth > 0) escape = value.percent_depth == 1 ? "%" : "%25";
  out->append(escape.empty() ? std::string_view("[") : escape);
  if (!escape.empty()) out->append("5B");
  out->append(kind);
  switch (policy.action) {
    case Action::kPseudonym:
      out->append(TokenOf(*value.rule, value.text));
      break;
    case Action::kKeepFirst:
    case Action::kKeepLast:
      if (value.alone) out->append(Kept(value.text, policy));
      break;
    case Action::kMailDomain:
      if (value.alone && kind == "email") out->append(DomainOf(value.text));
      break;
    case Action::kIpNetwork:
      if (value.alone && kind.starts_with("ipv")) {
        out->append(NetworkOf(value.text));
      }
      break;
    default:
      break;
  }
  out->append(escape.empty() ? std::string_view("]") : escape);
  if (!escape.empty()) out->append("5D");
}

}  // namespace logspill
