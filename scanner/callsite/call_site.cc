#include "scanner/callsite/call_site.h"

namespace logspill {

std::string LogTemplate::Text() const {
  std::string text;
  for (std::size_t i = 0; i < literals.size(); ++i) {
    for (const char c : literals[i]) {
      text += c;
      if (c == '{' || c == '}') text += c;
    }
    if (i < holes.size()) text += "{}";
  }
  return text;
}

}  // namespace logspill
