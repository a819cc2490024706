#include "scanner/record/context.h"

#include <algorithm>

#include "scanner/record/back_scan.h"
#include "scanner/record/json_paths.h"
#include "scanner/record/sql_names.h"

namespace logspill {
namespace {

using Bytes = std::string_view;

constexpr std::size_t kMaxKeyBytes = 64;
constexpr int kMaxNesting = 4;  // of brackets without a name of their own

bool IsOneOf(Bytes word, std::initializer_list<Bytes> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Calls and types that only dress a value: UUID('...'), Some("...").
bool IsWrapper(Bytes name) {
  return IsOneOf(name.substr(name.find_last_of('.') + 1),
                 {"UUID", "uuid", "GUID", "Guid", "ObjectId", "Some", "Just",
                  "Optional", "str", "String", "fromString", "unhex",
                  "UUID_TO_BIN", "toString", "Ok"});
}

// False for the NUL that stands for the end of the reach.
bool Holds(Bytes set, char c) { return c != '\0' && set.find(c) != kNowhere; }

bool HasLetter(Bytes name) {
  return std::any_of(name.begin(), name.end(), IsLetterByte);
}

// Digits and hexadecimal digits: another value, no word.
bool IsIdentifier(Bytes word) {
  constexpr std::size_t kShortest = 8;
  if (word.size() < kShortest) return false;
  std::size_t digits = 0;
  for (const char c : word) digits += IsDigitByte(c) ? 1 : 0;
  return digits * 4 >= word.size();
}

bool HasLongNumber(Bytes name) {
  constexpr int kLong = 5;
  int run = 0;
  return std::any_of(name.begin(), name.end(), [&](char c) {
    run = IsDigitByte(c) ? run + 1 : 0;
    return run >= kLong;
  });
}

// A segment or tag that can say whose the value behind it is, whether or not it
// may be shown.
bool CouldBeName(Bytes name) {
  return name.size() <= kMaxKeyBytes && HasLetter(name) &&
         std::all_of(name.begin(), name.end(), IsWordByte) &&
         !HasLongNumber(name) && !IsIdentifier(name);
}

// True for the end of a longer word, such as a key in base 64.
bool IsPartOfWord(Bytes record, Bytes name) {
  return name.data() > record.data() && Holds("/+%", name.data()[-1]);
}

// "User" in "User ID: 5" is a word before the key; in "alice ID: 5" it is a
// name of another sort.
bool IsOfSentence(const NamedBy& named) {
  return named.relation == Relation::kColon &&
         named.parent.data() + named.parent.size() < named.name.data() &&
         named.name.data()[-1] == ' ';
}

// Steps over what stands between a value and its name: "req-", a quote, UUID(.
void SkipDress(BackScan* at) {
  if ((at->Before() == '-' || at->Before() == '_') &&
      IsLetterByte(at->Before(1))) {
    at->SkipName();
  }
  if (at->Ends("urn:uuid:")) at->set(at->at() - 9);
  // b'...', u'...', N'...'
  if (at->SkipQuote() != '\0' && Holds("bufrN", at->Before()) &&
      !IsWordByte(at->Before(1))) {
    at->set(at->at() - 1);
  }
  if (at->Before() != '(') return;
  BackScan call = *at;
  call.set(call.at() - 1);
  if (IsWrapper(call.SkipName())) *at = call;
}

// A name, cut at a percent escape before it: "%2Fusers" is "users".
Bytes SkipPlainName(BackScan* at) {
  Bytes name = at->SkipName();
  if (at->Before() == '%' && name.size() > 2 && IsDigitByte(name[0])) {
    name.remove_prefix(2);
    at->set(at->at() - 1);
  }
  while (name.starts_with('-')) name.remove_prefix(1);
  if (name.ends_with('.')) name.remove_suffix(1);  // "Policy No.: 88-1"
  return name;
}

// The key that a quote closes, which was just stepped over.
Bytes SkipQuotedKey(Bytes record, BackScan* at) {
  const std::size_t end = at->at();
  while (!Holds("\"'`\\{}[]%;", at->Before()) && at->Before() != '\0' &&
         end - at->at() <= kMaxKeyBytes) {
    at->set(at->at() - 1);
  }
  Bytes key = record.substr(at->at(), end - at->at());
  if (at->Before() == '%' && key.starts_with("22")) {
    key.remove_prefix(2);
    at->set(at->at() - 1);
    return key;
  }
  return at->SkipQuote() != '\0' && key.size() <= kMaxKeyBytes ? key : Bytes();
}

}  // namespace

// Finds the name of one value, backward from it.
class Context::Reader {
 public:
  Reader(Bytes record, std::size_t at, std::size_t floor, SqlRow* row)
      : record_(record), floor_(floor), at_(record, at, floor), row_(row) {}

