#include "scanner/callsite/shared_grammar.h"

#include <dlfcn.h>

#include <algorithm>
#include <filesystem>

namespace logspill {
namespace {

// "c_sharp" of "/usr/lib/libtree-sitter-c-sharp.so.0".
std::string SymbolName(const std::string& path) {
  std::string name = std::filesystem::path(path).filename().string();
  name = name.substr(0, name.find('.'));
  for (const std::string_view prefix : {"lib", "tree-sitter-"}) {
    if (name.starts_with(prefix)) name = name.substr(prefix.size());
  }
  std::replace(name.begin(), name.end(), '-', '_');
  return "tree_sitter_" + name;
}

}  // namespace

Result<const TSLanguage*> LoadGrammar(const std::string& path) {
  void* object = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!object) return Error{std::string("the grammar: ") + ::dlerror()};
  const std::string symbol = SymbolName(path);
  void* found = ::dlsym(object, symbol.c_str());
  if (!found) return Error{path + ": the grammar has no symbol " + symbol};
  using Function = const TSLanguage* (*)();
  const TSLanguage* grammar = reinterpret_cast<Function>(found)();
  const std::uint32_t version = ts_language_abi_version(grammar);
  if (version < TREE_SITTER_MIN_COMPATIBLE_LANGUAGE_VERSION ||
      version > TREE_SITTER_LANGUAGE_VERSION) {
    return Error{path + ": the grammar is of version " +
                 std::to_string(version) + ", which does not fit"};
  }
  return grammar;
}

}  // namespace logspill
