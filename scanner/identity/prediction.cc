#include "scanner/identity/prediction.h"

#include <algorithm>

namespace logspill {
namespace {

constexpr std::size_t kMostBytes = 200;

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWord(char c) {
  return IsLower(c) || IsUpper(c) || IsDigit(c) || c == '_';
}

// The words of a name in lower case: "X-User-Id" and "userId" have two and
// more.
std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t i = 0; i <= name.size(); ++i) {
    const bool end = i == name.size() || !IsWord(name[i]) || name[i] == '_';
    const bool turn = !end && i > 0 && IsUpper(name[i]) && IsLower(name[i - 1]);
    if ((end || turn) && !word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
    if (end) continue;
    word += IsUpper(name[i]) ? static_cast<char>(name[i] + 32) : name[i];
  }
  return words;
}

bool Contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// What stands before the bracket of the outermost call, where the expression is
// one call: "len" of "len(x)", "m.size" of "m.size()".
std::string_view OutermostCallee(std::string_view expression) {
  if (!expression.ends_with(')')) return {};
  int depth = 0;
  for (std::size_t i = expression.size(); i > 0; --i) {
    depth += expression[i - 1] == ')';
    depth -= expression[i - 1] == '(';
    if (depth == 0) return expression.substr(0, i - 1);
  }
  return {};
}

std::string_view LastPart(std::string_view path) {
  std::size_t begin = path.size();
  while (begin > 0 && IsWord(path[begin - 1])) --begin;
  return path.substr(begin);
}

// The name that says most: the key in brackets, the last attribute, the callee.
std::string_view TellingName(std::string_view expression) {
  const std::string_view callee = OutermostCallee(expression);
  if (!callee.empty()) {
    // str(x), String.valueOf(x): what is inside says it.
    const std::string_view last = LastPart(callee);
    std::string_view inner = expression.substr(callee.size() + 1);
    inner.remove_suffix(1);
    static constexpr std::string_view kPassOn[] = {
        "str",    "repr",    "valueOf",   "toString", "String",
        "to_s",   "inspect", "stringify", "dumps",    "get",
        "getenv", "unicode", "to_string", "clone",    "encode",
        "decode", "lower",   "upper",     "strip"};
    const bool passes = std::find(std::begin(kPassOn), std::end(kPassOn),
                                  last) != std::end(kPassOn);
    if (passes && !inner.empty()) return TellingName(inner);
    if (passes) {
      return TellingName(callee.substr(
          0, callee.size() - std::min(callee.size(), last.size() + 1)));
    }
    return callee;
  }
  if (expression.ends_with(']')) {
    const std::size_t open = expression.rfind('[');
    if (open != std::string_view::npos) {
      const std::string_view key =
          expression.substr(open + 1, expression.size() - open - 2);
      if (key.find_first_of("'\"") != std::string_view::npos) return key;
    }
  }
  return expression;
}

}  // namespace

bool Predictor::IsBarrier(std::string_view expression) const {
  const std::string_view callee = OutermostCallee(expression);
  if (!callee.empty()) return Contains(words_.barriers, LastPart(callee));
  // items.length
  const std::size_t dot = expression.rfind('.');
  if (dot == std::string_view::npos) return false;
  return Contains(words_.barriers, expression.substr(dot));
}

const PredictionWords::Kind* Predictor::KindOf(std::string_view name) const {
  const std::vector<std::string> words = WordsOf(name);
  // The last word says what the value is: email_id is an id.
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    for (const PredictionWords::Kind& kind : words_.kinds) {
      if (Contains(kind.words, *word)) return &kind;
    }
  }
  return nullptr;
}

Predicted Predictor::FromName(std::string_view name) const {
  const std::string_view telling = TellingName(name);
  const SubjectTable& subjects = classifier_.subjects();
  SubjectId subject = classifier_.FromArgument(telling).subject;
  if (subject == kNoSubject) subject = classifier_.FromArgument(name).subject;
  const std::string_view last = LastPart(telling);
  const PredictionWords::Kind* kind = KindOf(last.empty() ? telling : last);
  const Subject& whose = subjects.at(subject);
  if (kind && !kind->by_subject) {
    const bool person = subject != kNoSubject && !whose.operational;
    return {
        kind->name == "email" && person ? whose.name + "_email" : kind->name,
        kind->severity};
  }
  if (subject == kNoSubject) {
    if (kind == nullptr || kind->name != "uuid") return {};
    return {"uuid", kind->severity};
  }
  // The name of an operation alone says nothing of an id: e.message.
  if (!kind && whose.operational) return {};
  if (!whose.class_name.empty()) return {whose.class_name, whose.severity};
  return {whose.name + "_" + (kind ? kind->name : "id"), whose.severity};
}

Predicted Predictor::Predict(const PrintedExpression& printed) const {
  const std::string_view argument = printed.argument.substr(0, kMostBytes);
  if (IsBarrier(argument)) return {};
  std::string_view origin = printed.origin.substr(0, kMostBytes);
  if (IsBarrier(origin)) origin = {};
  for (const std::string_view name :
       {printed.key, argument, origin, printed.type}) {
    if (name.empty()) continue;
    Predicted found = FromName(name);
    if (!found.class_name.empty()) return found;
  }
  return {};
}

}  // namespace logspill
