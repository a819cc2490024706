// Writes a record anew with its values replaced, also where one stands again as
// no rule would find it ("account:x1y2z3/password:x1y2z3").  Every byte outside
// the spans stays; a replacement fits where it stands (see surroundings.h).
//
// Lifetime:  refers to the key.
// Threads:   not thread-safe; each thread has its own.
// Cost:      O(record).

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/record/json_check.h"
#include "scanner/redact/replacement.h"
#include "scanner/redact/surroundings.h"
#include "scanner/redact/value_search.h"

namespace logspill {

// Stands for a whole record.
void AppendStandIn(std::string_view mark, bool json, std::string* out);

class Rewriter {
 public:
  explicit Rewriter(const Key* key) : replacement_(key) {}
  ~Rewriter();

  // What was replaced: in the record, and in what is written.
  struct Edit {
    Span was;
    Span is;
  };

  // Appends the record (or several lines that one value spans) with the values
  // that do not stay replaced; false where nothing was.  `values` are in order,
  // in bytes of `text`, and begin in `part`, which is what is written; text
  // around it is context.
  bool Rewrite(std::string_view text, Span part,
               std::span<const FoundValue> values, std::string* out);

  // Of the last Rewrite(), in order.
  const std::vector<Edit>& edits() const { return edits_; }
  // True where the policy dropped the record as a whole.
  bool dropped() const { return dropped_; }

 private:
  struct Piece {
    Span span;
    const FoundValue* value = nullptr;  // whose kind and policy decide
    bool alone = true;
    std::string quote;  // of a JSON number
  };

  void Collect(std::string_view text, Span part,
               std::span<const FoundValue> values);
  bool IsJson(std::string_view text);
  void Place(std::string_view text, Span part, Span span,
             const FoundValue& value, bool alone, StringScan* strings);
  void CollectEchoes(std::string_view text, Span part,
                     std::span<const FoundValue> values);
  void Merge();
  void AppendPiece(std::string_view text, const Piece& piece, std::string* out);
  void AppendIn(std::string_view text, const Piece& piece, Span span,
                std::string* out);
  void AppendStrings(std::string_view text, const Piece& piece, Span span,
                     std::string* out);

  Replacement replacement_;
  JsonCheck json_check_;
  bool json_ = false;            // it looks like JSON
  std::optional<bool> is_json_;  // it is; where someone asked
  std::size_t written_from_ = 0;
  std::vector<Piece> pieces_;
  std::vector<Edit> edits_;
  bool dropped_ = false;
  std::string value_;  // wiped behind each use
};

}  // namespace logspill
