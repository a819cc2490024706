#include "scanner/rule/value_form.h"

#include <algorithm>
#include <iterator>

namespace logspill {

bool FoldsCase(const Rule& rule) {
  static constexpr std::string_view kKinds[] = {"uuid",  "hex32", "mac",
                                                "email", "ipv6",  "ulid"};
  return std::find(std::begin(kKinds), std::end(kKinds), rule.kind) !=
         std::end(kKinds);
}

std::string_view LowerForm(std::string_view value, std::string* scratch) {
  unsigned char has_upper = 0;  // no branch a byte: a loop of vectors
  for (const char c : value) {
    const auto letter = static_cast<unsigned char>(c - 'A');
    has_upper |= static_cast<unsigned char>(letter < 26);
  }
  if (has_upper == 0) return value;
  scratch->assign(value);
  for (char& c : *scratch) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return *scratch;
}

}  // namespace logspill
