// Errors in the data of routes and access formats are shown where they stand.

#include <gtest/gtest.h>

#include "patterns/loader.h"

namespace logspill {
namespace {

std::string RoutesError(const std::string& text) {
  std::vector<Language> languages(1);
  languages[0].name = "python";
  auto added = AddRoutes("web.toml", text, &languages);
  return added ? "" : added.error().message;
}

std::string AccessError(const std::string& text) {
  AccessFormats formats;
  auto added = AddAccessFormats("a.toml", text, &formats);
  return added ? "" : added.error().message;
}

constexpr char kHead[] = "languages = [\"python\"]\n[[route]]\n";

TEST(RouteData, AnUnknownKindIsShownWithItsPlace) {
  EXPECT_EQ(
      RoutesError(std::string(kHead) +
                  "what = \"rout\"\nframework = \"web\"\n"
                  "imports = [\"web\"]\nbare = true\n"
                  "parameters = \"braces\"\nmethods = { get = \"GET\" }\n"),
      "web.toml:3:8: unknown kind of declaration 'rout' in a route of "
      "web\n  3 | what = \"rout\"\n    |        ^ did you mean "
      "'route'?");
}

TEST(RouteData, WhatIsMissingOrMisspelledIsRefused) {
  const std::string rest =
      "framework = \"web\"\nimports = [\"web\"]\nmethods = { get = \"\" }\n";
  EXPECT_NE(
      RoutesError(std::string(kHead) +
                  "what = \"route\"\nbare = true\nparameters = \"curly\"\n" +
                  rest)
          .find("unknown spelling of parameters 'curly'"),
      std::string::npos);
  EXPECT_NE(RoutesError(std::string(kHead) +
                        "what = \"route\"\nparameters = \"braces\"\n" + rest)
                .find("nothing says what the call stands behind"),
            std::string::npos);
  EXPECT_NE(RoutesError("languages = [\"cobol\"]\n")
                .find("there is no language 'cobol'"),
            std::string::npos);
  EXPECT_NE(RoutesError(std::string(kHead) + "wat = 1\n").find("web.toml:3:1"),
            std::string::npos);
  EXPECT_EQ(
      RoutesError(std::string(kHead) +
                  "what = \"route\"\nbare = true\nparameters = \"braces\"\n" +
                  rest),
      "");
}

TEST(AccessData, WhatIsNoFormatIsShownWithItsPlace) {
  EXPECT_NE(AccessError("framework = \"web\"\nsyntax = \"dolar\"\n")
                .find("a.toml:2:10: unknown syntax of formats 'dolar'"),
            std::string::npos);
  const std::string error = AccessError(
      "framework = \"web\"\nsyntax = \"dollar\"\n[[format]]\nname = \"main\"\n"
      "text = \"$host $time\"\n");
  EXPECT_NE(error.find("a.toml:5:8: prints nothing of a request"),
            std::string::npos)
      << error;
}

TEST(RouteData, EveryLanguageOfWebServicesHasSome) {
  const auto languages = LoadLanguages({});
  ASSERT_TRUE(languages.ok()) << languages.error().message;
  for (const Language& language : *languages) {
    const bool routes = language.name != "c" && language.name != "cpp";
    EXPECT_EQ(!language.routes.empty(), routes) << language.name;
  }
}

}  // namespace
}  // namespace logspill
