#include "tests/e2e/printed_lines.h"

#include <algorithm>
#include <sstream>

namespace logspill::e2e {
namespace {

std::string Unescaped(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    const char next = text[++i];
    out += next == 'n' ? '\n' : next == 't' ? '\t' : next;
  }
  return out;
}

std::vector<std::string> Cells(const std::string& line) {
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == '\t') {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

// The frameworks' words for the levels that the tables know.
std::string LevelOf(const std::string& word) {
  static const std::map<std::string, std::string> kLevels{
      {"-", ""},
      {"warn", "warning"},
      {"fatal", "critical"},
      {"success", "info"},
      {"notice", "info"},
      {"severe", "error"},
      {"config", "info"},
      {"fine", "debug"},
      {"finer", "trace"},
      {"finest", "trace"},
      {"panic", "critical"},
      {"dpanic", "critical"},
      {"mark", "info"},
      {"verbose", "debug"},
      {"silly", "trace"},
      {"http", "info"},
      {"unknown", ""},
      {"err", "error"},
      {"crit", "critical"},
      {"alert", "critical"},
      {"emerg", "critical"},
      {"level 35", "?"},
  };
  const auto known = kLevels.find(word);
  return known == kLevels.end() ? word : known->second;
}

bool ReadLine(const std::string& text, const std::vector<std::string>& cells,
              PrintedLine* line) {
  if (cells.size() < 4) return false;
  const std::size_t colon = cells[1].rfind(':');
  if (colon == std::string::npos) return false;
  line->text = text;
  line->file = cells[1].substr(0, colon);
  line->line =
      static_cast<std::uint32_t>(std::stoul("0" + cells[1].substr(colon + 1)));
  line->framework = cells[2];
  line->level = LevelOf(cells[3]);
  if (cells.size() > 4) line->message = Unescaped(cells[4]);
  for (std::size_t i = 5; i < cells.size(); ++i) {
    const std::size_t equals = cells[i].find('=');
    if (equals == std::string::npos) return false;
    line->fields.emplace_back(cells[i].substr(0, equals),
                              Unescaped(cells[i].substr(equals + 1)));
  }
  return line->line > 0;
}

}  // namespace

PrintedLines ReadPrinted(const std::string& output) {
  PrintedLines printed;
  std::istringstream in(output);
  for (std::string text; std::getline(in, text);) {
    const std::vector<std::string> cells = Cells(text);
    PrintedLine line;
    if (cells.size() == 3 && cells[0] == "=") {
      printed.values.emplace(cells[1], Unescaped(cells[2]));
    } else if (!cells.empty() && cells[0] == "@" &&
               ReadLine(text, cells, &line)) {
      printed.lines.push_back(std::move(line));
    } else if (printed.wrong.empty()) {
      printed.wrong = text;
    }
  }
  return printed;
}

}  // namespace logspill::e2e
