#include "tests/e2e/site_fits.h"

#include <algorithm>
#include <string_view>

namespace logspill::e2e {
namespace {

// What a value may look like once it is formatted: quoted, padded, rounded.
bool IsPrintOf(std::string_view printed, const std::string& argument,
               const Values& values) {
  const auto [begin, end] = values.equal_range(argument);
  return std::any_of(begin, end, [&](const auto& known) {
    return known.second.empty()
               ? printed.find_first_not_of(" \"'") == std::string_view::npos
               : printed.find(known.second) != std::string_view::npos;
  });
}

// One way to cut `text` into literals and holes.
class Fit {
 public:
  Fit(const LogTemplate& message, const Values& values)
      : message_(message), values_(values) {}

  bool Holds(std::string_view text) const { return From(0, text); }

 private:
  // `text` begins with literal `i`.
  bool From(std::size_t i, std::string_view text) const {
    const std::string& literal = message_.literals[i];
    if (!text.starts_with(literal)) return false;
    text.remove_prefix(literal.size());
    if (i == message_.holes.size()) return text.empty();
    const std::string& argument = message_.holes[i].argument;
    for (std::size_t size = 0; size <= text.size(); ++size) {
      if (IsPrintOf(text.substr(0, size), argument, values_) &&
          From(i + 1, text.substr(size))) {
        return true;
      }
    }
    return false;
  }

  const LogTemplate& message_;
  const Values& values_;
};

// A line's end belongs to the output rather than to the message.
void DropNewline(std::string* text) {
  if (text->ends_with('\n')) text->pop_back();
}

// A macro may print the place itself, before a tab.
LogTemplate WithoutPlace(LogTemplate message) {
  const bool placed =
      !message.holes.empty() && (message.holes[0].argument == "__LINE__" ||
                                 message.holes[0].argument == "line!()");
  if (!placed) return message;
  message.holes.erase(message.holes.begin());
  message.literals.erase(message.literals.begin());
  message.literals[0].erase(0, message.literals[0].rfind('\t') + 1);
  return message;
}

std::string WhyNotFields(const CallSite& site, const PrintedLine& line,
                         const Values& values) {
  std::vector<Hole> left = site.fields;
  for (const auto& [key, value] : line.fields) {
    const auto fits = [&, &key = key, &value = value](const Hole& field) {
      return field.key == key && IsPrintOf(value, field.argument, values);
    };
    const auto field = std::find_if(left.begin(), left.end(), fits);
    const auto& holes = site.message.holes;
    if (field != left.end()) {
      left.erase(field);
    } else if (std::none_of(holes.begin(), holes.end(), fits)) {
      return "no field " + key + "=" + value;
    }
  }
  return left.empty() ? "" : "field " + left[0].key + " was not printed";
}

}  // namespace

bool IsPlaceOf(const CallSite& site, const PrintedLine& line) {
  return site.file == line.file && site.line <= line.line &&
         line.line <= site.end_line;
}

std::string WhyNot(const CallSite& site, const PrintedLine& line,
                   const Values& values) {
  if (site.framework != line.framework) return "framework " + site.framework;
  const bool open = line.level == "?";
  if (open ? !site.Has("dynamic-level") : site.level != line.level) {
    return "level '" + site.level + "'";
  }
  LogTemplate message = WithoutPlace(site.message);
  std::string text = line.message;
  DropNewline(&message.literals.back());
  DropNewline(&text);
  for (const Hole& hole : message.holes) {
    if (!values.contains(hole.argument)) {
      return "no value known of '" + hole.argument + "'";
    }
  }
  if (!Fit(message, values).Holds(text)) return "template";
  return WhyNotFields(site, line, values);
}

}  // namespace logspill::e2e
