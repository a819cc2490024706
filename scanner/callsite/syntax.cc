#include "scanner/callsite/syntax.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "grammars.inc"
#include "scanner/callsite/shared_grammar.h"

namespace logspill {
namespace {

template <typename Value>
struct Named {
  std::string_view name;
  Value value;
};

constexpr Named<Role> kRoles[] = {
    {"string", Role::kString},
    {"raw", Role::kRaw},
    {"join", Role::kJoin},
    {"interpolation", Role::kInterpolation},
    {"binary", Role::kBinary},
    {"group", Role::kGroup},
    {"pass", Role::kPass},
    {"choice", Role::kChoice},
    {"call", Role::kCall},
    {"new", Role::kNew},
    {"name", Role::kName},
    {"member", Role::kMember},
    {"list", Role::kList},
    {"map", Role::kMap},
    {"pair", Role::kPair},
    {"keyword", Role::kKeyword},
    {"spread", Role::kSpread},
    {"number", Role::kNumber},
    {"comment", Role::kComment},
    {"lambda", Role::kLambda},
    {"block", Role::kBlock},
    {"tokens", Role::kTokens},
    {"macro", Role::kMacro},
    {"text", Role::kText},
    {"argument", Role::kArgument},
    {"heredoc", Role::kHeredoc},
    {"annotation", Role::kAnnotation},
};

constexpr Named<Capture> kCaptures[] = {
    {"call", Capture::kCall},
    {"stream", Capture::kStream},
    {"function", Capture::kFunction},
    {"function.name", Capture::kFunctionName},
    {"function.owner", Capture::kFunctionOwner},
    {"parameter", Capture::kParameter},
    {"class", Capture::kClass},
    {"class.name", Capture::kClassName},
    {"module", Capture::kModule},
    {"define.name", Capture::kDefineName},
    {"define.object", Capture::kDefineObject},
    {"define.value", Capture::kDefineValue},
    {"define.opaque", Capture::kDefineOpaque},
    {"define.append", Capture::kDefineAppend},
    {"append", Capture::kAppend},
    {"typed.name", Capture::kTypedName},
    {"typed.type", Capture::kTypedType},
    {"heredoc", Capture::kHeredoc},
    {"heredoc.body", Capture::kHeredocBody},
    {"macro.name", Capture::kMacroName},
    {"macro.parameters", Capture::kMacroParameters},
    {"macro.body", Capture::kMacroBody},
};

constexpr std::string_view kFieldNames[] = {
    "function", "receiver", "method", "arguments", "block",       "object",
    "property", "left",     "right",  "operator",  "consequence", "alternative",
    "key",      "value",    "name",   "body",      "elements",
};
static_assert(std::size(kFieldNames) ==
              static_cast<std::size_t>(FieldName::kCount));

constexpr std::string_view kPlaceholders[] = {
    "none", "printf", "brace", "braces", "index", "captured", "names"};
constexpr std::string_view kPairs[] = {"", "alternating", "fields", "keywords",
                                       "object"};
constexpr std::string_view kRests[] = {"", "space", "nothing"};
constexpr std::string_view kJoiners[] = {"separator", "list", "first", "last"};
constexpr std::string_view kShapers[] = {"margin", "strip", "squish"};
constexpr std::string_view kLinks[] = {"level", "message", "argument", "pair",
                                       "pairs", "error",   "name",     "skip"};

template <typename Value, std::size_t kSize>
Value Find(const Named<Value> (&table)[kSize], std::string_view name) {
  for (const auto& row : table) {
    if (row.name == name) return row.value;
  }
  return Value::kOther;
}

NameSet ToSet(const std::vector<std::string>& names) {
  return NameSet(names.begin(), names.end());
}

NameMap ToMap(const StringTable& table) {
  return NameMap(table.begin(), table.end());
}

template <std::size_t kSize>
bool IsOneOf(std::string_view word, const std::string_view (&words)[kSize]) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// The words between blanks.
std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
  }
  return words;
}

