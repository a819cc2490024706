#include "patterns/loader.h"

#include <fnmatch.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "patterns/data_files.h"
#include "patterns/rule_reader.h"
#include "patterns/suggest.h"
#include "patterns/table_reader.h"

namespace logspill {
namespace {

bool HasTag(const Rule& rule, const std::string& tag) {
  return std::find(rule.tags.begin(), rule.tags.end(), tag) != rule.tags.end();
}

// Where each id was first used.
using IdOrigins = std::map<std::string, std::string>;

// A rule has the tags of its pack beside its own.
void AddTags(const std::vector<std::string>& tags, Rule* rule) {
  for (const std::string& tag : tags) {
    if (!HasTag(*rule, tag)) rule->tags.push_back(tag);
  }
  std::sort(rule->tags.begin(), rule->tags.end());
}

std::vector<Rule> ReadPack(const LoadedFile& file, PatternCheck check,
                           Diagnostics* diagnostics, IdOrigins* origins) {
  std::vector<Rule> rules;
  const auto root = ParseToml(file.name, file.text, diagnostics);
  if (!root) return rules;
  TableReader pack(&*root, "the file", diagnostics);
  const std::vector<std::string> tags = ReadTags(&pack);
  const toml::array* tables = pack.TableArray("rule");
  pack.Finish();
  if (tables == nullptr) return rules;
  for (const toml::node& node : *tables) {
    if (node.as_table() == nullptr) continue;  // was reported
    const toml::table& table = *node.as_table();
    Rule rule = ReadRule(table, file.name, check, diagnostics);
    AddTags(tags, &rule);
    const auto [used, fresh] = origins->emplace(rule.id, rule.origin);
    if (!fresh && !rule.id.empty()) {
      const toml::node* id = table.get("id");
      diagnostics->Add(PositionOf(*id),
                       "rule id '" + rule.id + "' is used at " + used->second);
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

bool Selects(const std::string& glob, const std::string& id) {
  return fnmatch(glob.c_str(), id.c_str(), 0) == 0;
}

bool SelectsOne(const std::vector<std::string>& globs, const std::string& id) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) {
    return Selects(glob, id);
  });
}

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + word;
  }
  return text.empty() ? "none" : text;
}

// A glob that selects nothing is a slip, and silence would hide it.
Result<void> CheckGlobs(const std::vector<std::string>& globs,
                        std::string_view option,
                        const std::vector<Rule>& rules) {
  std::vector<std::string> ids;
  ids.reserve(rules.size());
  for (const Rule& rule : rules) ids.push_back(rule.id);
  for (const std::string& glob : globs) {
    const bool any =
        std::any_of(ids.begin(), ids.end(),
                    [&](const std::string& id) { return Selects(glob, id); });
    if (any) continue;
    const std::string hint = DidYouMean(glob, ids);
    return Error{std::string(option) + ": no rule '" + glob + "'" +
                 (hint.empty() ? "" : "; " + hint)};
  }
  return {};
}

Result<void> CheckTags(const std::vector<std::string>& tags,
                       const std::vector<Rule>& rules) {
  std::set<std::string> known;
  for (const Rule& rule : rules) {
    known.insert(rule.tags.begin(), rule.tags.end());
  }
  for (const std::string& tag : tags) {
    if (known.count(tag) != 0) continue;
    const std::vector<std::string> names(known.begin(), known.end());
    std::string message = "tag: no rule has the tag '" + tag + "'; ";
    const std::string hint = DidYouMean(tag, names);
    message += hint.empty() ? "there are " + Joined(names) : hint;
    return Error{std::move(message)};
  }
  return {};
}

bool HasOneTag(const Rule& rule, const std::vector<std::string>& tags) {
  return std::any_of(tags.begin(), tags.end(),
                     [&](const std::string& tag) { return HasTag(rule, tag); });
}

Result<void> Select(const RuleSelection& selection, std::vector<Rule>* rules) {
  Result<void> enable = CheckGlobs(selection.enable, "enable", *rules);
  if (!enable) return enable;
  Result<void> disable = CheckGlobs(selection.disable, "disable", *rules);
  if (!disable) return disable;
  Result<void> tags = CheckTags(selection.tags, *rules);
  if (!tags) return tags;
  std::erase_if(*rules, [&](const Rule& rule) {
    const bool enabled =
        selection.enable.empty() || SelectsOne(selection.enable, rule.id);
    const bool tagged =
        selection.tags.empty() || HasOneTag(rule, selection.tags);
    return !enabled || !tagged || SelectsOne(selection.disable, rule.id);
  });
  return {};
}

class Digest {
 public:
  Digest() { crypto_hash_sha256_init(&state_); }

  // With its size, so that no two lists of texts have the same bytes.
  void Add(std::string_view text) {
    AddBytes(std::to_string(text.size()) + ":");
    AddBytes(text);
  }

  std::string Hex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256_final(&state_, hash.data());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return hex.data();
  }

 private:
  void AddBytes(std::string_view text) {
    crypto_hash_sha256_update(
        &state_, reinterpret_cast<const unsigned char*>(text.data()),
        text.size());
  }

  crypto_hash_sha256_state state_;
};

// The pattern of a shape is no text of a pack, and yet part of what a rule is.
std::string DigestOf(const std::vector<LoadedFile>& files,
                     const std::vector<Rule>& rules) {
  Digest digest;
  for (const LoadedFile& file : files) digest.Add(file.text);
  for (const Rule& rule : rules) {
    digest.Add(rule.id);
    digest.Add(rule.pattern);
  }
  return digest.Hex();
}

}  // namespace

Result<std::vector<Rule>> ParsePack(const std::string& name,
                                    std::string_view text) {
  Diagnostics diagnostics(name, text);
  IdOrigins origins;
  std::vector<Rule> rules =
      ReadPack({name, std::string(text), false}, PatternCheck::kFull,
               &diagnostics, &origins);
  if (!diagnostics.ok()) return diagnostics.ToError();
  return rules;
}

Result<RuleSet> LoadRules(const RuleSelection& selection) {
  auto files =
      CollectFiles(selection.built_in, "packs/", ".toml", selection.paths);
  if (!files) return files.error();
  RuleSet set;
  IdOrigins origins;
  for (const LoadedFile& file : *files) {
    Diagnostics diagnostics(file.name, file.text);
    const PatternCheck check = file.built_in && !selection.check_built_in
                                   ? PatternCheck::kNone
                                   : PatternCheck::kFull;
    std::vector<Rule> rules = ReadPack(file, check, &diagnostics, &origins);
    if (!diagnostics.ok()) return diagnostics.ToError();
    std::move(rules.begin(), rules.end(), std::back_inserter(set.rules));
  }
  const Result<void> selected = Select(selection, &set.rules);
  if (!selected) return selected.error();
  std::sort(set.rules.begin(), set.rules.end(),
            [](const Rule& a, const Rule& b) { return a.id < b.id; });
  for (std::uint32_t i = 0; i < set.rules.size(); ++i) set.rules[i].index = i;
  set.digest = DigestOf(*files, set.rules);
  return set;
}

}  // namespace logspill
