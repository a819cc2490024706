#include "scanner/callsite/route_notes.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

namespace logspill {
namespace {

constexpr int kMaxDepth = 1000;   // of the syntax tree
constexpr int kMaxPrefixes = 16;  // of one path, however names refer to names
constexpr std::size_t kMaxPathBytes = 1024;

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool IsWordByte(char c) {
  return IsLetter(c) || (c >= '0' && c <= '9') || c == '_';
}

// "GET" of "get"; empty where `word` is no HTTP method.
std::string VerbOf(std::string_view word) {
  static constexpr std::string_view kVerbs[] = {
      "GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"};
  if (word.size() > 7) return {};
  std::string upper;
  for (const char c : word) {
    upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  const bool known = std::find(std::begin(kVerbs), std::end(kVerbs), upper) !=
                     std::end(kVerbs);
  return known ? upper : std::string();
}

// The HTTP methods among the words of source text.
void AddVerbs(std::string_view text, std::set<std::string>* verbs) {
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && !IsWordByte(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && IsWordByte(text[at])) ++at;
    std::string verb = VerbOf(text.substr(begin, at - begin));
    if (!verb.empty()) verbs->insert(std::move(verb));
  }
}

// "user" of "users", "category" of "categories".
std::string Singular(std::string_view name) {
  const auto without = [&](std::size_t tail, std::string_view more) {
    return std::string(name.substr(0, name.size() - tail)) + std::string(more);
  };
  if (name.ends_with("ies")) return without(3, "y");
  for (const std::string_view plural : {"sses", "shes", "ches", "xes"}) {
    if (name.ends_with(plural)) return without(2, "");
  }
  if (name.ends_with('s') && !name.ends_with("ss")) return without(1, "");
  return std::string(name);
}

bool Holds(std::string_view text, const std::string& token) {
  return ::memmem(text.data(), text.size(), token.data(), token.size()) !=
         nullptr;
}

bool HoldsIn(const RouteRule& rule, std::string_view text) {
  return rule.imports.empty() ||
         std::any_of(
             rule.imports.begin(), rule.imports.end(),
             [&](const std::string& name) { return Holds(text, name); });
}

struct Found {
  TSNode node{};     // where the path stands
  std::string path;  // in the form of Route::path
  std::string method;
};

// What stands around a declaration.
struct Around {
  std::string prefix;
  std::string collection;  // without the parameter of the member
  bool in_call = false;    // inside one that nests
};

class RouteReader {
 public:
  RouteReader(const Syntax& syntax, const FileFacts& facts,
              const FilePlace& place, const Flattener& flattener)
      : syntax_(syntax), facts_(facts), place_(place), flattener_(flattener) {
    for (const RouteRule& rule : syntax.language().routes) {
      if (!HoldsIn(rule, facts.text())) continue;
      if (rule.what == "table" || rule.what == "pairs")
        tables_.push_back(&rule);
      has_mounts_ = has_mounts_ || rule.what == "mount";
      for (const auto& [name, verb] : rule.methods) {
        rules_[name].push_back(&rule);
      }
    }
  }

  std::vector<Route> Read() {
    if (rules_.empty() && tables_.empty()) return {};
    if (has_mounts_) FindMounts(facts_.root(), 0);
    Visit(facts_.root(), {}, 0);
    EmitAnnotated();
    return Take();
  }

 private:
  using Key = std::tuple<std::uint32_t, std::string, std::string>;

  // What annotations say of one function.
  struct Annotated {
    const RouteRule* rule = nullptr;
    std::uint32_t line = 0;
    std::vector<Found> paths;
    std::set<std::string> verbs;
  };

  bool IsCall(TSNode node) const {
    const Role role = syntax_.RoleOf(node);
    return role == Role::kCall || role == Role::kNew || role == Role::kMacro ||
           role == Role::kAnnotation;
  }