  NamedBy Read() {
    SkipDress(&at_);
    if (at_.Before() == '/') return Path(1);
    if (at_.Ends("%2F") || at_.Ends("%2f")) return Path(3);
    at_.SkipBlanks();
    return AtSeparator(0);
  }

 private:
  NamedBy AtSeparator(int nesting) {
    switch (at_.Before()) {
      case '=':
        return Equals(1);
      case ':':
        return Colon(1);
      case '>':
        if (at_.Before(1) == '=') return Equals(2);
        return Element();
      case 'D':
        return at_.Ends("%3D") ? Equals(3) : NamedBy();
      case 'A':
        return at_.Ends("%3A") ? Colon(3) : NamedBy();
      case ',':
      case '(':
      case '[':
      case '{':
        return nesting < kMaxNesting ? Item(nesting) : NamedBy();
      default:
        return {};
    }
  }

  // key=value, key="value", "key" => value, c.uuid = 'value'
  NamedBy Equals(std::size_t bytes) {
    at_.set(at_.at() - bytes);
    while (Holds("=!<>:~", at_.Before())) at_.set(at_.at() - 1);
    at_.SkipBlanks();
    const bool quoted = at_.SkipQuote() != '\0';
    const Bytes name = SkipPlainName(&at_);
    if (quoted) at_.SkipQuote();
    if (!HasLetter(name) || name.size() > kMaxKeyBytes) return {};
    const char before = at_.Before();
    if (before == '?' || before == '&' || at_.Ends("&amp;")) {
      return {Relation::kUrlQuery, name, {}};
    }
    if (quoted && before == '.') return QuotedColumn(name);
    if (IsConditionWord(record_, at_.at(), floor_)) return Column(name);
    const Bytes parent = ParentOf(name);
    const bool repr = !parent.empty() && parent_is_type_;
    return {repr ? Relation::kRepr : Relation::kKeyValue, name, parent};
  }

  // c.uuid, consumers.uuid, uuid
  NamedBy Column(Bytes name) {
    const std::size_t dot = name.find_last_of('.');
    const Bytes alias = dot == kNowhere ? Bytes() : name.substr(0, dot);
    if (dot != kNowhere) name.remove_prefix(dot + 1);
    return {Relation::kSqlColumn, name,
            TableBefore(record_, at_.at(), floor_, alias)};
  }

  // "c"."uuid"
  NamedBy QuotedColumn(Bytes name) {
    at_.set(at_.at() - 1);
    at_.SkipQuote();
    const Bytes alias = at_.SkipName();
    at_.SkipQuote();
    return {Relation::kSqlColumn, name,
            TableBefore(record_, at_.at(), floor_, alias)};
  }

  // "key": value, 'key': value, Key: value, X-Key: value
  NamedBy Colon(std::size_t bytes) {
    at_.set(at_.at() - bytes);
    if (at_.Before() == ':') return {};
    at_.SkipBlanks();
    const char quote = at_.SkipQuote();
    if (quote != '\0') {
      const Bytes key = SkipQuotedKey(record_, &at_);
      if (!HasLetter(key)) return {};
      return {quote == '"' ? Relation::kJsonKey : Relation::kRepr, key,
              ParentOf(key)};
    }
    const Bytes name = SkipPlainName(&at_);
    if (!HasLetter(name) || name.size() > kMaxKeyBytes) return {};
    const char before = at_.Before();
    if (before == '{' || before == '(') {
      return {Relation::kRepr, name, ParentOf(name)};
    }
    const bool capital = name[0] >= 'A' && name[0] <= 'Z';
    if (capital && name.find('-') != kNowhere) {
      return {Relation::kHeader, name, {}};
    }
    Bytes parent = ParentOf(name);
    if (parent.empty() && before == ' ' && IsGenericName(name)) {
      at_.SkipBlanks();
      parent = at_.SkipName();
      if (IsIdentifier(parent) || parent.ends_with('.')) parent = {};
    }
    return {Relation::kColon, name, parent};
  }

