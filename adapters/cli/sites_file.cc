#include "adapters/cli/sites_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <limits>
#include <sstream>
#include <system_error>
#include <utility>

#include "adapters/output/text.h"
#include "scanner/record/json_value.h"
#include "scanner/source_mask.h"

namespace logspill {
namespace {

using Kind = JsonValue::Kind;

// Takes the fields of one object; the first that does not fit is kept.
class Fields {
 public:
  explicit Fields(const JsonValue& object, std::string* fault)
      : object_(object), fault_(fault) {}

  // Empty where it is absent or null.
  std::string Text(std::string_view key) {
    const JsonValue* value = Of(key, Kind::kText, "a string");
    return value == nullptr ? std::string() : value->text;
  }
  std::string Required(std::string_view key) {
    std::string text = Text(key);
    if (text.empty()) Fail(key, "is required");
    return text;
  }
  std::uint32_t Line(std::string_view key) {
    const JsonValue* value = Of(key, Kind::kNumber, "a number");
    if (value == nullptr) return 0;
    if (value->number > std::numeric_limits<std::uint32_t>::max()) {
      Fail(key, "is too large");
      return 0;
    }
    return static_cast<std::uint32_t>(value->number);
  }
  bool Is(std::string_view key, bool fallback) {
    const JsonValue* value = Of(key, Kind::kBool, "true or false");
    return value == nullptr ? fallback : value->truth;
  }
  const std::vector<JsonValue>& Array(std::string_view key) {
    static const std::vector<JsonValue> kNone;
    const JsonValue* value = Of(key, Kind::kArray, "an array");
    return value == nullptr ? kNone : value->items;
  }
  const JsonValue* Object(std::string_view key) {
    return Of(key, Kind::kObject, "an object");
  }
  void Fail(std::string_view key, std::string_view what) {
    if (fault_->empty()) *fault_ = fmt::format("'{}' {}", key, what);
  }

 private:
  const JsonValue* Of(std::string_view key, Kind kind, std::string_view what) {
    const JsonValue* value = object_.Find(key);
    if (value == nullptr || value->is(Kind::kNull)) return nullptr;
    if (value->is(kind)) return value;
    Fail(key, fmt::format("is not {}", what));
    return nullptr;
  }

  const JsonValue& object_;
  std::string* fault_;
};

// The opposite of LogTemplate::Text(); false where a brace stands alone.
bool ParseTemplate(std::string_view text, std::vector<std::string>* literals) {
  literals->assign(1, "");
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '{' && c != '}') {
      literals->back() += c;
      continue;
    }
    const char next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == c) {
      literals->back() += c;
    } else if (c == '{' && next == '}') {
      literals->emplace_back();
    } else {
      return false;
    }
    ++i;
  }
  return true;
}

void ReadHole(const JsonValue& item, CallSite* site, std::string* fault) {
  Fields fields(item, fault);
  if (!item.is(Kind::kObject)) return fields.Fail("holes", "holds no objects");
  Hole hole;
  hole.argument = fields.Text("argument");
  hole.conversion = fields.Text("conversion");
  hole.key = fields.Text("key");
  hole.origin = fields.Text("origin");
  hole.type = fields.Text("type");
  const bool in_template = fields.Is("in_template", true);
  (in_template ? site->message.holes : site->fields).push_back(std::move(hole));
}

// What stood at the mark of a masked value is not known: it may be anything.
// "calling with [token.github] now {}" has two holes.
void OpenMasked(LogTemplate* message) {
  constexpr std::string_view kInMark =
      "abcdefghijklmnopqrstuvwxyz0123456789.-_";
  LogTemplate opened;
  for (std::size_t i = 0; i < message->literals.size(); ++i) {
    const std::string& text = message->literals[i];
    std::size_t shown = 0;
    for (std::size_t at = text.find('['); at != text.npos;
         at = text.find('[', at + 1)) {
      const std::size_t end = text.find_first_not_of(kInMark, at + 1);
      if (end == text.npos || text[end] != ']' || end == at + 1) continue;
      opened.literals.push_back(text.substr(shown, at - shown));
      opened.holes.push_back({text.substr(at, end + 1 - at)});
      shown = end + 1;
    }
    opened.literals.push_back(text.substr(shown));
    if (i < message->holes.size()) opened.holes.push_back(message->holes[i]);
  }
  *message = std::move(opened);
}