  CallParts Parts(TSNode node) const {
    if (syntax_.RoleOf(node) != Role::kAnnotation) {
      return PartsOf(syntax_, node, facts_.text());
    }
    CallParts parts;
    for (const TSNode child : CodeChildren(syntax_, node)) {
      // A call inside speaks for itself: @app.route(...).
      if (parts.method.empty() && IsCall(child)) return {};
      if (parts.method.empty()) {
        parts.method = LastName(facts_.TextOf(child));
        parts.callee = facts_.TextOf(child);
      } else {
        parts.arguments = child;
      }
    }
    if (!parts.method.empty()) parts.call = node;
    return parts;
  }

  template <typename Use>
  void ForEachChild(TSNode node, const Use& use) const {
    TSTreeCursor cursor = ts_tree_cursor_new(node);
    if (ts_tree_cursor_goto_first_child(&cursor)) {
      do {
        use(ts_tree_cursor_current_node(&cursor));
      } while (ts_tree_cursor_goto_next_sibling(&cursor));
    }
    ts_tree_cursor_delete(&cursor);
  }

  // -- which rule ------------------------------------------------------------

  bool FitsReceiver(const RouteRule& rule, const CallParts& parts) const {
    if (rule.annotation && syntax_.RoleOf(parts.call) == Role::kAnnotation) {
      return true;
    }
    if (rule.decorator && !IsDecorator(parts.call)) return false;
    if (ts_node_is_null(parts.receiver)) return rule.bare;
    const std::string_view text = RootName(parts.receiver);
    return std::any_of(rule.receivers.begin(), rule.receivers.end(),
                       [&](const std::string& pattern) {
                         return GlobMatch(pattern, text) ||
                                GlobMatch(pattern, LastName(text));
                       });
  }

  bool IsDecorator(TSNode call) const {
    const TSNode above = ts_node_parent(call);
    return !ts_node_is_null(above) &&
           syntax_.RoleOf(above) == Role::kAnnotation;
  }

  // "app" of app.route(...).get(...), "Router" of Router::new().route(...).
  std::string_view RootName(TSNode node) const {
    while (IsCall(node)) {
      const CallParts parts = Parts(node);
      if (!parts.valid()) break;
      if (ts_node_is_null(parts.receiver)) return parts.method;
      node = parts.receiver;
    }
    return facts_.TextOf(node);
  }

  std::vector<const RouteRule*> RulesOf(const CallParts& parts) const {
    std::vector<const RouteRule*> fit;
    if (!parts.valid()) return fit;
    const auto found = rules_.find(LastName(parts.method));
    if (found == rules_.end()) return fit;
    for (const RouteRule* rule : found->second) {
      if (FitsReceiver(*rule, parts)) fit.push_back(rule);
    }
    return fit;
  }

  std::string VerbOfRule(const RouteRule& rule, const CallParts& parts) const {
    const std::string_view name = LastName(parts.method);
    for (const auto& [method, verb] : rule.methods) {
      if (method == name) return verb;
    }
    return {};
  }

  // -- paths -----------------------------------------------------------------

  std::optional<std::string> TextAt(TSNode node, const RouteRule& rule) const {
    const std::string_view source = facts_.TextOf(node);
    if (rule.relative && source.starts_with(':')) {
      return std::string(BareKey(source));
    }
    const auto variants = flattener_.Flatten(node);
    if (variants.empty()) return std::nullopt;
    std::string text;
    bool literal = false;
    for (const Piece& piece : variants[0]) {
      literal = literal || !piece.is_hole;
      text += piece.is_hole ? std::string(1, kUnknownText) : piece.text;
    }
    if (!literal || text.size() > kMaxPathBytes) return std::nullopt;
    if (text.find_first_of("\n\r\t") != std::string::npos) return std::nullopt;
    return text;
  }

  // Outside of brackets, where patterns stand.
  static bool HasBlank(std::string_view text) {
    int depth = 0;
    for (const char c : text) {
      depth += c == '{' || c == '(' || c == '<';
      depth -= c == '}' || c == ')' || c == '>';
      if (c == ' ' && depth <= 0) return true;
    }
    return false;
  }