  // /allocations/<value>
  NamedBy Path(std::size_t bytes) {
    at_.set(at_.at() - bytes);
    const Bytes name = SkipPlainName(&at_);
    if (!CouldBeName(name)) return {};
    Bytes parent;
    if (at_.Before() == '/') {
      at_.set(at_.at() - 1);
      parent = SkipPlainName(&at_);
      if (!CouldBeName(parent)) parent = {};
    }
    return {Relation::kUrlPath, name, parent};
  }

  // <uuid>value
  NamedBy Element() {
    at_.set(at_.at() - 1);
    const std::size_t end = at_.at();
    while (at_.Before() != '<' && at_.Before() != '>' && at_.Before() != '\0' &&
           end - at_.at() <= kMaxKeyBytes) {
      at_.set(at_.at() - 1);
    }
    if (at_.Before() != '<') return {};
    const Bytes tag = record_.substr(at_.at(), end - at_.at());
    const Bytes name = tag.substr(0, tag.find(' '));
    if (!CouldBeName(name)) return {};
    return {Relation::kKeyValue, name, {}};
  }

  // One of several in brackets.
  NamedBy Item(int nesting) {
    int commas = 0;
    if (!at_.SkipToOpen(&commas)) return {};
    const char open = record_[at_.at()];
    if (open == '(') return Tuple(commas, nesting);
    if (IsWordByte(at_.Before())) {
      const Bytes name = at_.SkipName();
      return commas == 0 && HasLetter(name) ? NamedBy{Relation::kRepr, name, {}}
                                            : NamedBy();
    }
    at_.SkipBlanks();
    return AtSeparator(nesting + 1);
  }

  // VALUES ('...'), (...)  [parameters: ('...')]  IN ('...')  Consumer('...')
  NamedBy Tuple(int index, int nesting) {
    const std::size_t open = at_.at();
    const ColumnList columns = ColumnsOf(open);
    if (columns.end != 0) {
      *row_ = {open, columns.begin, columns.end, columns.table};
      const Bytes name = ColumnAt(record_, columns, index);
      if (name.empty()) return {};
      return {Relation::kSqlColumn, name, columns.table};
    }
    const bool glued = IsWordByte(at_.Before());
    const bool blank = at_.SkipBlanks();
    if (at_.Before() == ':' || at_.Before() == '=') {
      return AtSeparator(nesting + 1);
    }
    const Bytes word = at_.SkipName();
    if (blank && IsOneOf(word, {"IN", "in"})) {
      at_.SkipBlanks();
      return Column(at_.SkipName());
    }
    if (!glued || index != 0 || !HasLetter(word)) return {};
    return {Relation::kRepr, word, {}};
  }

  // The columns of the row that opens at `open`; several rows may stand
  // between.
  ColumnList ColumnsOf(std::size_t open) {
    BackScan scan(record_, open, floor_);
    for (;;) {
      if (row_->open != 0 && scan.at() == row_->open) {
        return {row_->columns_begin, row_->columns_end, row_->table};
      }
      const ColumnList columns = ColumnsBefore(record_, scan.at(), floor_);
      if (columns.end != 0) return columns;
      scan.SkipBlanks();
      if (scan.Before() != ',') break;
      scan.set(scan.at() - 1);
      scan.SkipBlanks();
      if (scan.Before() != ')') return {};
      scan.set(scan.at() - 1);
      int commas = 0;
      if (!scan.SkipToOpen(&commas)) return {};
    }
    if (scan.Before() == '[') scan.set(scan.at() - 1);  // executemany
    scan.SkipBlanks();
    if (scan.Before() != ':') return {};
    scan.set(scan.at() - 1);
    if (!IsOneOf(scan.SkipName(), {"parameters", "params", "binds", "args"})) {
      return {};
    }
    return LastColumns(record_, open, floor_);
  }

  // What encloses the pair whose key begins at at_, where the key alone does
  // not say whose value it is.
  Bytes ParentOf(Bytes key) {
    parent_is_type_ = false;
    if (!IsGenericName(key)) return {};
    BackScan scan = at_;
    scan.SkipBlanks();
    const char before = scan.Before();
    if (before != ',' && before != '{' && before != '(' && before != '[') {
      return {};
    }
    for (int level = 0; level < kMaxNesting; ++level) {
      int commas = 0;
      if (!scan.SkipToOpen(&commas)) return {};
      if (IsWordByte(scan.Before())) {
        parent_is_type_ = true;
        return scan.SkipName();
      }
      scan.SkipQuote();
      scan.SkipBlanks();
      if (scan.Before() == ':' || scan.Before() == '=') {
        return EnclosingKey(scan);
      }
    }
    return {};
  }

