// Secrets to plant, and the search for them in whatever a program writes.
//
// Every rule gives its own examples, so that a new rule is watched from its
// first day.  A leak is any twelve bytes in a row of a value: as they stand,
// reversed, in hexadecimal, in base64 of any alignment, or percent-encoded.
//
// Threads:   const after construction.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scanner/rule/rule.h"

namespace logspill::canary {

inline constexpr std::size_t kWindow = 12;  // bytes in a row that are a leak

struct Canary {
  std::string rule;   // id of the rule that finds it
  std::string value;  // what must not come out
};

class Canaries {
 public:
  // Takes the values that `rules` find in their own examples.
  explicit Canaries(const RuleSet& rules);

  const std::vector<Canary>& all() const { return canaries_; }

  // A log of all examples: plain, as JSON, as JSON in JSON, percent-encoded;
  // and of all values where the name of another value would stand.
  const std::string& log() const { return log_; }

  // Rule and form of each canary that shows in `text`, at most ten of them.
  std::vector<std::string> LeaksIn(std::string_view text) const;

 private:
  void Plant(const std::string& example);
  void PlantAsName(const std::string& value);
  void Watch(const Canary& canary);
  void WatchForm(const std::string& name, std::string_view form);

  std::vector<Canary> canaries_;
  std::string log_;
  std::string known_;  // text of the rules themselves: no secret
  std::unordered_map<std::string, std::string> windows_;  // -> rule and form
  std::vector<bool> heads_;  // by HeadOf(): whether a window begins so
};

std::string JsonString(std::string_view text);
std::string Percent(std::string_view text);
std::string Hex(std::string_view text);
std::string Base64(std::string_view text);

}  // namespace logspill::canary