  static bool IsPath(std::string_view text, const RouteRule& rule) {
    while (text.starts_with(kUnknownText)) text.remove_prefix(1);
    if (rule.relative) return !HasBlank(text);
    const std::size_t blank = text.find(' ');
    if (blank != std::string_view::npos &&
        !VerbOf(text.substr(0, blank)).empty()) {
      text.remove_prefix(blank + 1);
      return text.find('/') != std::string_view::npos;
    }
    return text.starts_with('/') && !HasBlank(text);
  }

  bool AddPath(TSNode node, const RouteRule& rule,
               std::vector<Found>* out) const {
    if (ts_node_is_null(node)) return false;
    if (syntax_.RoleOf(node) == Role::kList) {
      bool any = false;
      for (const TSNode child : CodeChildren(syntax_, node)) {
        any = AddPath(child, rule, out) || any;
      }
      return any;
    }
    const auto text = TextAt(node, rule);
    if (!text || !IsPath(*text, rule)) return false;
    AddText(*text, node, rule, out);
    return true;
  }

  // Of a keyword, or of a key of an object among the arguments; or null.
  TSNode ValueOf(std::string_view keyword, const CallArguments& given) const {
    if (const Argument* argument = given.Named(keyword)) {
      return argument->node();
    }
    for (const Argument& argument : given.positional) {
      const TSNode node = argument.node();
      if (ts_node_is_null(node) || syntax_.RoleOf(node) != Role::kMap) continue;
      const TSNode value = flattener_.ValueAt(node, {keyword});
      if (!ts_node_is_null(value)) return value;
    }
    return {};
  }

  static void AddText(std::string_view text, TSNode node, const RouteRule& rule,
                      std::vector<Found>* out) {
    PathSpelling spelling;
    ReadSpelling(rule.parameters, &spelling);
    ReadPath read = NormalisePath(text, spelling);
    out->push_back({node, std::move(read.path), std::move(read.method)});
  }

  std::vector<Found> PathsOf(const RouteRule& rule, const CallParts& parts,
                             const CallArguments& given) const {
    std::vector<Found> paths;
    for (const std::string& keyword : rule.path_keywords) {
      AddPath(ValueOf(keyword, given), rule, &paths);
    }
    if (!paths.empty()) return paths;
    const std::size_t at = rule.path_argument;
    const bool all = rule.what == "resources";
    for (std::size_t i = 0; i < given.positional.size(); ++i) {
      const bool asked = rule.first_path ? paths.empty() : i + 1 == at;
      if (!asked && !all) continue;
      const bool last = i + 1 == given.positional.size();
      if (rule.handler && last) continue;
      AddPath(given.positional[i].node(), rule, &paths);
    }
    if (paths.empty() && rule.path_is_key && given.positional.empty() &&
        !given.named.empty()) {
      AddText(given.named[0].name, parts.call, rule, &paths);
    }
    return paths;
  }

  // -- prefixes --------------------------------------------------------------

  // Of what stands before the dot of a declaration.
  std::string ReceiverPrefix(TSNode node, int steps) const {
    if (ts_node_is_null(node) || steps > kMaxPrefixes) return {};
    switch (syntax_.RoleOf(node)) {
      case Role::kName:
        return NamePrefix(facts_.TextOf(node), ts_node_start_byte(node), steps);
      case Role::kMember:
        return NamePrefix(LastName(facts_.TextOf(node)),
                          ts_node_start_byte(node), steps);
      case Role::kPass:
      case Role::kGroup: {
        const auto inner = CodeChildren(syntax_, node);
        return inner.empty() ? "" : ReceiverPrefix(inner.back(), steps + 1);
      }
      case Role::kCall:
      case Role::kNew:
        return CallPrefix(node, steps);
      default:
        return {};
    }
  }

