#include "scanner/callsite/site_builder.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>

#include "scanner/callsite/flatten.h"
#include "scanner/callsite/placeholder.h"

namespace logspill {
namespace {

// The id lives in snapshots and baselines: this hash never changes.
class IdHash {
 public:
  void Add(std::string_view text) {
    for (const char c : text) Mix(static_cast<unsigned char>(c));
    Mix(0);
  }

  std::string Hex() const {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx",
                  static_cast<unsigned long long>(state_));
    return text;
  }

 private:
  void Mix(std::uint64_t byte) {
    state_ = (state_ ^ byte) * 0x100000001b3u;  // FNV-1a
  }

  std::uint64_t state_ = 0xcbf29ce484222325u;
};

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

using Variants = Flattener::Variants;

// What is known of a call before its variants part.
struct Message {
  Variants variants;         // empty: there is no message at all
  std::vector<Hole> fields;  // keys and values
  TSNode node{};             // of the message's argument
  const Argument* argument = nullptr;
  bool spread = false;  // what comes behind is passed on as it came
};

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
        loggers_(syntax, facts, place, flattener_) {}

  FileNotes Build() {
    notes_.parsed = true;
    notes_.damaged = facts_.damaged();
    AddStreams();
    AddCalls();
    NoteDefinitions();
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

  void AddField(std::string_view key, std::string_view value,
                std::vector<Hole>* fields) const {
    Hole hole;
    hole.argument = Text(value);
    hole.key = Text(BareKey(key));
    fields->push_back(std::move(hole));
  }

  void AddPairs(TSNode node, std::vector<Hole>* fields) const {
    const FormatArguments pairs = flattener_.PairsOf(node);
    for (const auto& [key, value] : pairs.named) AddField(key, value, fields);
    if (!pairs.mapping.empty()) AddField("", pairs.mapping, fields);
  }

  // zap.String("key", value), zap.Error(err), kv("key", value)
  bool AddMadeField(const Argument& argument, std::vector<Hole>* fields) const {
    const CallParts parts = PartsOf(syntax_, argument.node(), facts_.text());
    if (!parts.valid()) return false;
    const auto& makers = syntax_.language().field_makers;
    const bool made = std::any_of(makers.begin(), makers.end(),
                                  [&](const std::string& maker) {
                                    return GlobMatch(maker, parts.callee);
                                  });
    if (!made) return false;
    const auto given = flattener_.Split(parts.arguments).positional;
    if (given.size() == 1) {
      std::string key(parts.method);
      for (char& c : key) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      }
      AddField(key, given[0].text, fields);
    } else if (given.size() > 1) {
      AddField(given[0].text, given[1].text, fields);
    }
    return true;
  }

  // "key", value, "key", value; takes made fields as well.
  void AddAlternating(const std::vector<Argument>& arguments, std::size_t first,
                      std::vector<Hole>* fields) const {
    for (std::size_t i = first; i < arguments.size(); ++i) {
      if (AddMadeField(arguments[i], fields)) continue;
      if (i + 1 < arguments.size()) {
        AddField(arguments[i].text, arguments[i + 1].text, fields);
        ++i;
      } else {
        AddField("", arguments[i].text, fields);
      }
    }
  }

  bool IsMap(const Argument& argument) const {
    const TSNode node = argument.node();
    return !ts_node_is_null(node) && syntax_.RoleOf(node) == Role::kMap;
  }

  // Takes keys and values behind the message away; the rest stays.
  void TakePairs(const LogUse& use, std::vector<Argument>* rest,
                 std::vector<Hole>* fields) const {
    const std::string& pairs = use.rule->rule->pairs;
    if (pairs == "alternating") {
      AddAlternating(*rest, 0, fields);
      rest->clear();
    }
    std::erase_if(*rest, [&](const Argument& argument) {
      if (pairs == "object" && IsMap(argument)) {
        AddPairs(argument.node(), fields);
        return true;
      }
      // What fills a placeholder is printed there as well.
      return AddMadeField(argument, fields) &&
             use.rule->rule->placeholders == "none";
    });
  }

