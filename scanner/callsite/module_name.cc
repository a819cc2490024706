#include "scanner/callsite/module_name.h"

#include <algorithm>
#include <system_error>

#include "scanner/callsite/source_tree.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

// "shop" of a line `name = "shop"`; empty where there is none.
std::string PackageName(const fs::path& path) {
  constexpr std::size_t kMostBytes = 1 << 20;
  const auto text = ReadSource(path.string(), kMostBytes);
  if (!text) return {};
  std::size_t at = text->starts_with("name") ? 0 : text->find("\nname");
  if (at == std::string::npos) return {};
  const std::size_t open = text->find('"', at);
  const std::size_t close = text->find('"', open + 1);
  if (open == std::string::npos || close == std::string::npos) return {};
  std::string name = text->substr(open + 1, close - open - 1);
  std::replace(name.begin(), name.end(), '-', '_');  // as the compiler does
  return name;
}

// "shop::desk" of src/desk.rs in the package shop; empty where there is none.
std::string PackageModule(const fs::path& path, const std::string& stem,
                          const Language& language) {
  std::error_code error;
  std::string module = stem;
  for (fs::path at = path.parent_path(); at.has_filename();
       at = at.parent_path()) {
    if (fs::exists(at / language.module_package, error)) {
      const std::string name = PackageName(at / language.module_package);
      if (name.empty() || module.empty()) return name;
      return name + language.module_separator + module;
    }
    const std::string folder = at.filename().string();
    if (folder == language.module_source) continue;
    module =
        module.empty() ? folder : folder + language.module_separator + module;
  }
  return {};
}

}  // namespace

std::string ModuleOf(const fs::path& path, const std::string& file,
                     const Language& language) {
  std::error_code error;
  fs::path folder = path.parent_path();
  std::string module = path.stem().string();
  const auto& indexes = language.module_indexes;
  if (std::find(indexes.begin(), indexes.end(), module) != indexes.end()) {
    module.clear();
  }
  if (!language.module_package.empty()) {
    return PackageModule(path, module, language);
  }
  const auto prepend = [&](const std::string& name) {
    module = module.empty() ? name : name + language.module_separator + module;
  };
  if (language.module_marker.empty()) {
    for (folder = fs::path(file).parent_path(); !folder.empty();
         folder = folder.parent_path()) {
      prepend(folder.filename().string());
    }
    return module;
  }
  while (folder.has_filename() &&
         fs::exists(folder / language.module_marker, error)) {
    prepend(folder.filename().string());
    folder = folder.parent_path();
  }
  return module;
}

}  // namespace logspill