  // A chain: Router::new().route(...).route(...), r.PathPrefix("/x").Methods().
  std::string CallPrefix(TSNode node, int steps) const {
    std::string path;
    while (!ts_node_is_null(node) && IsCall(node)) {
      const CallParts parts = Parts(node);
      if (!parts.valid()) return path;
      for (const RouteRule* rule : RulesOf(parts)) {
        if (rule->what != "prefix") continue;
        const auto paths =
            PathsOf(*rule, parts, flattener_.Split(parts.arguments));
        if (!paths.empty()) path = JoinPaths(paths[0].path, path);
        break;
      }
      node = parts.receiver;
    }
    return JoinPaths(ReceiverPrefix(node, steps + 1), path);
  }

  std::string NamePrefix(std::string_view name, std::uint32_t at,
                         int steps) const {
    // A name that refers to itself.
    if (std::find(open_.begin(), open_.end(), name) != open_.end()) return {};
    open_.push_back(name);
    std::string made;
    for (const auto* definitions : {&facts_.names(), &facts_.members()}) {
      const auto found = definitions->find(name);
      if (found == definitions->end()) continue;
      const Definition* last = nullptr;
      for (const Definition& definition : found->second) {
        if (definition.at < at) last = &definition;
      }
      if (last && !last->opaque && !ts_node_is_null(last->value)) {
        made = ReceiverPrefix(last->value, steps + 1);
      }
    }
    open_.pop_back();
    const auto mounted = mounts_.find(name);
    return mounted == mounts_.end() ? made : JoinPaths(mounted->second, made);
  }

  // Of the function around, or of the name that is given the router, where that
  // is mounted in this file.  What is nested has it from the outermost call.
  std::string MountPrefix(TSNode call, const Around& around) const {
    if (around.in_call) return {};
    const std::uint32_t at = ts_node_start_byte(call);
    const int function = facts_.FunctionOf(facts_.ScopeAt(at));
    if (function != kNoScope) {
      const auto found = mounted_functions_.find(facts_.scope(function).name);
      if (found != mounted_functions_.end()) return found->second;
    }
    for (const auto& [name, prefix] : mounts_) {
      const auto found = facts_.names().find(name);
      if (found == facts_.names().end()) continue;
      for (const Definition& definition : found->second) {
        const TSNode value = definition.value;
        if (!ts_node_is_null(value) && ts_node_start_byte(value) <= at &&
            at < ts_node_end_byte(value)) {
          return prefix;
        }
      }
    }
    return {};
  }

  // app.use("/users", router): where names are mounted in this file.
  void FindMounts(TSNode node, int depth) {
    if (depth > kMaxDepth) return;
    if (IsCall(node)) {
      const CallParts parts = Parts(node);
      for (const RouteRule* rule : RulesOf(parts)) {
        if (rule->what == "mount") AddMount(*rule, parts);
      }
    }
    ForEachChild(node, [&](TSNode child) { FindMounts(child, depth + 1); });
  }

  void AddMount(const RouteRule& rule, const CallParts& parts) {
    const CallArguments given = flattener_.Split(parts.arguments);
    const auto paths = PathsOf(rule, parts, given);
    if (paths.empty()) return;
    const std::string prefix =
        JoinPaths(ReceiverPrefix(parts.receiver, 0), paths[0].path);
    for (const Argument& argument : given.positional) {
      const TSNode node = argument.node();
      if (ts_node_is_null(node)) continue;
      const Role role = syntax_.RoleOf(node);
      if (role == Role::kName || role == Role::kMember) {
        mounts_.emplace(LastName(argument.text), prefix);
      } else if (role == Role::kCall) {  // what a function of that name makes
        const CallParts made = PartsOf(syntax_, node, facts_.text());
        if (made.valid()) mounted_functions_.emplace(made.method, prefix);
      }
    }
  }

  // -- the walk --------------------------------------------------------------

