// Columns and tables of SQL statements in a record.
//
// Cost:      O(bytes between statement and value), never before `floor`.

#pragma once

#include <cstddef>
#include <string_view>

#include "scanner/record/context.h"

namespace logspill {

// Where the column list of an INSERT stands in a record.
struct ColumnList {
  std::size_t begin = 0;  // behind its '('
  std::size_t end = 0;    // of its ')'; 0: there is none
  std::string_view table;
};

// The column list before the VALUES that ends at `at`.
ColumnList ColumnsBefore(std::string_view record, std::size_t at,
                         std::size_t floor);

// The last INSERT's column list anywhere in the reach before `at`, for dumps of
// bound parameters.
ColumnList LastColumns(std::string_view record, std::size_t at,
                       std::size_t floor);

// The `index`-th column, quotes taken away; empty where there are fewer.
std::string_view ColumnAt(std::string_view record, const ColumnList& columns,
                          int index);

// The table of the statement before `at`: that which `alias` stands for, or
// where that is empty the one of its FROM, INTO or UPDATE.
std::string_view TableBefore(std::string_view record, std::size_t at,
                             std::size_t floor, std::string_view alias);

// True where the word that ends at `at` is one behind which a column stands.
bool IsConditionWord(std::string_view record, std::size_t at,
                     std::size_t floor);

}  // namespace logspill