void ReadFlags(Fields* fields, CallSite* site) {
  for (const JsonValue& flag : fields->Array("flags")) {
    if (!flag.is(Kind::kText)) return fields->Fail("flags", "holds no strings");
    site->flags.push_back(flag.text);
  }
}

CallSite ReadSite(const JsonValue& line, std::string* fault) {
  Fields fields(line, fault);
  CallSite site;
  site.id = fields.Required("id");
  site.language = fields.Text("language");
  site.framework = fields.Text("framework");
  site.root = fields.Text("root");
  site.file = fields.Required("file");
  site.line = fields.Line("line");
  if (site.line == 0) fields.Fail("line", "is required");
  site.end_line = fields.Line("end_line");
  site.column = fields.Line("column");
  site.function = fields.Text("function");
  site.class_name = fields.Text("class");
  site.logger = fields.Text("logger");
  site.level = fields.Text("level");
  const JsonValue* text = line.Find("template");
  if (text == nullptr) fields.Fail("template", "is required");
  if (!ParseTemplate(fields.Text("template"), &site.message.literals)) {
    fields.Fail("template", "has a brace that is neither {} nor doubled");
  }
  for (const JsonValue& hole : fields.Array("holes")) {
    ReadHole(hole, &site, fault);
  }
  if (site.message.literals.size() != site.message.holes.size() + 1) {
    fields.Fail("holes", fmt::format("are {}, and 'template' has {}",
                                     site.message.holes.size(),
                                     site.message.literals.size() - 1));
  }
  if (const JsonValue* via = fields.Object("via")) {
    Fields inner(*via, fault);
    site.via.file = inner.Text("file");
    site.via.line = inner.Line("line");
  }
  ReadFlags(&fields, &site);
  if (site.Has(kMaskedFlag)) OpenMasked(&site.message);
  return site;
}

Route ReadRoute(const JsonValue& line, std::string* fault) {
  Fields fields(line, fault);
  Route route;
  route.language = fields.Text("language");
  route.framework = fields.Text("framework");
  route.root = fields.Text("root");
  route.file = fields.Required("file");
  route.line = fields.Line("line");
  route.path = fields.Required("path");
  for (const JsonValue& method : fields.Array("methods")) {
    if (!method.is(Kind::kText)) {
      fields.Fail("methods", "holds no strings");
      break;
    }
    route.methods.push_back(method.text);
  }
  return route;
}

// Adds what one line says; the fault of it, or empty.
std::string AddLine(const JsonValue& line, SitesFile* file) {
  const JsonValue* type = line.Find("type");
  if (type == nullptr || !type->is(Kind::kText)) {
    return "no line of 'logspill sites --format jsonl': it has no type";
  }
  std::string fault;
  if (type->text == "site") {
    file->sites.push_back(ReadSite(line, &fault));
    if (!fault.empty()) return "the call site's " + fault;
  } else if (type->text == "route") {
    file->routes.push_back(ReadRoute(line, &fault));
    if (!fault.empty()) return "the route's " + fault;
  }
  return fault;
}

}  // namespace

Result<SitesFile> ParseSites(std::string_view name, std::string_view text) {
  JsonReader reader;
  SitesFile file;
  bool any = false;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    any = true;
    auto value = reader.Read(line);
    const std::string fault =
        value ? AddLine(*value, &file) : value.error().message;
    if (fault.empty()) continue;
    return Error{fmt::format("{}:{}: {}", Printable(name), number, fault)};
  }
  if (any) return file;
  return Error{
      fmt::format("{}: is empty; it takes the output of 'logspill sites DIR "
                  "--format jsonl'",
                  Printable(name))};
}

Result<SitesFile> LoadSites(const std::string& path) {
  std::error_code unknown;  // is said where it is opened
  if (std::filesystem::is_directory(path, unknown)) {
    return Error{fmt::format(
        "{}: is a folder; --sites takes the output of 'logspill sites DIR "
        "--format jsonl', and --source a folder of source code",
        Printable(path))};
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || (file.peek() != std::ifstream::traits_type::eof() &&
                !(text << file.rdbuf()))) {
    return Error{fmt::format("{}: cannot be read: {}", Printable(path),
                             std::generic_category().message(errno))};
  }
  return ParseSites(path, text.str());
}

}  // namespace logspill
