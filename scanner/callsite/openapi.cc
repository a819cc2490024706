#include "scanner/callsite/openapi.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>

namespace logspill {
namespace {

constexpr std::array<std::string_view, 8> kVerbs = {
    "delete", "get", "head", "options", "patch", "post", "put", "trace"};

std::string Upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  }
  return text;
}

std::uint32_t LineOf(const YAML::Node& node) {
  return static_cast<std::uint32_t>(node.Mark().line + 1);
}

std::vector<std::string> VerbsOf(const YAML::Node& operations) {
  std::vector<std::string> verbs;
  if (!operations.IsMap()) return verbs;
  for (const auto& row : operations) {
    if (!row.first.IsScalar()) continue;
    const std::string& key = row.first.Scalar();
    if (std::find(kVerbs.begin(), kVerbs.end(), key) != kVerbs.end()) {
      verbs.push_back(Upper(key));
    }
  }
  std::sort(verbs.begin(), verbs.end());
  return verbs;
}

std::vector<Route> RoutesIn(const YAML::Node& document, const std::string& root,
                            const std::string& file) {
  std::vector<Route> routes;
  if (!document.IsMap()) return routes;
  const bool named = document["openapi"] || document["swagger"];
  const YAML::Node paths = document["paths"];
  if (!named || !paths || !paths.IsMap()) return routes;
  PathSpelling spelling;
  spelling.braces = true;
  for (const auto& row : paths) {
    if (!row.first.IsScalar()) continue;
    const std::string& path = row.first.Scalar();
    if (!path.starts_with('/')) continue;  // x-...
    routes.push_back({"openapi", "openapi", root, file, LineOf(row.first),
                      NormalisePath(path, spelling).path, VerbsOf(row.second)});
  }
  return routes;
}

}  // namespace

const std::vector<std::string>& OpenApiExtensions() {
  static const std::vector<std::string> extensions = {".yaml", ".yml", ".json"};
  return extensions;
}

bool MayBeOpenApi(std::string_view text) {
  constexpr auto kNone = std::string_view::npos;
  return text.find("paths") != kNone &&
         (text.find("openapi") != kNone || text.find("swagger") != kNone);
}

Result<std::vector<Route>> ReadOpenApi(const std::string& root,
                                       const std::string& file,
                                       const std::string& text) {
  try {
    return RoutesIn(YAML::Load(text), root, file);
  } catch (const YAML::Exception& error) {
    return Error{"no OpenAPI document: line " +
                 std::to_string(error.mark.line + 1) + ": " + error.msg};
  }
}

}  // namespace logspill