  void Visit(TSNode node, const Around& around, int depth) {
    if (depth > kMaxDepth) return;
    const Role role = syntax_.RoleOf(node);
    if (role == Role::kMap || role == Role::kList) Table(node, around);
    if (!IsCall(node)) {
      ForEachChild(node,
                   [&](TSNode child) { Visit(child, around, depth + 1); });
      return;
    }
    const CallParts parts = Parts(node);
    Around inside = around;
    for (const RouteRule* rule : RulesOf(parts)) {
      if (Declare(*rule, parts, around, &inside)) break;
    }
    ForEachChild(node, [&](TSNode child) {
      const bool nested =
          ts_node_eq(child, parts.arguments) || ts_node_eq(child, parts.block);
      Visit(child, nested ? inside : around, depth + 1);
    });
  }

  // Whether the rule had something to say of the call.
  bool Declare(const RouteRule& rule, const CallParts& parts,
               const Around& around, Around* inside) {
    if (rule.what == "prefix" && !rule.annotation) return false;
    if (rule.what == "mount") return false;
    const CallArguments given = flattener_.Split(parts.arguments);
    if (rule.what == "collection") {
      inside->prefix = around.collection;
      return true;
    }
    if (rule.annotation) return Annotate(rule, parts, given);
    std::vector<Found> paths = PathsOf(rule, parts, given);
    const std::string before =
        JoinPaths(MountPrefix(parts.call, around),
                  JoinPaths(around.prefix, ReceiverPrefix(parts.receiver, 0)));
    if (rule.what == "nest" || Nests(rule, given)) {
      if (paths.empty() && Nests(rule, given)) return false;
      inside->prefix =
          paths.empty() ? before : JoinPaths(before, paths[0].path);
      inside->in_call = true;
      return true;
    }
    if (rule.what == "resources") {
      Resources(rule, parts, given, paths, before, inside);
      return !paths.empty();
    }
    std::set<std::string> verbs = VerbsOf(rule, parts, given);
    for (const Found& found : paths) Emit(rule, found, before, verbs);
    return !paths.empty();
  }

  bool Nests(const RouteRule& rule, const CallArguments& given) const {
    if (rule.nests.empty()) return false;
    for (const Argument& argument : given.positional) {
      const CallParts parts = PartsOf(syntax_, argument.node(), facts_.text());
      if (parts.valid() && std::find(rule.nests.begin(), rule.nests.end(),
                                     parts.method) != rule.nests.end()) {
        return true;
      }
    }
    return false;
  }

  void Resources(const RouteRule& rule, const CallParts& parts,
                 const CallArguments& given, const std::vector<Found>& paths,
                 const std::string& before, Around* inside) {
    std::set<std::string> verbs = VerbsOf(rule, parts, given);
    for (const Found& found : paths) {
      Emit(rule, found, before, verbs);
      const std::string collection = JoinPaths(before, found.path);
      inside->collection = inside->prefix = collection;
      if (rule.member.empty()) continue;
      std::string name = "id";
      const std::string base = Singular(
          std::string_view(found.path).substr(found.path.rfind('/') + 1));
      if (const Argument* asked = given.Named(rule.member)) {
        name = BareKey(asked->text);
      }
      Found member = found;
      member.path += "/{" + name + "}";
      Emit(rule, member, before, verbs);
      inside->prefix += "/{" + base + "_" + name + "}";
    }
  }

  std::set<std::string> VerbsOf(const RouteRule& rule, const CallParts& parts,
                                const CallArguments& given) const {
    std::set<std::string> verbs;
    if (std::string verb = VerbOfRule(rule, parts); !verb.empty()) {
      verbs.insert(std::move(verb));
    }
    const std::size_t at = rule.verb_argument;
    if (at > 0 && at <= given.positional.size()) {
      AddVerbs(given.positional[at - 1].text, &verbs);
    }
    for (const std::string& keyword : rule.verb_keywords) {
      AddVerbs(facts_.TextOf(ValueOf(keyword, given)), &verbs);
    }
    if (!rule.verb_links.empty()) AddLinks(rule, parts.call, &verbs);
    return verbs;
  }

