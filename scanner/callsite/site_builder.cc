#include "scanner/callsite/site_builder.h"

#include <algorithm>
#include <optional>

#include "scanner/callsite/expression.h"
#include "scanner/callsite/flatten.h"
#include "scanner/callsite/message_reader.h"
#include "scanner/callsite/wrapper_finder.h"

namespace logspill {
namespace {

using Variants = Flattener::Variants;

class Builder {
 public:
  Builder(const Syntax& syntax, const FileFacts& facts, const FilePlace& place,
          const NotesRequest& request, bool in_macro)
      : syntax_(syntax),
        facts_(facts),
        place_(place),
        request_(request),
        in_macro_(in_macro),
        flattener_(syntax, facts, &request.known),
        loggers_(syntax, facts, place, flattener_),
        reader_(syntax, facts, flattener_),
        wrappers_(syntax, facts, flattener_, in_macro) {}

  FileNotes Build() {
    notes_.parsed = true;
    notes_.damaged = facts_.damaged();
    AddStreams();
    AddCalls();
    NoteDefinitions();
    notes_.unknown.insert(flattener_.missed().begin(),
                          flattener_.missed().end());
    return std::move(notes_);
  }

 private:
  std::string Text(std::string_view text) const { return OneLine(text); }

  void AddCalls() {
    std::vector<std::optional<LogUse>> uses;
    std::set<const void*> links;  // calls that are part of another
    for (const CallParts& call : facts_.calls()) {
      uses.push_back(loggers_.UseOf(call));
      if (!uses.back()) continue;
      for (const ChainLink& link : uses.back()->chain) {
        links.insert(link.parts.call.id);
      }
    }
    for (std::size_t i = 0; i < uses.size(); ++i) {
      const CallParts& call = facts_.calls()[i];
      if (sinks_.count(ts_node_start_byte(call.call))) continue;
      if (uses[i] && !links.count(call.call.id)) {
        AddCall(*uses[i]);
      } else if (request_.callees.count(std::string(call.method))) {
        NoteCall(call);
      }
    }
  }

  void SetLevel(const LogUse& use, const Message& message,
                CallSite* site) const {
    const auto& positional = use.arguments.positional;
    site->level = use.level;
    if (use.level == "text") {
      // printk(KERN_ERR "...")
      const std::string_view text =
          message.argument ? message.argument->text : std::string_view();
      site->level =
          LevelIn(text.substr(0, text.find('"')), syntax_.level_words);
      return;
    }
    std::string_view said;
    if (use.level == "argument") {
      const std::size_t at = use.rule->rule->level_argument - 1;
      if (at < positional.size()) said = positional[at].text;
      if (at < positional.size() && reader_.IsMap(positional[at])) {
        said =
            facts_.TextOf(flattener_.ValueAt(positional[at].node(), {"level"}));
      }
    }
    std::vector<Argument> given;
    for (const ChainLink& link : use.chain) {
      if (link.what != "level") continue;
      given = flattener_.Split(link.parts.arguments).positional;
      if (!given.empty()) said = given[0].text;
    }
    if (said.empty() && use.level != "argument") return;
    site->level = LevelIn(said, syntax_.level_words);
    if (site->level.empty()) site->flags.push_back("dynamic-level");
  }

  void AddCall(const LogUse& use) {
    const Message message = reader_.MessageOf(use);
    const bool nothing = message.variants.empty() && message.fields.empty() &&
                         use.arguments.positional.empty() &&
                         use.arguments.named.empty() && use.chain.empty();
    if (nothing) return;
    CallSite site = Locate(use.parts.call);
    site.framework = use.rule->rule->framework;
    site.logger = use.logger;
    SetLevel(use, message, &site);
    const Argument* target = use.arguments.Named("target");
    if (target && syntax_.RoleOf(use.parts.arguments) == Role::kTokens) {
      site.logger = flattener_.LiteralOf(target->node());
    }
    AddSites(use, message, std::move(site));
  }

