// What is asked of the text of a source file before it is parsed.
//
// Threads:   pure functions; Words is const after construction.
// Cost:      one pass over the text.

#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace logspill {

// Names to look for.  Most words of a text are none of them, and the first byte
// and the length say so without a hash.
class Words {
 public:
  explicit Words(const std::set<std::string>& names)
      : names_(names.begin(), names.end()) {
    for (const std::string_view name : names_) {
      lengths_[static_cast<unsigned char>(name[0])] |= Bit(name.size());
    }
  }

  // The name in the set, which outlives any text; or empty.
  std::string_view Find(std::string_view word) const {
    const auto first = static_cast<unsigned char>(word[0]);
    if ((lengths_[first] & Bit(word.size())) == 0) return {};
    const auto found = names_.find(word);
    return found == names_.end() ? std::string_view() : *found;
  }

 private:
  static std::uint64_t Bit(std::size_t size) {
    return std::uint64_t{1} << std::min<std::size_t>(size, 63);
  }

  std::unordered_set<std::string_view> names_;
  std::array<std::uint64_t, 256> lengths_{};
};

// The callees that `text` calls, and the constants that it may give a value;
// views into the sets' names.
std::vector<std::string_view> NamesIn(std::string_view text,
                                      const Words& callees,
                                      const Words& constants);

bool HoldsAnyOf(std::string_view text, const std::vector<std::string>& tokens);

// What a tool wrote for machines: most of it are statements without blanks in
// lines longer than people write.  A long string, table or sum is none.
bool IsMinified(std::string_view text);

// Turns UTF-16, as a byte order mark shows it, into UTF-8 without a mark; other
// text stays as it is.  What is no UTF-16 becomes U+FFFD.
void FromUtf16(std::string* text);

bool IsBinary(std::string_view text);

}  // namespace logspill
