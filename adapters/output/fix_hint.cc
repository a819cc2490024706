#include "adapters/output/fix_hint.h"

#include <fmt/format.h>

#include <string_view>

#include "adapters/output/text.h"

namespace logspill {
namespace {

// What holds the value, as the reader of the source or of the record knows it.
std::string Holder(const RowSummary& row) {
  const std::string* argument = &row.argument;
  if (argument->empty() && !row.tied.empty()) {
    argument = &row.tied.front().argument;
  }
  if (!argument->empty()) return "`" + Printable(*argument) + "`";
  if (!row.field.empty() && row.field != "*") {
    return "the key `" + Printable(row.field) + "`";
  }
  return {};
}

bool IsCredential(const RowSummary& row) {
  return row.severity == Severity::kCritical;
}

// No call of the source printed it, but a web server.
bool IsAccessLog(const RowSummary& row) {
  return row.built_in || (!row.tied.empty() && row.tied.front().built_in);
}

std::string AccessLogHint(const RowSummary& row, const std::string& what) {
  if (row.in_part || !row.field.empty()) {
    return fmt::format(
        "keep the {} out of URLs, or the request out of the access log's "
        "format",
        what);
  }
  const std::string holder = row.argument.empty()
                                 ? "the " + what
                                 : "`" + Printable(row.argument) + "`";
  return fmt::format("take {} out of the access log's format", holder);
}

std::string_view Calls(const RowSummary& row) {
  return row.tied.empty() ? "the message" : "the message of each call";
}

}  // namespace

std::string FixHint(const RowSummary& row) {
  const std::string holder = Holder(row);
  const std::string what = Printable(row.class_name);
  std::string hint;
  if (IsAccessLog(row)) {
    hint = AccessLogHint(row, what);
  } else if (row.cause == NoSite::kHeader) {
    hint = fmt::format("take the {} out of the logging format", what);
  } else if (holder.empty()) {
    hint = fmt::format("take the {} out of what is printed here", what);
    if (!IsCredential(row)) hint += ", or print its keyed hash";
  } else if (row.in_part) {
    hint = fmt::format("print {} without the {} in it", holder, what);
  } else {
    const bool key = row.site_id.empty() && row.tied.empty();
    hint =
        fmt::format("drop {} from {}", holder, key ? "the record" : Calls(row));
    if (!IsCredential(row)) hint += ", or log its keyed hash";
  }
  if (IsCredential(row)) hint += ", and revoke what was printed";
  return hint;
}

}  // namespace logspill