bool TooLate(std::chrono::steady_clock::time_point deadline, bool* late) {
  if (std::chrono::steady_clock::now() > deadline) *late = true;
  return *late;
}

// What the callbacks of tree-sitter are given.
struct Watch {
  std::chrono::steady_clock::time_point deadline;
  bool* late;
};

}  // namespace

RuleSets::RuleSets(const CallRule& call_rule)
    : rule(&call_rule),
      methods(ToMap(call_rule.methods)),
      chain(ToMap(call_rule.chain)),
      reserved(ToSet(call_rule.reserved)),
      pair_keywords(ToSet(call_rule.pair_keywords)) {}

Syntax::Syntax(const Language& language)
    : level_words(ToMap(language.level_words)),
      transparent(ToSet(language.transparent)),
      shapers(ToMap(language.shapers)),
      formatters(ToMap(language.formatters)),
      joiners(ToMap(language.joiners)),
      builders(ToSet(language.builders)),
      appenders(ToSet(language.appenders)),
      builder_texts(ToSet(language.builder_texts)),
      message_keys(ToSet(language.message_keys)),
      text_macros(ToMap(language.text_macros)),
      module_names(ToSet(language.module_names)),
      class_names(ToSet(language.class_names)),
      root_loggers(ToSet(language.root_loggers)),
      self_names(ToSet(language.self_names)),
      raw_prefixes(ToSet(language.raw_prefixes)),
      bytes_prefixes(ToSet(language.bytes_prefixes)),
      doubled_prefixes(ToSet(language.doubled_prefixes)),
      language_(&language) {
  for (const CallRule& rule : language.calls) {
    rules.emplace_back(rule);
    NameSet& names = rule.stream.empty() ? methods : sinks;
    for (const auto& [method, level] : rule.methods) names.insert(method);
  }
}

Result<std::unique_ptr<const Syntax>> Syntax::Make(const Language& language) {
  std::unique_ptr<Syntax> syntax(new Syntax(language));
  if (auto found = syntax->FindGrammar(); !found) return found.error();
  if (auto checked = syntax->CheckWords(); !checked) return checked.error();
  if (auto compiled = syntax->CompileQuery(); !compiled) {
    return compiled.error();
  }
  if (auto read = syntax->ReadRoles(); !read) return read.error();
  if (auto read = syntax->ReadFields(); !read) return read.error();
  return std::unique_ptr<const Syntax>(std::move(syntax));
}

Result<void> Syntax::FindGrammar() {
  const std::string& name =
      language_->grammar.empty() ? language_->name : language_->grammar;
  if (name.find('/') != std::string::npos) {
    auto loaded = LoadGrammar(name);
    if (!loaded) return loaded.error();
    grammar_ = *loaded;
    return {};
  }
  for (const GrammarRow& row : kGrammars) {
    if (name == row.name) grammar_ = row.language();
  }
  if (grammar_) return {};
  return Error{"language " + language_->name + ": there is no grammar '" +
               name + "'"};
}

Error Syntax::WrongWord(std::string_view what, std::string_view word,
                        std::string_view of) const {
  std::string text = language_->name;
  text += ".toml: unknown ";
  text += what;
  text += " '";
  text += word;
  text += "' of ";
  text += of;
  return Error{std::move(text)};
}