  void AddSites(const LogUse& use, const Message& message, CallSite site) {
    site.fields = message.fields;
    std::erase_if(site.fields,
                  [](const Hole& field) { return field.key == "target"; });
    for (Hole& field : site.fields) Explain(use.parts.call, &field);
    Variants variants = message.variants;
    const bool silent = variants.empty();
    if (silent) variants.emplace_back();
    std::vector<std::string> seen;
    for (const Pieces& pieces : variants) {
      CallSite one = site;
      one.message = ToTemplate(pieces);
      const std::string text = one.message.Text();
      if (std::find(seen.begin(), seen.end(), text) != seen.end()) continue;
      seen.push_back(text);
      for (Hole& hole : one.message.holes) Explain(use.parts.call, &hole);
      // A call of keys and values alone has all its text in them.
      const bool literal = HasLiteral(pieces);
      if (!literal && (!silent || one.fields.empty())) {
        const bool prints = use.rule->rule->prints;
        one.flags.push_back(prints ? "value" : "unresolved");
        NoteUnknown(one);
      }
      if (variants.size() > 1) one.flags.push_back("variant");
      if (use.rule->rule->prints) one.flags.push_back("print");
      notes_.sites.push_back(std::move(one));
      NoteWrapper(use, message);
    }
  }

  // Where the value of a hole comes from.
  void Explain(TSNode call, Hole* hole) const {
    std::string_view name = hole->argument;
    name = name.substr(std::min(name.size(), name.find_first_not_of("*&")));
    const std::size_t end = name.find_first_of(".[(->");
    const auto type = facts_.types().find(name.substr(0, end));
    if (end == std::string_view::npos && type != facts_.types().end()) {
      hole->type = Text(type->second);
    }
    if (!name.empty() && IsWordByte(name[0])) {
      hole->origin = flattener_.OriginOf(name, ts_node_start_byte(call));
    }
  }

  void NoteUnknown(const CallSite& site) {
    if (site.message.holes.size() != 1) return;
    const std::string& name = site.message.holes[0].argument;
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
      return IsWordByte(c) || c == '.' || c == ':';
    });
    const std::string_view last = LastName(name);
    if (plain && IsConstantName(last)) notes_.unknown.emplace(last);
  }

  // What another file may define: LATE, Late, kLate.  Other names are those of
  // variables, and too many.
  static bool IsConstantName(std::string_view name) {
    if (name.starts_with('k')) name.remove_prefix(1);
    return name.size() > 2 && name[0] >= 'A' && name[0] <= 'Z';
  }

  // The site that was added last, where it prints what its function is given.
  void NoteWrapper(const LogUse& use, const Message& message) {
    CallSite& site = notes_.sites.back();
    auto note = wrappers_.Find(use, message, site);
    if (!note) return;
    note->site = static_cast<std::uint32_t>(notes_.sites.size() - 1);
    site.flags.push_back("wrapper");
    notes_.wrappers.push_back(std::move(*note));
  }

  void NoteCall(const CallParts& call) {
    CallNote note;
    note.callee = call.method;
    note.has_receiver = !ts_node_is_null(call.receiver);
    note.own_receiver =
        note.has_receiver &&
        syntax_.self_names.count(facts_.TextOf(call.receiver)) != 0;
    note.in_macro = in_macro_;
    note.place = Locate(call.call);
    const CallArguments arguments = flattener_.Split(call.arguments);
    const auto add = [&](const Argument& argument) {
      note.arguments.push_back({std::string(argument.name), Text(argument.text),
                                argument.spread, flattener_.Flatten(argument)});
    };
    for (const Argument& argument : arguments.positional) add(argument);
    for (const Argument& argument : arguments.named) add(argument);
    const int function =
        facts_.FunctionOf(facts_.ScopeAt(ts_node_start_byte(call.call)));
    if (function != kNoScope) {
      for (const std::string_view name : facts_.scope(function).parameters) {
        note.parameters.emplace_back(name);
      }
    }
    notes_.calls.push_back(std::move(note));
  }

  void NoteDefinitions() {
    for (const Scope& scope : facts_.scopes()) {
      if (request_.callees.count(std::string(scope.name))) {
        notes_.functions.emplace(scope.name);
      }
    }
    for (const std::string& name : request_.constants) {
      const auto found = facts_.names().find(name);
      if (found == facts_.names().end()) continue;
      for (const Definition& definition : found->second) {
        // One of a function is none of another file.
        const bool inside = definition.scope != kNoScope &&
                            !facts_.scope(definition.scope).is_class;
        if (inside || definition.opaque || ts_node_is_null(definition.value)) {
          continue;
        }
        const Variants values = flattener_.Flatten(definition.value);
        if (!AnyLiteral(values)) continue;
        auto& known = notes_.constants[name];
        known.insert(known.end(), values.begin(), values.end());
      }
    }
  }

