#include "scanner/callsite/message_reader.h"

#include <algorithm>
#include <utility>

#include "scanner/callsite/placeholder.h"

namespace logspill {

void MessageReader::AddField(std::string_view key, std::string_view value,
                             std::vector<Hole>* fields) const {
  Hole hole;
  hole.argument = OneLine(value);
  hole.key = OneLine(BareKey(key));
  fields->push_back(std::move(hole));
}

void MessageReader::AddPairs(TSNode node, std::vector<Hole>* fields) const {
  const FormatArguments pairs = flattener_.PairsOf(Bare(node));
  for (const auto& [key, value] : pairs.named) AddField(key, value, fields);
  if (!pairs.mapping.empty()) AddField("", pairs.mapping, fields);
}

// Without what gives the same value: `{user} as object`.
TSNode MessageReader::Bare(TSNode node) const {
  while (!ts_node_is_null(node) && (syntax_.RoleOf(node) == Role::kPass ||
                                    syntax_.RoleOf(node) == Role::kGroup)) {
    const std::vector<TSNode> inner = CodeChildren(syntax_, node);
    if (inner.empty()) break;
    node = inner[0];
  }
  return node;
}

bool MessageReader::AddMadeField(const Argument& argument,
                                 std::vector<Hole>* fields) const {
  const CallParts parts = PartsOf(syntax_, argument.node(), facts_.text());
  if (!parts.valid()) return false;
  const auto& makers = syntax_.language().field_makers;
  const bool made = std::any_of(
      makers.begin(), makers.end(),
      [&](const std::string& maker) { return GlobMatch(maker, parts.callee); });
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

void MessageReader::AddAlternating(const std::vector<Argument>& arguments,
                                   std::size_t first,
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

bool MessageReader::IsMap(const Argument& argument) const {
  const TSNode node = Bare(argument.node());
  return !ts_node_is_null(node) && syntax_.RoleOf(node) == Role::kMap;
}

void MessageReader::TakePairs(const LogUse& use, std::vector<Argument>* rest,
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
    // fmt::arg("name", value) fills a placeholder.
    if (use.rule->rule->placeholders == "brace") return false;
    // What fills a placeholder is printed there as well.
    return AddMadeField(argument, fields) &&
           use.rule->rule->placeholders == "none";
  });
}

void MessageReader::TakeKeywords(const LogUse& use,
                                 std::vector<Hole>* fields) const {
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

void MessageReader::TakeChain(const LogUse& use, Message* message,
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

void MessageReader::TakeLinkPairs(const CallArguments& given,
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

std::optional<std::size_t> MessageReader::MessageAt(const LogUse& use) const {
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

void MessageReader::TakeBefore(const LogUse& use, std::size_t at,
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

Message MessageReader::MessageOf(const LogUse& use) const {
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

void MessageReader::TakeNamedMessage(const LogUse& use,
                                     Message* message) const {
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
      std::erase_if(message->fields, [&](const Hole& field) {
        return field.key == "level" || syntax_.message_keys.count(field.key);
      });
    }
  }
  if (message->variants.empty() && !ts_node_is_null(use.parts.block)) {
    message->node = use.parts.block;
    message->variants = flattener_.Flatten(use.parts.block);
  }
}

void MessageReader::FillPlaceholders(const LogUse& use,
                                     std::vector<Argument> rest,
                                     Message* message) const {
  const CallRule& rule = *use.rule->rule;
  const PlaceholderStyle style = ParsePlaceholderStyle(rule.placeholders);
  CallArguments given;
  given.positional = rest;
  FormatArguments fill = flattener_.Fill(given, 0, style);
  if (style == PlaceholderStyle::kCaptured ||
      style == PlaceholderStyle::kBrace) {
    for (const Argument& named : use.arguments.named) {
      fill.named.emplace_back(named.name, OneLine(named.text));
    }
  }
  const bool formats = !fill.empty() || style == PlaceholderStyle::kCaptured;
  for (Pieces& pieces : message->variants) {
    std::size_t unused = 0;
    if (formats) pieces = Format(style, pieces, fill, &unused);
    if (formats && pieces.size() == 1 && rest.size() == 1 &&
        !HasLiteral(pieces)) {
      // "{}" of a text: the text is the message.
      const Flattener::Variants text = flattener_.Flatten(rest[0]);
      if (text.size() == 1 && HasLiteral(text[0])) pieces = text[0];
    }
    if (!rule.rest.empty()) AddRest(use, rest, unused, &pieces);
  }
}

void MessageReader::AddRest(const LogUse& use,
                            const std::vector<Argument>& rest,
                            std::size_t first, Pieces* pieces) const {
  const CallRule& rule = *use.rule->rule;
  std::string between = rule.rest == "space" ? " " : "";
  const Argument* separator = use.arguments.Named(rule.separator_keyword);
  if (!rule.separator_keyword.empty() && separator) {
    between = flattener_.LiteralOf(separator->node());
  }
  for (std::size_t i = first; i < rest.size(); ++i) {
    if (!between.empty()) pieces->push_back(LiteralPiece(between));
    const Flattener::Variants value = flattener_.Flatten(rest[i]);
    pieces->insert(pieces->end(), value[0].begin(), value[0].end());
  }
}

}  // namespace logspill
