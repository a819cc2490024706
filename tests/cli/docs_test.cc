// The commands of docs/rules.md and docs/redact.md run as written.

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

std::vector<std::string> Commands(const std::string& name) {
  std::ifstream page(std::string(LOGSPILL_SOURCE_DIR) + "/docs/" + name);
  std::vector<std::string> commands;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("```")) {
      inside = line == "```sh";
    } else if (inside && !line.empty()) {
      commands.push_back(line);
    }
  }
  return commands;
}

TEST(RulesPage, EveryCommandRunsAsWritten) {
  const Workshop workshop;
  workshop.Write("app.log", "order 2026-0A1B2C was paid\n");
  workshop.Write("theirs.toml",
                 "[[rules]]\nid = 'acme'\nregex = 'acmd_([a-z0-9]{32})'\n"
                 "[rules.allowlist]\nstopwords = ['sample']\n");
  const std::vector<std::string> commands = Commands("rules.md");
  ASSERT_GE(commands.size(), 5U);
  for (const std::string& command : commands) {
    const Outcome outcome = workshop.Shell(command);
    EXPECT_EQ(outcome.status, 0) << command << "\n" << outcome.err;
  }
}

TEST(RedactPage, EveryCommandRunsAsWritten) {
  const Workshop workshop;
  workshop.Write("app.log", "card 4111111111111111 paid\n");
  const std::vector<std::string> commands = Commands("redact.md");
  ASSERT_GE(commands.size(), 5U);
  for (const std::string& command : commands) {
    const Outcome outcome = workshop.Shell(command);
    EXPECT_EQ(outcome.status, 0) << command << "\n" << outcome.err;
  }
  EXPECT_EQ(workshop.Read("clean.log"), "card [card] paid\n");
  EXPECT_EQ(workshop.Read("app.log"), "card [card] paid\n");
}

}  // namespace
}  // namespace logspill