Result<void> Syntax::CheckWords() const {
  for (const CallRule& rule : language_->calls) {
    if (!IsOneOf(rule.placeholders, kPlaceholders)) {
      return WrongWord("placeholders", rule.placeholders, rule.framework);
    }
    if (!IsOneOf(rule.pairs, kPairs)) {
      return WrongWord("pairs", rule.pairs, rule.framework);
    }
    if (!IsOneOf(rule.rest, kRests)) {
      return WrongWord("rest", rule.rest, rule.framework);
    }
    for (const auto& [link, what] : rule.chain) {
      if (what.starts_with("level:") || IsOneOf(what, kLinks)) continue;
      return WrongWord("link", what, link);
    }
  }
  for (const auto& [name, style] : language_->formatters) {
    if (!IsOneOf(style, kPlaceholders)) {
      return WrongWord("placeholders", style, name);
    }
  }
  for (const auto& [name, shape] : language_->shapers) {
    if (!IsOneOf(shape, kShapers)) return WrongWord("shaper", shape, name);
  }
  for (const auto& [mark, base] : language_->caller_marks) {
    if (base != "0" && base != "1") return WrongWord("number", base, mark);
  }
  for (const auto& [name, style] : language_->joiners) {
    if (!IsOneOf(style, kJoiners)) return WrongWord("joiner", style, name);
  }
  return {};
}

Result<void> Syntax::CompileQuery() {
  std::uint32_t offset = 0;
  TSQueryError error = TSQueryErrorNone;
  const std::string& text = language_->query;
  query_.reset(ts_query_new(grammar_, text.data(),
                            static_cast<std::uint32_t>(text.size()), &offset,
                            &error));
  if (!query_) {
    std::size_t line = 1;
    for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
      line += text[i] == '\n';
    }
    return Error{language_->name + ".scm:" + std::to_string(line) +
                 ": the query does not fit the grammar"};
  }
  const std::uint32_t count = ts_query_capture_count(query_.get());
  for (std::uint32_t i = 0; i < count; ++i) {
    std::uint32_t size = 0;
    const char* name = ts_query_capture_name_for_id(query_.get(), i, &size);
    captures_.push_back(Find(kCaptures, std::string_view(name, size)));
    if (captures_.back() == Capture::kOther) {
      return Error{language_->name + ".scm: unknown capture @" +
                   std::string(name, size)};
    }
  }
  return {};
}

Result<void> Syntax::ReadRoles() {
  // The error symbol is the last that a node can have.
  roles_.assign(std::size_t{1} << 16, Role::kOther);
  const std::uint32_t count = ts_language_symbol_count(grammar_);
  for (const auto& [type, role_name] : language_->nodes) {
    const Role role = Find(kRoles, role_name);
    if (role == Role::kOther) {
      return WrongWord("role", role_name, type);
    }
    // What the parser could not read has no symbol of the grammar.
    bool known = type == "ERROR";
    if (known) roles_[static_cast<TSSymbol>(-1)] = role;
    for (std::uint32_t symbol = 0; symbol < count; ++symbol) {
      const auto id = static_cast<TSSymbol>(symbol);
      if (type != ts_language_symbol_name(grammar_, id)) continue;
      if (ts_language_symbol_type(grammar_, id) != TSSymbolTypeRegular) {
        continue;
      }
      roles_[symbol] = role;
      known = true;
    }
    if (!known) {
      return Error{language_->name + ".toml: the grammar has no node " + type};
    }
  }
  return {};
}

Result<void> Syntax::ReadFields() {
  for (std::size_t i = 0; i < kFields; ++i) {
    for (const auto& [name, candidates] : language_->fields) {
      if (name != kFieldNames[i]) continue;
      for (const std::string_view field : Words(candidates)) {
        const TSFieldId id = ts_language_field_id_for_name(
            grammar_, field.data(), static_cast<std::uint32_t>(field.size()));
        if (id == 0) {
          return Error{language_->name + ".toml: the grammar has no field " +
                       std::string(field)};
        }
        fields_[i].push_back(id);
      }
    }
  }
  for (const auto& [name, candidates] : language_->fields) {
    if (IsOneOf(name, kFieldNames)) continue;
    return Error{language_->name + ".toml: unknown field '" + name + "'"};
  }
  return {};
}

TSNode Syntax::Get(TSNode node, FieldName field) const {
  for (const TSFieldId id : fields_[static_cast<std::size_t>(field)]) {
    const TSNode child = ts_node_child_by_field_id(node, id);
    if (!ts_node_is_null(child)) return child;
  }
  return {};
}