  void TakeKeywords(const LogUse& use, std::vector<Hole>* fields) const {
    const RuleSets& rule = *use.rule;
    for (const Argument& named : use.arguments.named) {
      if (rule.pair_keywords.count(named.name)) {
        AddPairs(named.node(), fields);
      } else if (rule.rule->pairs == "keywords" &&
                 !rule.reserved.count(named.name)) {
        AddField(named.name, named.text, fields);
      }
    }
  }

  // What links between receiver and method say.
  void TakeChain(const LogUse& use, Message* message,
                 std::vector<Argument>* arguments) const {
    for (const ChainLink& link : use.chain) {
      const CallArguments given = flattener_.Split(link.parts.arguments);
      const auto& positional = given.positional;
      if (link.what == "message" && !positional.empty()) {
        message->variants = flattener_.Flatten(positional[0]);
        message->node = positional[0].node();
      } else if (link.what == "argument" && !positional.empty()) {
        arguments->push_back(positional[0]);
      } else if (link.what == "pair" && positional.size() > 1) {
        AddField(positional[0].text, positional[1].text, &message->fields);
      } else if (link.what == "error" && !positional.empty()) {
        AddField("error", positional[0].text, &message->fields);
      } else if (link.what == "pairs") {
        TakeLinkPairs(given, &message->fields);
      }
    }
  }

  void TakeLinkPairs(const CallArguments& given,
                     std::vector<Hole>* fields) const {
    for (const Argument& named : given.named) {
      AddField(named.name, named.text, fields);
    }
    std::vector<Argument> rest = given.positional;
    std::erase_if(rest, [&](const Argument& argument) {
      if (!IsMap(argument)) return false;
      AddPairs(argument.node(), fields);
      return true;
    });
    AddAlternating(rest, 0, fields);
  }

  // Where the message stands among the arguments; nullopt: nowhere.
  std::optional<std::size_t> MessageAt(const LogUse& use) const {
    const CallRule& rule = *use.rule->rule;
    const auto& positional = use.arguments.positional;
    if (rule.message_is_first_string) {
      for (std::size_t i = 0; i < positional.size(); ++i) {
        const TSNode node = positional[i].node();
        if (ts_node_is_null(node)) continue;
        if (AnyLiteral(flattener_.Flatten(node))) return i;
      }
      if (syntax_.RoleOf(use.parts.arguments) == Role::kTokens) {
        return std::nullopt;
      }
    }
    std::size_t at = use.level == "argument" ? rule.level_argument : 0;
    if (rule.message_argument > 0) at = rule.message_argument - 1;
    if (rule.message_is_last && !positional.empty()) {
      at = positional.size() - 1;
    }
    if (rule.object_first && positional.size() > at + 1 &&
        (IsMap(positional[at]) ||
         !AnyLiteral(flattener_.Flatten(positional[at]))) &&
        AnyLiteral(flattener_.Flatten(positional[at + 1]))) {
      ++at;
    } else if (rule.object_first && at < positional.size() &&
               IsMap(positional[at])) {
      return std::nullopt;
    }
    return at < positional.size() ? std::optional(at) : std::nullopt;
  }

  // Fields before the message: pino's object, tracing's `user_id`.
  void TakeBefore(const LogUse& use, std::size_t at,
                  std::vector<Hole>* fields) const {
    const CallRule& rule = *use.rule->rule;
    if (!rule.message_is_first_string && !rule.object_first) return;
    const bool tokens = !ts_node_is_null(use.parts.arguments) &&
                        syntax_.RoleOf(use.parts.arguments) == Role::kTokens;
    std::size_t first = use.level == "argument" ? rule.level_argument : 0;
    for (std::size_t i = first; i < at; ++i) {
      const Argument& argument = use.arguments.positional[i];
      if (IsMap(argument)) {
        AddPairs(argument.node(), fields);
      } else if (tokens) {
        AddField(argument.text, argument.text, fields);
      } else if (rule.object_first) {
        AddField("err", argument.text, fields);
      }
    }
  }

