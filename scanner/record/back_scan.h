// Reads a record backward from a place: quotes in every escape, blanks, names,
// and the bracket that encloses it.
//
// Lifetime:  views the record it was made for.
// Cost:      O(bytes stepped over); never before `floor`.

#pragma once

#include <cstddef>
#include <string_view>

namespace logspill {

inline constexpr std::size_t kNowhere = std::string_view::npos;

inline bool IsDigitByte(char c) { return c >= '0' && c <= '9'; }
inline bool IsLetterByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
inline bool IsWordByte(char c) {
  return IsDigitByte(c) || IsLetterByte(c) || c == '_' || c == '-' ||
         c == '.' || c == '@';
}

class BackScan {
 public:
  BackScan(std::string_view text, std::size_t at, std::size_t floor)
      : text_(text), at_(at), floor_(floor) {}

  std::size_t at() const { return at_; }
  void set(std::size_t at) { at_ = at; }
  // The byte `back` before the present place; NUL where the reach ends.
  char Before(std::size_t back = 0) const {
    return at_ > floor_ + back ? text_[at_ - 1 - back] : '\0';
  }
  bool Ends(std::string_view with) const {
    return at_ - floor_ >= with.size() &&
           text_.substr(at_ - with.size(), with.size()) == with;
  }

  bool SkipBlanks() {
    const std::size_t from = at_;
    while (Before() == ' ' || Before() == '\t') --at_;
    return at_ != from;
  }

  // Steps over one quote: " ' ` with its backslashes, %22, %27, \u0022, &quot;.
  // The quote, or NUL where there is none.
  char SkipQuote() {
    const char c = Before();
    if (c == '"' || c == '\'' || c == '`') {
      --at_;
      while (Before() == '\\') --at_;
      return c;
    }
    if (c == '2' || c == '7') return SkipEncodedQuote(c);
    if (c == ';' && Ends("&quot;")) {
      at_ -= 6;
      return '"';
    }
    return '\0';
  }

  // The name that ends here: letters, digits, '_', '-', '.', '@'.
  std::string_view SkipName() {
    const std::size_t end = at_;
    while (IsWordByte(Before())) --at_;
    return text_.substr(at_, end - at_);
  }

  // Steps in front of the bracket that is open here, counting the commas
  // beside; false where none is.
  bool SkipToOpen(int* commas) {
    int depth = 0;
    for (std::size_t i = at_; i > floor_; --i) {
      switch (text_[i - 1]) {
        case ')':
        case ']':
        case '}':
          ++depth;
          break;
        case '(':
        case '[':
        case '{':
          if (depth-- == 0) {
            at_ = i - 1;
            return true;
          }
          break;
        case ',':
          if (depth == 0) ++*commas;
          break;
        default:
          break;
      }
    }
    return false;
  }

 private:
  char SkipEncodedQuote(char last) {
    if (Before(1) != '2') return '\0';
    if (Before(2) == '%') {
      at_ -= 3;
    } else if (Ends(last == '2' ? "\\u0022" : "\\u0027")) {
      at_ -= 6;
      while (Before() == '\\') --at_;
    } else {
      return '\0';
    }
    return last == '2' ? '"' : '\'';
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t floor_;
};

// True for names that say only what form a value has ("uuid", "id", "value"),
// so that whose it is stands in what encloses it.
bool IsGenericName(std::string_view name);

}  // namespace logspill