  // r.HandleFunc(...).Methods("GET"), app.route("/x").get(...).put(...).
  void AddLinks(const RouteRule& rule, TSNode node,
                std::set<std::string>* verbs) const {
    for (int i = 0; i < kMaxPrefixes; ++i) {
      TSNode above = ts_node_parent(node);
      if (ts_node_is_null(above)) return;
      if (syntax_.RoleOf(above) == Role::kMember) above = ts_node_parent(above);
      const CallParts link = PartsOf(syntax_, above, facts_.text());
      if (!link.valid() || ts_node_is_null(link.receiver) ||
          !ts_node_eq(link.receiver, node)) {
        return;
      }
      const std::string verb = VerbOf(link.method);
      for (const std::string& name : rule.verb_links) {
        if (name == "*" && !verb.empty()) verbs->insert(verb);
        if (name == link.method) {
          AddVerbs(facts_.TextOf(link.arguments), verbs);
        }
      }
      node = above;
    }
  }

  // -- maps from paths to handlers -------------------------------------------

  // Whether `node` is a map whose keys are HTTP methods.
  bool VerbMap(TSNode node, std::set<std::string>* verbs) const {
    if (ts_node_is_null(node) || syntax_.RoleOf(node) != Role::kMap) {
      return false;
    }
    for (const TSNode pair : CodeChildren(syntax_, node)) {
      if (syntax_.RoleOf(pair) != Role::kPair) return false;
      const TSNode key = syntax_.Get(pair, FieldName::kKey);
      const std::string verb = VerbOf(BareKey(facts_.TextOf(key)));
      if (verb.empty()) return false;
      verbs->insert(verb);
    }
    return !verbs->empty();
  }

  void Table(TSNode node, const Around& around) {
    for (const RouteRule* rule : tables_) {
      const bool map = syntax_.RoleOf(node) == Role::kMap;
      if (map != (rule->what == "table")) continue;
      const std::vector<TSNode> children = CodeChildren(syntax_, node);
      if (map) {
        for (const TSNode pair : children) {
          if (syntax_.RoleOf(pair) != Role::kPair) continue;
          Row(*rule, syntax_.Get(pair, FieldName::kKey),
              syntax_.Get(pair, FieldName::kValue), around);
        }
      } else if (children.size() >= 2) {
        Row(*rule, children[0], children[1], around);
      }
    }
  }

  void Row(const RouteRule& rule, TSNode key, TSNode value,
           const Around& around) {
    std::set<std::string> verbs;
    if (ts_node_is_null(key) || !VerbMap(value, &verbs)) return;
    std::vector<Found> paths;
    if (!AddPath(key, rule, &paths)) return;
    for (const Found& found : paths) Emit(rule, found, around.prefix, verbs);
  }

  // -- annotations -----------------------------------------------------------

  // The class or function that an annotation belongs to: the one that holds it
  // before its name, else the next.
  int TargetOf(TSNode node) const {
    const std::uint32_t at = ts_node_start_byte(node);
    const int holder = facts_.ScopeAt(at);
    if (holder != kNoScope) {
      const std::string_view name = facts_.scope(holder).name;
      if (!name.empty() && name.data() > facts_.text().data() + at) {
        return holder;
      }
    }
    const auto& scopes = facts_.scopes();
    for (std::size_t i = 0; i < scopes.size(); ++i) {
      if (scopes[i].begin >= ts_node_end_byte(node)) return static_cast<int>(i);
    }
    return kNoScope;
  }