  Message MessageOf(const LogUse& use) const {
    Message message;
    const CallRule& rule = *use.rule->rule;
    std::vector<Argument> rest;
    TakeChain(use, &message, &rest);
    const auto at = MessageAt(use);
    const auto& positional = use.arguments.positional;
    if (at) {
      TakeBefore(use, *at, &message.fields);
      message.argument = &positional[*at];
      message.node = positional[*at].node();
      message.variants = flattener_.Flatten(positional[*at]);
      rest.insert(rest.end(),
                  positional.begin() + static_cast<std::ptrdiff_t>(*at) + 1,
                  positional.end());
    } else if (message.variants.empty()) {
      TakeNamedMessage(use, &message);
      TakeBefore(use, positional.size(), &message.fields);
    }
    const bool captured =
        ParsePlaceholderStyle(rule.placeholders) == PlaceholderStyle::kCaptured;
    TakePairs(use, &rest, &message.fields);
    if (!captured || rule.pairs == "keywords") {
      TakeKeywords(use, &message.fields);
    }
    message.spread = std::any_of(rest.begin(), rest.end(),
                                 [](const Argument& a) { return a.spread; });
    FillPlaceholders(use, std::move(rest), &message);
    return message;
  }

  void TakeNamedMessage(const LogUse& use, Message* message) const {
    for (const Argument& named : use.arguments.named) {
      if (!syntax_.message_keys.count(named.name)) continue;
      message->node = named.node();
      message->variants = flattener_.Flatten(named);
    }
    // log({level: "info", message: "..."})
    const auto& positional = use.arguments.positional;
    if (message->variants.empty() && positional.size() == 1 &&
        IsMap(positional[0])) {
      const TSNode text =
          flattener_.ValueAt(positional[0].node(), syntax_.message_keys);
      if (!ts_node_is_null(text)) {
        message->node = text;
        message->variants = flattener_.Flatten(text);
      }
      if (use.level == "argument") {
        AddPairs(positional[0].node(), &message->fields);
      }
    }
    if (message->variants.empty() && !ts_node_is_null(use.parts.block)) {
      message->node = use.parts.block;
      message->variants = flattener_.Flatten(use.parts.block);
    }
  }

  void FillPlaceholders(const LogUse& use, std::vector<Argument> rest,
                        Message* message) const {
    const CallRule& rule = *use.rule->rule;
    const PlaceholderStyle style = ParsePlaceholderStyle(rule.placeholders);
    CallArguments given;
    given.positional = rest;
    FormatArguments fill = flattener_.Fill(given, 0, style);
    if (style == PlaceholderStyle::kCaptured ||
        style == PlaceholderStyle::kBrace) {
      for (const Argument& named : use.arguments.named) {
        fill.named.emplace_back(named.name, Text(named.text));
      }
    }
    const bool formats = !fill.empty() || style == PlaceholderStyle::kCaptured;
    for (Pieces& pieces : message->variants) {
      std::size_t unused = 0;
      if (formats) pieces = Format(style, pieces, fill, &unused);
      if (formats && pieces.size() == 1 && rest.size() == 1 &&
          !HasLiteral(pieces)) {
        // "{}" of a text: the text is the message.
        const Variants text = flattener_.Flatten(rest[0]);
        if (text.size() == 1 && HasLiteral(text[0])) pieces = text[0];
      }
      if (!rule.rest.empty()) AddRest(rule, rest, unused, &pieces);
    }
  }

