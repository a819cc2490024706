#include "scanner/record/back_scan.h"

#include <algorithm>
#include <array>

namespace logspill {

bool IsGenericName(std::string_view name) {
  static constexpr std::array<std::string_view, 33> kNames = {
      "_id",        "account",     "addr", "address", "code",  "email",
      "ext_id",     "external_id", "guid", "href",    "id",    "ident",
      "identifier", "ids",         "ip",   "key",     "login", "mail",
      "name",       "no",          "num",  "number",  "oid",   "phone",
      "pk",         "ref",         "sid",  "token",   "uid",   "urn",
      "uuid",       "val",         "value"};
  if (name.empty() || name.size() > 11) return false;
  std::array<char, 11> lower{};
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    lower[i] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  std::string_view word(lower.data(), name.size());
  // uuid_1: a bound parameter.
  const std::size_t under = word.find_last_of('_');
  if (under != kNowhere && under + 1 < word.size() &&
      IsDigitByte(word[under + 1])) {
    word = word.substr(0, under);
  }
  return std::binary_search(kNames.begin(), kNames.end(), word);
}

}  // namespace logspill
