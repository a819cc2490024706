#include "scanner/callsite/syntax.h"

#include <string>
#include <utility>

#include "grammars.inc"

namespace logspill {
namespace {

template <typename Value>
struct Named {
  std::string_view name;
  Value value;
};

constexpr Named<Role> kRoles[] = {
    {"string", Role::kString},   {"interpolation", Role::kInterpolation},
    {"join", Role::kJoin},       {"binary", Role::kBinary},
    {"group", Role::kGroup},     {"choice", Role::kChoice},
    {"call", Role::kCall},       {"name", Role::kName},
    {"member", Role::kMember},   {"list", Role::kList},
    {"map", Role::kMap},         {"pair", Role::kPair},
    {"keyword", Role::kKeyword}, {"spread", Role::kSpread},
    {"number", Role::kNumber},   {"comment", Role::kComment},
};

constexpr Named<Capture> kCaptures[] = {
    {"call", Capture::kCall},
    {"receiver", Capture::kReceiver},
    {"method", Capture::kMethod},
    {"arguments", Capture::kArguments},
    {"function", Capture::kFunction},
    {"function.name", Capture::kFunctionName},
    {"class", Capture::kClass},
    {"class.name", Capture::kClassName},
    {"define.name", Capture::kDefineName},
    {"define.object", Capture::kDefineObject},
    {"define.value", Capture::kDefineValue},
    {"define.opaque", Capture::kDefineOpaque},
};

template <typename Value, std::size_t kSize>
Value Find(const Named<Value> (&table)[kSize], std::string_view name) {
  for (const auto& row : table) {
    if (row.name == name) return row.value;
  }
  return Value::kOther;
}

const TSLanguage* FindGrammar(std::string_view name) {
  for (const GrammarRow& row : kGrammars) {
    if (name == row.name) return row.language();
  }
  return nullptr;
}

Syntax::NameSet ToSet(const std::vector<std::string>& names) {
  return Syntax::NameSet(names.begin(), names.end());
}

Syntax::NameMap ToMap(const Language::Table& table) {
  return Syntax::NameMap(table.begin(), table.end());
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

Syntax::Syntax(const Language& language)
    : methods(ToMap(language.methods)),
      level_words(ToMap(language.level_words)),
      receivers(ToSet(language.receivers)),
      transparent(ToSet(language.transparent)),
      formatters(ToSet(language.formatters)),
      message_keys(ToSet(language.message_keys)),
      logger_factories(ToSet(language.logger_factories)),
      module_names(ToSet(language.module_names)),
      root_loggers(ToSet(language.root_loggers)),
      self_names(ToSet(language.self_names)),
      language_(&language),
      grammar_(FindGrammar(language.name)) {}

Result<std::unique_ptr<const Syntax>> Syntax::Make(const Language& language) {
  std::unique_ptr<Syntax> syntax(new Syntax(language));
  if (!syntax->grammar_) {
    return Error{"language " + language.name + ": there is no such grammar"};
  }
  if (language.literals != "python") {
    return Error{"language " + language.name + ": unknown literals '" +
                 language.literals + "'; known: python"};
  }
  if (language.placeholders != "printf" && language.placeholders != "none") {
    return Error{"language " + language.name + ": unknown placeholders '" +
                 language.placeholders + "'; known: printf, none"};
  }
  if (auto compiled = syntax->CompileQuery(); !compiled) {
    return compiled.error();
  }
  if (auto read = syntax->ReadRoles(); !read) return read.error();
  return std::unique_ptr<const Syntax>(std::move(syntax));
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
      std::string message = language_->name;
      message.append(".toml: unknown role '").append(role_name);
      message.append("' of node ").append(type);
      return Error{std::move(message)};
    }
    bool known = false;
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
  const std::uint32_t begin = ts_node_start_byte(node);
  const std::uint32_t end = ts_node_end_byte(node);
  if (begin >= text.size() || end <= begin) return {};
  return text.substr(begin, end - begin);
}

std::string_view LastName(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

TSNode Field(TSNode node, std::string_view name) {
  return ts_node_child_by_field_name(node, name.data(),
                                     static_cast<std::uint32_t>(name.size()));
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