  // Arguments that no placeholder took, as print() and console.log() join them.
  void AddRest(const CallRule& rule, const std::vector<Argument>& rest,
               std::size_t first, Pieces* pieces) const {
    for (std::size_t i = first; i < rest.size(); ++i) {
      if (rule.rest == "space") pieces->push_back(LiteralPiece(" "));
      const Variants value = flattener_.Flatten(rest[i]);
      pieces->insert(pieces->end(), value[0].begin(), value[0].end());
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
      if (at < positional.size() && IsMap(positional[at])) {
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
    const Message message = MessageOf(use);
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

  std::optional<std::uint32_t> ParameterOf(int function,
                                           std::string_view name) const {
    if (function == kNoScope) return std::nullopt;
    const auto& parameters = facts_.scope(function).parameters;
    const auto at = std::find(parameters.begin(), parameters.end(), name);
    if (at == parameters.end() || name.empty()) return std::nullopt;
    return static_cast<std::uint32_t>(at - parameters.begin());
  }

  // The site that was added last, where it prints what its function is given.
  void NoteWrapper(const LogUse& use, const Message& message) {
    CallSite& site = notes_.sites.back();
    const std::uint32_t at = ts_node_start_byte(use.parts.call);
    const int function = facts_.FunctionOf(facts_.ScopeAt(at));
    if (function == kNoScope || facts_.scope(function).parameters.empty()) {
      return;
    }
    // What stands around the parameter may be "[tag] ", but no words: these say
    // that the parameter is no message, but a value.
    for (const std::string& literal : site.message.literals) {
      if (in_macro_) break;
      if (std::any_of(literal.begin(), literal.end(), IsWordByte)) return;
    }
    WrapperNote note;
    std::string_view name;
    bool spread = message.spread;
    for (std::size_t i = 0; i < site.message.holes.size(); ++i) {
      name = site.message.holes[i].argument;
      note.hole = static_cast<std::uint32_t>(i);
      if (const Argument* format = FormatIn(message.node, &note.rest)) {
        name = format->text;
        spread = false;
      }
      const auto parameter = ParameterOf(function, name);
      if (!parameter || !site.message.holes[i].conversion.empty()) continue;
      note.parameter = *parameter;
      note.parameter_name = name;
      note.function = facts_.scope(function).name;
      note.class_name = facts_.ClassName(function);
      note.site = static_cast<std::uint32_t>(notes_.sites.size() - 1);
      if (note.rest.empty() && (spread || PassesRest(use, function))) {
        note.rest = use.rule->rule->placeholders;
      }
      if (use.level == "argument") NoteLevel(use, function, &note);
      if (in_macro_ && note.rest.empty()) {
        note.rest = use.rule->rule->placeholders;
      }
      note.prints_caller = in_macro_ || PrintsCaller(use);
      site.flags.push_back("wrapper");
      notes_.wrappers.push_back(note);
      return;
    }
  }

  // log.info(format, args), where `args` is a parameter, too.
  bool PassesRest(const LogUse& use, int function) const {
    const auto& positional = use.arguments.positional;
    if (positional.size() < 2) return false;
    const std::string_view last = positional.back().text;
    const auto type = facts_.types().find(last);
    const auto& lists = syntax_.language().rest_types;
    return ParameterOf(function, last).has_value() ||
           (type != facts_.types().end() &&
            std::find(lists.begin(), lists.end(), type->second) != lists.end());
  }

  void NoteLevel(const LogUse& use, int function, WrapperNote* note) const {
    const std::size_t at = use.rule->rule->level_argument - 1;
    if (at >= use.arguments.positional.size()) return;
    const auto level = ParameterOf(function, use.arguments.positional[at].text);
    if (level) note->level_parameter = static_cast<std::int32_t>(*level);
  }

  // The format of Sprintf(format, args) as message; its style goes to `rest`.
  const Argument* FormatIn(TSNode node, std::string* rest) const {
    const CallParts parts = PartsOf(syntax_, node, facts_.text());
    if (!parts.valid()) return nullptr;
    const std::string_view style = flattener_.FormatterOf(parts);
    if (style.empty()) return nullptr;
    format_arguments_ = flattener_.Split(parts.arguments);
    if (format_arguments_.positional.size() < 2) return nullptr;
    *rest = style;
    return &format_arguments_.positional[0];
  }

  bool PrintsCaller(const LogUse& use) const {
    const auto& marks = syntax_.language().caller_marks;
    const std::string_view text = facts_.TextOf(use.parts.call);
    return std::any_of(marks.begin(), marks.end(), [&](const std::string& m) {
      return text.find(m) != std::string_view::npos;
    });
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
  FileNotes notes_;
  std::set<std::uint32_t> sinks_;  // where calls begin that a stream goes into
  mutable CallArguments format_arguments_;  // that FormatIn() points into
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

void NumberSites(const std::string& module, const std::string& prefix,
                 std::vector<CallSite>* sites) {
  std::map<std::string, int> ordinals;
  for (CallSite& site : *sites) {
    IdHash key;
    key.Add(module);
    key.Add(site.class_name);
    key.Add(site.function);
    key.Add(site.message.Text());
    const int ordinal = ordinals[key.Hex()]++;
    key.Add(std::to_string(ordinal));
    site.id = prefix + ":" + key.Hex();
  }
}

}  // namespace logspill
