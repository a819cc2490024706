// What names the value at a place in a record: the JSON key, the `key=` or
// `Key:` before it, the field of a Python or Java repr, the SQL column, the URL
// parameter or path segment, and the words before it.
//
// Lifetime:  a Context views the record given to Start(); so do the names that
//            it returns.
// Threads:   not thread-safe, even where const; each thread has its own.
// Cost:      O(distance to the name), at most kReach bytes back from the value;
//            FieldPath() parses a JSON record once, however many values it
//            holds.
// Units:     spans are in bytes of the record.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "scanner/base/span.h"
#include "scanner/record/shown_name.h"

namespace logspill {

// How a name is joined to the value, strongest first.
enum class Relation : std::uint8_t {
  kNone,
  kJsonKey,    // {"consumer": "..."}
  kKeyValue,   // consumer_uuid=...  consumer_uuid="..."
  kColon,      // Consumer: ...
  kRepr,       // Consumer(uuid='...')  {'consumer': '...'}
  kSqlColumn,  // INSERT INTO t (uuid) VALUES ('...')  WHERE c.uuid = '...'
  kUrlQuery,   // ?consumer_uuid=...
  kUrlPath,    // /allocations/...
  kHeader,     // X-Request-Id: ...
};

struct NamedBy {
  Relation relation = Relation::kNone;
  std::string_view name;    // "uuid": key, column, parameter, path segment
  std::string_view parent;  // "consumer": what encloses it; or empty
};

class JsonPaths;

class Context {
 public:
  // Bytes looked at before a value.
  static constexpr std::uint32_t kReach = 512;
  static constexpr std::size_t kMaxWords = 6;

  Context();
  Context(Context&&) noexcept;
  Context& operator=(Context&&) noexcept;
  ~Context();

  // Begins a record (or the window of a long one).
  void Start(std::string_view record);

  // What names the value.  `value` is the raw span, without quotes.
  NamedBy Name(Span value) const;

  // Up to kMaxWords words before the value, nearest first, as they stand; stops
  // at the end of the sentence or field.  Returns how many.
  std::size_t WordsBefore(Span value,
                          std::array<std::string_view, kMaxWords>* words) const;

  // "consumer.uuid" for a value inside a JSON record, "uuid" for a key=value;
  // empty where nothing names it.  Holds only what shown_name.h lets pass
  // (no part of a quoted string, though Name() may give one) and what is not
  // `taken` by a value; '*' for any other key.
  // `known`: what Name() said, to save the search; or nullptr.
  std::string FieldPath(Span value, const NamedBy* known = nullptr,
                        const IsTaken& taken = nullptr);

 private:
  class Reader;
  // The row of a multi-row INSERT that was looked at last, so that the next row
  // needs not reach back to the column list.
  struct SqlRow {
    std::size_t open = 0;  // offset of its '('; 0: none
    std::size_t columns_begin = 0;
    std::size_t columns_end = 0;
    std::string_view table;
  };
  enum class Json : std::uint8_t { kUnknown, kNo, kParsed };

  std::string_view record_;
  mutable SqlRow row_;
  Json json_ = Json::kUnknown;
  std::unique_ptr<JsonPaths> paths_;
};

}  // namespace logspill