  // The key before the ':' or '=' at `scan`.
  Bytes EnclosingKey(BackScan scan) {
    scan.set(scan.at() - 1);
    scan.SkipBlanks();
    const bool quoted = scan.SkipQuote() != '\0';
    const Bytes key =
        quoted ? SkipQuotedKey(record_, &scan) : SkipPlainName(&scan);
    if (!IsOneOf(key, {"parameters", "params", "binds", "args"})) return key;
    const Bytes table = TableBefore(record_, scan.at(), floor_, {});
    return table.empty() ? key : table;
  }

  Bytes record_;
  std::size_t floor_;
  BackScan at_;
  SqlRow* row_;
  bool parent_is_type_ = false;  // Consumer(uuid=...), not {"consumer": {...}}
};

Context::Context() = default;
Context::Context(Context&&) noexcept = default;
Context& Context::operator=(Context&&) noexcept = default;
Context::~Context() = default;

void Context::Start(std::string_view record) {
  record_ = record;
  row_ = {};
  json_ = Json::kUnknown;
}

NamedBy Context::Name(Span value) const {
  const std::size_t at = std::min<std::size_t>(value.begin, record_.size());
  const std::size_t floor = at > kReach ? at - kReach : 0;
  return Reader(record_, at, floor, &row_).Read();
}

std::size_t Context::WordsBefore(
    Span value, std::array<std::string_view, kMaxWords>* words) const {
  const std::size_t begin = std::min<std::size_t>(value.begin, record_.size());
  BackScan at(record_, begin, begin > kReach ? begin - kReach : 0);
  std::size_t count = 0;
  if ((at.Before() == '-' || at.Before() == '_') &&
      IsLetterByte(at.Before(1))) {
    at.set(at.at() - 1);
    (*words)[count++] = at.SkipName();
  }
  // What may open a value: 'x', "x", [x], (x), <x>, =x, :x, #x.
  for (;;) {
    if (Holds("([<{=:#", at.Before())) {
      at.set(at.at() - 1);
    } else if (at.SkipQuote() == '\0' && !at.SkipBlanks()) {
      break;
    }
  }
  while (count < kMaxWords && IsWordByte(at.Before()) && at.Before() != '.') {
    const Bytes word = at.SkipName();
    if (IsIdentifier(word) || !HasLetter(word)) break;
    (*words)[count++] = word;
    if (!at.SkipBlanks()) break;
  }
  return count;
}

std::string Context::FieldPath(Span value, const NamedBy* known,
                               const IsTaken& taken) {
  if (json_ == Json::kUnknown) {
    json_ = Json::kNo;
    const std::size_t last = record_.find_last_not_of(" \t\r\n");
    if (record_.starts_with('{') && record_[last] == '}') {
      if (paths_ == nullptr) paths_ = std::make_unique<JsonPaths>();
      if (paths_->Parse(record_)) json_ = Json::kParsed;
    }
  }
  if (json_ == Json::kParsed) return paths_->Path(record_, value, taken);
  const NamedBy named = known != nullptr ? *known : Name(value);
  const bool in_statement = named.relation == Relation::kSqlColumn;
  const auto shown = [&](Bytes name) {
    const bool looks =
        named.relation == Relation::kUrlPath
            ? LooksLikePathSegment(name)
            : LooksLikeKeyPath(name) && !IsPartOfWord(record_, name);
    return looks && IsWholeName(record_, name, in_statement) &&
           !IsTakenName(record_, name, taken);
  };
  const bool has_parent = !named.parent.empty() && !IsOfSentence(named);
  const Bytes parent = has_parent && shown(named.parent) ? named.parent : "*";
  if (shown(named.name)) {
    const std::string prefix = has_parent ? std::string(parent) + "." : "";
    return prefix + std::string(named.name);
  }
  // Of two names that are no names nothing is left to tell places apart by.
  return parent == "*" ? std::string() : std::string(parent) + ".*";
}

}  // namespace logspill