  bool Annotate(const RouteRule& rule, const CallParts& parts,
                const CallArguments& given) {
    const int target = TargetOf(parts.call);
    if (target == kNoScope) return false;
    std::vector<Found> paths = PathsOf(rule, parts, given);
    if (facts_.scope(target).is_class) {
      if (rule.what == "mark") return false;
      if (!paths.empty()) classes_[target] = paths[0].path;
      return true;
    }
    if (rule.what == "prefix") return false;
    Annotated& all = annotated_[target];
    if (!all.rule || rule.what == "route") {
      all.rule = &rule;
      all.line = LineOf(parts.call);
    }
    all.verbs.merge(VerbsOf(rule, parts, given));
    if (rule.what == "mark") return false;  // others may say where it is
    if (paths.empty()) paths.push_back({parts.call, "/", {}});
    for (Found& found : paths) all.paths.push_back(std::move(found));
    return true;
  }

  void EmitAnnotated() {
    for (auto& [scope, all] : annotated_) {
      const int owner = facts_.ClassOf(scope);
      const auto found = classes_.find(owner);
      const std::string prefix = found == classes_.end() ? "" : found->second;
      // A mark alone names no path, unless the class does.
      if (all.paths.empty() && prefix.empty()) continue;
      if (all.paths.empty()) {
        Add(*all.rule, all.line, prefix, all.verbs);
        continue;
      }
      for (const Found& path : all.paths) {
        Emit(*all.rule, path, prefix, all.verbs);
      }
    }
  }

  // -- what is found ---------------------------------------------------------

  static std::uint32_t LineOf(TSNode node) {
    return ts_node_start_point(node).row + 1;
  }

  void Emit(const RouteRule& rule, const Found& found,
            const std::string& before, std::set<std::string> verbs) {
    if (!found.method.empty()) verbs.insert(found.method);
    Add(rule, LineOf(found.node), JoinPaths(before, found.path), verbs);
  }

  void Add(const RouteRule& rule, std::uint32_t line, const std::string& path,
           const std::set<std::string>& verbs) {
    Route& route = routes_[{line, path, rule.framework}];
    std::set<std::string> all(route.methods.begin(), route.methods.end());
    all.insert(verbs.begin(), verbs.end());
    route = {syntax_.language().name,
             rule.framework,
             place_.root,
             place_.file,
             line,
             path,
             std::vector<std::string>(all.begin(), all.end())};
  }

  std::vector<Route> Take() {
    std::vector<Route> all;
    for (auto& [key, route] : routes_) all.push_back(std::move(route));
    return all;
  }

  const Syntax& syntax_;
  const FileFacts& facts_;
  const FilePlace& place_;
  const Flattener& flattener_;
  std::map<std::string_view, std::vector<const RouteRule*>> rules_;
  std::vector<const RouteRule*> tables_;
  bool has_mounts_ = false;  // one of the rules is of mounts
  std::map<std::string_view, std::string> mounts_;
  std::map<std::string_view, std::string> mounted_functions_;
  mutable std::vector<std::string_view> open_;  // names being followed
  std::map<int, std::string> classes_;          // prefix of each class
  std::map<int, Annotated> annotated_;          // by function
  std::map<Key, Route> routes_;
};

}  // namespace

std::vector<std::string> RouteTokens(const Language& language) {
  std::set<std::string> all;
  for (const RouteRule& rule : language.routes) {
    all.insert(rule.imports.begin(), rule.imports.end());
  }
  // What holds a token need not be looked for.
  std::vector<std::string> tokens;
  for (const std::string& token : all) {
    const bool held =
        std::any_of(all.begin(), all.end(), [&](const std::string& other) {
          return other != token && Holds(token, other);
        });
    if (!held) tokens.push_back(token);
  }
  return tokens;
}

std::vector<Route> FindRoutes(const Syntax& syntax, const FileFacts& facts,
                              const FilePlace& place,
                              const Flattener& flattener) {
  return RouteReader(syntax, facts, place, flattener).Read();
}

std::vector<Route> RoutesOf(const Syntax& syntax, const FileFacts& facts,
                            const FilePlace& place,
                            const NotesRequest& request) {
  const Flattener flattener(syntax, facts, &request.known);
  return FindRoutes(syntax, facts, place, flattener);
}

}  // namespace logspill
