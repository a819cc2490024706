// What the tests of the source pass share: the Python of patterns/languages,
// and the sites of a piece of source.

#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "patterns/loader.h"
#include "scanner/callsite/source_pass.h"

namespace logspill {

inline Language Python() {
  auto languages = LoadLanguages({});
  if (!languages) {
    ADD_FAILURE() << languages.error().message;
    return {};
  }
  for (Language& language : *languages) {
    if (language.name == "python") return std::move(language);
  }
  ADD_FAILURE() << "there is no Python";
  return {};
}

inline std::vector<CallSite> SitesOf(const std::string& text) {
  static const Language python = Python();
  auto result =
      ExtractFromText("app", "billing/pay.py", "app.billing.pay", text, python);
  if (!result) {
    ADD_FAILURE() << result.error().message;
    return {};
  }
  return std::move(result->sites);
}

// "text | argument conversion | ...": everything a template says.
inline std::string Describe(const CallSite& site) {
  std::string text = site.message.Text();
  for (const Hole& hole : site.message.holes) {
    text += " | " + hole.argument + " " + hole.conversion;
  }
  for (const std::string& flag : site.flags) text += " !" + flag;
  return text;
}

// Of the one call in `expression`: LOG.debug(<expression>).
inline std::string Message(const std::string& expression) {
  const auto sites = SitesOf("LOG.debug(" + expression + ")\n");
  if (sites.size() != 1) return std::to_string(sites.size()) + " sites";
  return Describe(sites[0]);
}

}  // namespace logspill
