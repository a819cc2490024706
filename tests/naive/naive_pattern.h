// A rule's pattern, compiled with PCRE2 on bytes.
//
// Threads:   not thread-safe.
// Cost:      compiled once; each search begins afresh.

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/base/result.h"
#include "scanner/base/span.h"

namespace logspill::naive {

class NaivePattern {
 public:
  struct Found {
    Span whole;
    Span value;  // the group named `value`, else the whole
  };

  // `pattern` is in RE2's syntax, as rules are.
  static Result<NaivePattern> Compile(const std::string& pattern);

  NaivePattern(NaivePattern&&) noexcept;
  NaivePattern& operator=(NaivePattern&&) noexcept;
  ~NaivePattern();

  // The leftmost-first match in `text` that begins at or behind `from`, among
  // those of at most `max_bytes`.
  std::optional<Found> Find(std::string_view text, std::size_t from,
                            std::size_t max_bytes) const;

 private:
  struct Impl;
  explicit NaivePattern(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// RE2's syntax where PCRE2 reads it otherwise: \s, \S, \z.
std::string ToPcre(const std::string& pattern);

}  // namespace logspill::naive