  // The outermost of `sink << a << b` has all of it.
  void AddStreams() {
    std::set<const void*> inner;
    for (const TSNode stream : facts_.streams()) {
      const TSNode left = syntax_.Get(stream, FieldName::kLeft);
      if (Operator(left) == Operator(stream)) inner.insert(left.id);
    }
    for (const TSNode stream : facts_.streams()) {
      if (!inner.count(stream.id)) AddStream(stream);
    }
  }

  // `sink << a << b`
  void AddStream(TSNode node) {
    std::vector<TSNode> operands;
    TSNode at = node;
    for (int i = 0; i < kMaxOperands && Operator(at) == Operator(node); ++i) {
      operands.push_back(syntax_.Get(at, FieldName::kRight));
      at = syntax_.Get(at, FieldName::kLeft);
    }
    const auto use = loggers_.UseOfSink(at);
    if (!use || use->rule->rule->stream != Operator(node)) return;
    sinks_.insert(ts_node_start_byte(at));
    std::reverse(operands.begin(), operands.end());
    Message message;
    message.variants.emplace_back();
    const CallRule& rule = *use->rule->rule;
    for (const TSNode operand : operands) {
      if (IsManipulator(rule, operand)) continue;
      if (rule.rest == "space" && !message.variants[0].empty()) {
        AppendVariants({{LiteralPiece(" ")}}, &message.variants);
      }
      AppendVariants(flattener_.Flatten(operand), &message.variants);
    }
    LogUse whole = *use;
    whole.parts.call = node;
    CallSite site = Locate(node);
    site.framework = rule.framework;
    SetLevel(whole, message, &site);
    AddSites(whole, message, std::move(site));
  }

  bool IsManipulator(const CallRule& rule, TSNode operand) const {
    const CallParts parts = PartsOf(syntax_, operand, facts_.text());
    const std::string_view name =
        parts.valid() ? parts.callee : facts_.TextOf(operand);
    return std::find(rule.manipulators.begin(), rule.manipulators.end(),
                     LastName(name)) != rule.manipulators.end();
  }

  std::string_view Operator(TSNode node) const {
    if (ts_node_is_null(node) || syntax_.RoleOf(node) != Role::kBinary) {
      return {};
    }
    return facts_.TextOf(syntax_.Get(node, FieldName::kOperator));
  }

  CallSite Locate(TSNode call) const {
    CallSite site;
    site.language = syntax_.language().name;
    site.root = place_.root;
    site.file = place_.file;
    const TSPoint begin = ts_node_start_point(call);
    site.line = begin.row + 1;
    site.column = begin.column + 1;
    site.end_line = ts_node_end_point(call).row + 1;
    const int scope = facts_.ScopeAt(ts_node_start_byte(call));
    site.class_name = facts_.ClassName(scope);
    if (scope != kNoScope && !facts_.scope(scope).is_class) {
      site.function = facts_.scope(scope).name;
    }
    return site;
  }

  static constexpr int kMaxOperands = 200;

  const Syntax& syntax_;
  const FileFacts& facts_;
  const FilePlace& place_;
  const NotesRequest& request_;
  bool in_macro_;
  Flattener flattener_;
  Loggers loggers_;
  MessageReader reader_;
  WrapperFinder wrappers_;
  FileNotes notes_;
  std::set<std::uint32_t> sinks_;  // where calls begin that a stream goes into
};

}  // namespace

std::string_view LevelIn(std::string_view text, const NameMap& words) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at;
    while (end < text.size() && IsWordByte(text[end])) ++end;
    const auto found = words.find(text.substr(at, end - at));
    if (found != words.end()) return found->second;
    at = end + 1;
  }
  return {};
}

FileNotes BuildNotes(const Syntax& syntax, const FileFacts& facts,
                     const FilePlace& place, const NotesRequest& request,
                     bool in_macro) {
  return Builder(syntax, facts, place, request, in_macro).Build();
}

}  // namespace logspill
