// Route templates that source code declares: "/users/{id}", with what each
// parameter is called.
//
// Lifetime:  plain data.
// Threads:   const after extraction.
// Source:    the source pass (source_pass.h): declarations in code, by the
//            rules of patterns/routes, and OpenAPI files (openapi.h).

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logspill {

struct Route {
  std::string language;   // "python"; "openapi"
  std::string framework;  // "flask"
  std::string root;       // the source folder as given
  std::string file;       // relative to root
  std::uint32_t line = 0;
  // "/users/{user_id}/files/{path...}": begins with a slash; `...` marks a
  // parameter that takes all that is left; `{}` has no name.
  std::string path;
  std::vector<std::string>
      methods{};  // "GET"; sorted; empty: any, or not known

  friend bool operator==(const Route&, const Route&) = default;
};

// The names of a path's parameters, from left to right.
std::vector<std::string> ParametersOf(std::string_view path);

// How a framework spells the parameters of a path.
struct PathSpelling {
  bool braces = false;   // {id} {id:regex} {id:int} {id...} {*path}
  bool angles = false;   // <id> <int:id> <path:rest>
  bool colons = false;   // :id  *path
  bool regex = false;    // (?P<id>[0-9]+)
  bool options = false;  // (.:format) may be left out, and is
};

// "braces colons" -> its parts; false where a word is none.
bool ReadSpelling(std::string_view words, PathSpelling* spelling);

// What stands for text that the source does not say, in a path as it was read.
inline constexpr char kUnknownText = '\x01';

// Brings a path to the form of Route::path.  "GET /users" is taken apart, what
// stands before the first slash of a host is dropped.
struct ReadPath {
  std::string path;
  std::string method;  // "GET" of "GET /users"; or empty
};
ReadPath NormalisePath(std::string_view text, const PathSpelling& spelling);

// "/api" + "/users/" -> "/api/users".  Both are in the form of Route::path.
std::string JoinPaths(std::string_view prefix, std::string_view path);

// One convention of declaring routes: what [[route]] says (patterns/routes).
struct RouteRule {
  // What a call, or an annotation, does: `route` declares one; `prefix` gives
  // what is called on its value a path; `nest` gives one to what stands in its
  // arguments or its block; `mount` gives one to a name among its arguments;
  // `resources` declares a collection and its members, and nests; `collection`
  // nests without the member's parameter; `mark` names the HTTP method of what
  // it annotates.  `table` and `pairs` are no calls: a map, or lists of two,
  // from paths to maps of HTTP methods.
  std::string what;
  std::string framework;
  // A file has one of them, else the rule does not hold there.
  std::vector<std::string> imports;
  std::vector<std::string> receivers;  // names before it; "*": any
  bool bare = false;                   // nothing stands before it
  // Name of the call or annotation -> HTTP method; "": another place says it,
  // or any.
  std::vector<std::pair<std::string, std::string>> methods;
  bool annotation = false;          // at a class: the prefix of what it holds
  bool decorator = false;           // a call that stands in one
  std::uint32_t path_argument = 0;  // 1-based; 0: keywords alone say it
  bool first_path = false;          // or the first that looks like one
  std::vector<std::string> path_keywords;
  bool handler = false;      // an argument follows the path
  bool path_is_key = false;  // get "/users" => "users#index"
  bool relative = false;     // paths need not begin with a slash
  std::string parameters;    // as ReadSpelling() takes them
  // Where HTTP methods are named: an argument, keywords, links behind the call.
  std::uint32_t verb_argument = 0;
  std::vector<std::string> verb_keywords;
  std::vector<std::string> verb_links;
  // A call among the arguments that makes the route a nest: include(...).
  std::vector<std::string> nests;
  std::string member;  // of resources: keyword that names the parameter
};

}  // namespace logspill
