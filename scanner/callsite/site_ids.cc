#include "scanner/callsite/site_ids.h"

#include <cstdint>
#include <cstdio>
#include <map>
#include <string_view>

namespace logspill {
namespace {

// The id lives in snapshots and baselines: this hash never changes.
class IdHash {
 public:
  void Add(std::string_view text) {
    for (const char c : text) Mix(static_cast<unsigned char>(c));
    Mix(0);
  }

  std::string Hex() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx",
                  static_cast<unsigned long long>(state_));
    return text;
  }

 private:
  void Mix(std::uint64_t byte) {
    state_ = (state_ ^ byte) * 0x100000001b3u;  // FNV-1a
  }

  std::uint64_t state_ = 0xcbf29ce484222325u;
};

}  // namespace

std::string SitePrefix(const Language& language) {
  return language.extensions.empty() ? language.name
                                     : language.extensions[0].substr(1);
}

void NumberSites(const std::string& module, const std::string& prefix,
                 std::vector<CallSite>* sites) {
  std::map<std::string, int> ordinals;
  for (CallSite& site : *sites) {
    IdHash key;
    key.Add(module);
    key.Add(site.class_name);
    key.Add(site.function);
    key.Add(site.message.Text());
    const int ordinal = ordinals[key.Hex()]++;
    key.Add(std::to_string(ordinal));
    site.id = prefix + ":" + key.Hex();
  }
}

}  // namespace logspill
