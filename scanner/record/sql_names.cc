#include "scanner/record/sql_names.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "scanner/record/back_scan.h"

namespace logspill {
namespace {

using Bytes = std::string_view;

bool EqualsNoCase(Bytes text, Bytes upper) {
  return std::equal(
      text.begin(), text.end(), upper.begin(), upper.end(),
      [](char a, char b) { return (a >= 'a' && a <= 'z' ? a - 32 : a) == b; });
}

bool IsOneOf(Bytes word, std::initializer_list<Bytes> words) {
  return std::any_of(words.begin(), words.end(), [word](Bytes candidate) {
    return EqualsNoCase(word, candidate);
  });
}

// A name with the quotes of every dialect: "consumers", `consumers`,
// [consumers].
Bytes SkipSqlName(BackScan* at) {
  if (at->Before() == ']') at->set(at->at() - 1);
  at->SkipQuote();
  const Bytes name = at->SkipName();
  at->SkipQuote();
  if (at->Before() == '[') at->set(at->at() - 1);
  return name;
}

}  // namespace

ColumnList ColumnsBefore(std::string_view record, std::size_t at,
                         std::size_t floor) {
  BackScan scan(record, at, floor);
  scan.SkipBlanks();
  if (!EqualsNoCase(scan.SkipName(), "VALUES")) return {};
  // An escaped line end stands where SQLAlchemy breaks the statement.
  while (scan.SkipBlanks() || scan.Ends("\\n")) {
    if (scan.Ends("\\n")) scan.set(scan.at() - 2);
  }
  if (scan.Before() != ')') return {};
  ColumnList columns;
  columns.end = scan.at() - 1;
  scan.set(columns.end);
  int commas = 0;
  if (!scan.SkipToOpen(&commas)) return {};
  columns.begin = scan.at() + 1;
  scan.SkipBlanks();
  columns.table = SkipSqlName(&scan);
  return columns;
}

ColumnList LastColumns(std::string_view record, std::size_t at,
                       std::size_t floor) {
  constexpr Bytes kValues = "VALUES";
  for (std::size_t i = at; i >= floor + kValues.size(); --i) {
    const char last = record[i - 1];
    if (last != 'S' && last != 's') continue;
    if (!EqualsNoCase(record.substr(i - kValues.size(), kValues.size()),
                      kValues)) {
      continue;
    }
    return ColumnsBefore(record, i, floor);
  }
  return {};
}

std::string_view ColumnAt(std::string_view record, const ColumnList& columns,
                          int index) {
  if (columns.end <= columns.begin) return {};
  Bytes list = record.substr(columns.begin, columns.end - columns.begin);
  for (; index > 0; --index) {
    const std::size_t comma = list.find(',');
    if (comma == kNowhere) return {};
    list.remove_prefix(comma + 1);
  }
  list = list.substr(0, list.find(','));
  while (!list.empty() && !IsWordByte(list.front())) list.remove_prefix(1);
  while (!list.empty() && !IsWordByte(list.back())) list.remove_suffix(1);
  return list;
}

std::string_view TableBefore(std::string_view record, std::size_t at,
                             std::size_t floor, std::string_view alias) {
  BackScan scan(record, at, floor);
  Bytes behind;  // the word behind the present one
  Bytes behind_that;
  while (scan.at() > floor) {
    if (!IsWordByte(scan.Before())) {
      scan.set(scan.at() - 1);
      continue;
    }
    const Bytes word = scan.SkipName();
    const bool opens = IsOneOf(word, {"FROM", "INTO", "UPDATE", "JOIN"});
    if (opens && alias.empty()) return behind;
    if (opens &&
        (EqualsNoCase(behind, "") || behind == alias || behind_that == alias)) {
      return behind;
    }
    if (opens && EqualsNoCase(behind_that, "AS")) {
      const std::size_t end =
          static_cast<std::size_t>(behind_that.data() - record.data()) + 3;
      if (record.substr(end).starts_with(alias)) return behind;
    }
    behind_that = behind;
    behind = word;
  }
  return alias;
}

bool IsConditionWord(std::string_view record, std::size_t at,
                     std::size_t floor) {
  BackScan scan(record, at, floor);
  if (!scan.SkipBlanks()) return scan.Ends("\\n");
  return IsOneOf(scan.SkipName(), {"WHERE", "AND", "OR", "SET", "ON", "NOT"});
}

}  // namespace logspill
