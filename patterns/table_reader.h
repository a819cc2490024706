// Reads the fields of one TOML table, strictly: a field of the wrong type, one
// that is missing or one that nobody asked for is an error with its place.
//
// Lifetime:  refers to the table and the diagnostics.
// Threads:   not thread-safe.

#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "patterns/diagnostics.h"
#include "scanner/base/result.h"

namespace logspill {

enum class Need : std::uint8_t { kOptional, kRequired };

// Where a node stands.
Position PositionOf(const toml::node& node);

// Parses a whole file; a syntax error is reported like every other.
std::optional<toml::table> ParseToml(std::string_view name,
                                     std::string_view text,
                                     Diagnostics* diagnostics);

class TableReader {
 public:
  using Pairs = std::vector<std::pair<std::string, std::string>>;

  // `what` names the table in errors: "rule pii.iban".
  TableReader(const toml::table* table, std::string what,
              Diagnostics* diagnostics)
      : table_(table), what_(std::move(what)), diagnostics_(diagnostics) {}

  void set_what(std::string what) { what_ = std::move(what); }
  const std::string& what() const { return what_; }

  std::string String(std::string_view key, Need need = Need::kOptional);
  bool Bool(std::string_view key, bool otherwise);
  // Between 1 and `most`.
  std::uint32_t Number(std::string_view key, std::uint32_t otherwise,
                       std::uint32_t most);
  // From 0, which stands for an absent one, to `most`.
  double Real(std::string_view key, double most);
  std::vector<std::string> Strings(std::string_view key,
                                   Need need = Need::kOptional);
  // A table of strings, in the order of its keys.
  Pairs StringTable(std::string_view key);
  // nullptr where the field is absent or no table.
  const toml::table* Table(std::string_view key);
  // The same for [[key]]; items that are no table are reported.
  const toml::array* TableArray(std::string_view key);

  bool Has(std::string_view key) const { return table_->contains(key); }

  // Reports an error at the value of `key`, or at the table where it is absent.
  void Fail(std::string_view key, const std::string& what,
            std::string_view hint = {});
  // The same at item `index` of an array.
  void FailItem(std::string_view key, std::size_t index,
                const std::string& what, std::string_view hint = {});

  // The fields that were asked for so far.
  const std::vector<std::string>& known() const { return known_; }

  // The same inside the string that is the value of `key`, at its byte `at`, as
  // far as it is written as it is meant: without escapes, in one line.
  void FailInside(std::string_view key, std::size_t at, const std::string& what,
                  std::string_view hint = {});

  // Reports the fields that were not read.
  void Finish();

 private:
  const toml::node* Find(std::string_view key, Need need);
  void WrongType(const toml::node& node, std::string_view key,
                 std::string_view wanted);

  const toml::table* table_;
  std::string what_;
  Diagnostics* diagnostics_;
  std::vector<std::string> known_;
};

}  // namespace logspill