SyntaxReader::SyntaxReader()
    : parser_(ts_parser_new()), cursor_(ts_query_cursor_new()) {}

SyntaxReader::~SyntaxReader() {
  ts_query_cursor_delete(cursor_);
  ts_parser_delete(parser_);
}

Result<Tree> SyntaxReader::Parse(const Syntax& syntax, std::string_view text) {
  ts_parser_reset(parser_);
  if (!ts_parser_set_language(parser_, syntax.grammar())) {
    return Error{"the grammar does not fit this tree-sitter"};
  }
  struct Source {
    std::string_view text;
  } source{text};
  TSInput input{};
  input.payload = &source;
  input.encoding = TSInputEncodingUTF8;
  input.read = [](void* payload, std::uint32_t offset, TSPoint,
                  std::uint32_t* size) {
    const std::string_view all = static_cast<Source*>(payload)->text;
    if (offset >= all.size()) {
      *size = 0;
      return "";
    }
    *size = static_cast<std::uint32_t>(all.size() - offset);
    return all.data() + offset;
  };
  bool late = false;
  Watch watch{Clock::now() + kTimeLimit, &late};
  TSParseOptions options{};
  options.payload = &watch;
  options.progress_callback = [](TSParseState* state) {
    const auto* w = static_cast<Watch*>(state->payload);
    return TooLate(w->deadline, w->late);
  };
  Tree tree(ts_parser_parse_with_options(parser_, nullptr, input, options));
  if (!tree) return Error{"parsing it took too long"};
  deadline_ = Clock::now() + kTimeLimit;
  return tree;
}

void SyntaxReader::BeginQuery(const Syntax& syntax, const TSTree* tree) {
  late_ = false;
  query_options_.payload = this;
  query_options_.progress_callback = [](TSQueryCursorState* state) {
    auto* self = static_cast<SyntaxReader*>(state->payload);
    return TooLate(self->deadline_, &self->late_);
  };
  ts_query_cursor_exec_with_options(cursor_, syntax.query(),
                                    ts_tree_root_node(tree), &query_options_);
}

Result<void> SyntaxReader::EndQuery() const {
  if (late_) return Error{"searching it for calls took too long"};
  if (ts_query_cursor_did_exceed_match_limit(cursor_)) {
    return Error{"it is nested too deeply"};
  }
  return {};
}

std::string_view TextOf(TSNode node, std::string_view text) {
  if (ts_node_is_null(node)) return {};
  const std::uint32_t begin = ts_node_start_byte(node);
  const std::uint32_t end = ts_node_end_byte(node);
  if (begin >= text.size() || end <= begin) return {};
  return text.substr(begin, end - begin);
}

std::string_view LastName(std::string_view path) {
  const std::size_t end = path.find_last_of(".:>");
  return end == std::string_view::npos ? path : path.substr(end + 1);
}

bool GlobMatch(std::string_view pattern, std::string_view text) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  text.remove_prefix(star);
  const std::string_view rest = pattern.substr(star + 1);
  for (std::size_t skip = 0; skip <= text.size(); ++skip) {
    if (GlobMatch(rest, text.substr(skip))) return true;
  }
  return false;
}

std::vector<TSNode> CodeChildren(const Syntax& syntax, TSNode node) {
  std::vector<TSNode> children;
  TSTreeCursor cursor = ts_tree_cursor_new(node);
  if (ts_tree_cursor_goto_first_child(&cursor)) {
    do {
      const TSNode child = ts_tree_cursor_current_node(&cursor);
      if (!ts_node_is_named(child)) continue;
      if (syntax.RoleOf(child) == Role::kComment) continue;
      children.push_back(child);
    } while (ts_tree_cursor_goto_next_sibling(&cursor));
  }
  ts_tree_cursor_delete(&cursor);
  return children;
}

}  // namespace logspill
