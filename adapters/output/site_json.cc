#include "adapters/output/site_json.h"

#include <cstdint>
#include <string_view>

#include "adapters/output/text.h"

namespace logspill {
namespace {

void AppendText(std::string_view key, std::string_view text, std::string* out) {
  out->append(key);
  AppendJsonString(text, out);
}

void AppendCount(std::string_view key, std::uint64_t count, std::string* out) {
  out->append(key);
  AppendNumber(count, out);
}

// Empty stands for "there is none".
void AppendNullable(std::string_view key, std::string_view text,
                    std::string* out) {
  if (text.empty()) {
    out->append(key).append("null");
  } else {
    AppendText(key, text, out);
  }
}

}  // namespace

void AppendOpenSite(const CallSite& site, std::string* out) {
  AppendText(R"({"id":)", site.id, out);
  AppendText(R"(,"language":)", site.language, out);
  AppendText(R"(,"root":)", site.root, out);
  AppendText(R"(,"file":)", site.file, out);
  AppendCount(R"(,"line":)", site.line, out);
  AppendCount(R"(,"end_line":)", site.end_line, out);
  AppendNullable(R"(,"class":)", site.class_name, out);
  AppendNullable(R"(,"function":)", site.function, out);
  AppendNullable(R"(,"logger":)", site.logger, out);
  AppendNullable(R"(,"level":)", site.level, out);
  AppendText(R"(,"template":)", site.message.Text(), out);
  if (site.via.file.empty()) return;
  AppendText(R"(,"via":{"file":)", site.via.file, out);
  AppendCount(R"(,"line":)", site.via.line, out);
  out->push_back('}');
}

}  // namespace logspill
