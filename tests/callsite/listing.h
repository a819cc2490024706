// Call sites of a piece of source in any built-in language, a line each.

#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "patterns/loader.h"
#include "scanner/callsite/source_pass.h"

namespace logspill {

inline const Language& BuiltIn(const std::string& name) {
  static const std::vector<Language> languages = [] {
    auto loaded = LoadLanguages({});
    EXPECT_TRUE(loaded.ok()) << loaded.error().message;
    return loaded ? std::move(*loaded) : std::vector<Language>();
  }();
  static const Language none;
  for (const Language& language : languages) {
    if (language.name == name) return language;
  }
  ADD_FAILURE() << "there is no " << name;
  return none;
}

inline std::vector<CallSite> SitesIn(const std::string& language,
                                     const std::string& text) {
  auto result =
      ExtractFromText("root", "desk.src", "desk", text, BuiltIn(language));
  if (!result) {
    ADD_FAILURE() << result.error().message;
    return {};
  }
  EXPECT_EQ(result->stats.files_damaged, 0u);
  return std::move(result->sites);
}

// "7 slf4j info: text {} | argument {} | key=value !flag"
inline std::string LineOf(const CallSite& site) {
  std::string line = std::to_string(site.line) + " " + site.framework + " " +
                     (site.level.empty() ? "-" : site.level) + ": " +
                     site.message.Text();
  for (const Hole& hole : site.message.holes) {
    line += " | " + hole.argument;
    if (!hole.conversion.empty()) line += " " + hole.conversion;
  }
  for (const Hole& field : site.fields) {
    line += " | " + field.key + "=" + field.argument;
  }
  for (const std::string& flag : site.flags) line += " !" + flag;
  return line;
}

// A test's source and listing begin with a newline, so that lines count from 2.
inline std::string Listing(const std::string& language,
                           const std::string& text) {
  std::string listing = "\n";
  for (const CallSite& site : SitesIn(language, text)) {
    listing += LineOf(site) + "\n";
  }
  return listing;
}

}  // namespace logspill
