// A language as data: what its grammar's nodes do, how it spells literals, and
// which calls log.
//
// The fields bear the names of the keys in patterns/languages/NAME.toml, which
// says what each means; `query` is NAME.scm beside it.
//
// Lifetime:  plain data; what is made of it refers to it.

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scanner/callsite/route.h"

namespace logspill {

using StringTable = std::vector<std::pair<std::string, std::string>>;

// One convention of log calls: what [[call]] says.
struct CallRule {
  std::string framework;
  bool prints = false;  // to an output stream: there is no logger
  // The rule holds in files with one of these texts; in others, too, where it
  // is `anywhere`, but behind all rules whose text is there.
  std::vector<std::string> imports;
  bool anywhere = false;

  // What stands before the method: names (the whole path or its last part; "*"
  // stands for any text).  Or what a name was declared as or assigned from.
  std::vector<std::string> receivers;
  std::vector<std::string> types;
  std::vector<std::string> factories;
  bool bare = false;  // without anything before the method

  // method -> level.  "argument": an argument says it.  "chain": a link of the
  // chain says it, else the call logs nothing.  "": none is known.
  StringTable methods;
  std::uint32_t level_argument = 1;  // 1-based
  // 1-based; 0: the first, or the one behind the level where that is an
  // argument.
  std::uint32_t message_argument = 0;
  bool message_is_first_string = false;  // what stands before are fields
  bool message_is_last = false;
  // The argument that must be one of `required`: fprintf(stderr, ...).
  std::uint32_t required_argument = 0;
  std::vector<std::string> required;
  std::string required_keyword;  // print(..., file=sys.stderr)

  std::string placeholders;  // of the message: see placeholder.h
  // What happens to arguments that no placeholder takes: "space" or "nothing"
  // between them; empty: they are not printed.
  std::string rest;
  std::string separator_keyword;  // that says otherwise: print(..., sep=", ")
  // Keys and values behind the message: "alternating", "fields", "keywords",
  // "object"; empty: none.
  std::string pairs;
  std::vector<std::string> pair_keywords;  // keywords with an object: "extra"
  bool object_first = false;  // an object or error may stand before the message
  std::vector<std::string> reserved;  // keywords that are no pairs

  // Links of a chain between the receiver and the method: "level:info",
  // "level", "message", "argument", "pair", "pairs", "error", "name", "skip".
  StringTable chain;
  // For `sink << a << b`: the methods are what stands leftmost.
  std::string stream;                     // the operator
  std::vector<std::string> manipulators;  // parts that print nothing
};

struct Language {
  using Table = StringTable;

  std::string name;     // "python"
  std::string grammar;  // empty: that of the name; or a shared object's path
  std::vector<std::string> extensions;  // ".py"; the first names ids
  // Extensions of another language, for files with one of the marks.
  std::vector<std::string> shared_extensions;
  std::vector<std::string> shared_marks;
  std::string query;  // text of the .scm
  // A file without any of these is not parsed.
  std::vector<std::string> tokens;

  std::vector<CallRule> calls;
  std::vector<RouteRule> routes;
  Table level_words;  // level given as a value: "WARN" -> "warning"

  std::vector<std::string> transparent;  // calls that pass text on: _, _LI
  // Calls that pass text on otherwise: dedent -> "margin", "strip", "squish".
  Table shapers;
  // Calls that give a formatted text -> placeholders.  ".format": the receiver
  // is the format.
  Table formatters;
  // Calls that join a list: ".join" -> "separator", "list" or "first".
  Table joiners;
  // Text builders: what makes one, adds to it and gives its text.
  std::vector<std::string> builders;
  std::vector<std::string> appenders;
  std::vector<std::string> builder_texts;
  // Calls that make a field of a key and a value; "zap.*".
  std::vector<std::string> field_makers;
  std::vector<std::string> message_keys;  // keyword arguments: "msg"
  Table text_macros;                      // names that stand for text: PRIu64

  Table nodes;   // node type -> what it does in an expression
  Table fields;  // what this engine calls a field -> the grammar's names
  // How string literals are spelled: the letters before their quotes, and what
  // they open with.
  std::string unknown_escape;  // "keep" or "drop" the backslash
  std::string line_join;       // behind an escaped newline: "trim" blanks
  std::vector<std::string> raw_prefixes;       // no escapes: "rb"
  std::vector<std::string> bytes_prefixes;     // \u is no escape: "b"
  std::vector<std::string> doubled_prefixes;   // braces are doubled: "f"
  std::vector<std::string> verbatim_prefixes;  // "" is a quote: "@"
  std::vector<std::string> quoted_openings;    // escapes only the quote: "'"
  std::vector<std::string> block_openings;     // without its margin: a triple "

  // Names of loggers: what makes one is in the rules.
  std::vector<std::string> module_names;  // arguments: the module
  std::vector<std::string> class_names;   // arguments: the class around
  std::string class_suffix;               // "Foo.class" is a class
  std::vector<std::string> class_marks;   // texts that give a class a logger
  std::vector<std::string> root_loggers;  // receivers
  // Where a factory is given no name: "root", "class", "module" or nothing.
  std::string unnamed_logger;
  bool module_is_logger = false;  // where nothing else is said
  bool folder_is_module = false;  // its files share their names
  // Modules: a folder with this file is a package, part of the path.
  std::string module_marker;
  // Or: this file names the package (name = "..."), whose modules are below
  // `module_source` beside it.
  std::string module_package;
  std::string module_source;
  std::string module_separator;
  std::vector<std::string> module_indexes;  // the package itself: "__init__"
  std::vector<std::string> self_names;      // "self", "this"

  // Wrappers: the text before the number of callers to go up for the printed
  // place -> the number of the call itself: "stacklevel=" -> "1".
  Table caller_marks;
  // Types of what holds the arguments behind a format: "va_list".
  std::vector<std::string> rest_types;
};

}  // namespace logspill
