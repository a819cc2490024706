#include "scanner/callsite/lazy_syntax.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace logspill {
namespace {

class Fingerprinter {
 public:
  void Add(const std::string& text) { out_ += text + '\0'; }
  void Add(std::uint64_t number) { Add(std::to_string(number)); }
  void Add(const std::vector<std::string>& list) {
    for (const std::string& text : list) Add(text);
    Add("|");
  }
  void Add(const StringTable& table) {
    for (const auto& [key, value] : table) Add(key), Add(value);
    Add("|");
  }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace

std::string LazySyntax::Fingerprint(const Language& l) {
  Fingerprinter f;
  for (const CallRule& c : l.calls) {
    f.Add(c.framework), f.Add(c.prints), f.Add(c.bare), f.Add(c.imports),
        f.Add(c.anywhere);
    f.Add(c.receivers), f.Add(c.types), f.Add(c.factories), f.Add(c.methods);
    f.Add(c.level_argument), f.Add(c.message_argument);
    f.Add(c.message_is_first_string), f.Add(c.message_is_last);
    f.Add(c.required_argument), f.Add(c.required), f.Add(c.required_keyword);
    f.Add(c.placeholders), f.Add(c.rest), f.Add(c.separator_keyword),
        f.Add(c.pairs), f.Add(c.object_first);
    f.Add(c.pair_keywords), f.Add(c.reserved), f.Add(c.chain), f.Add(c.stream);
    f.Add(c.manipulators);
  }
  for (const RouteRule& r : l.routes) {
    f.Add(r.what), f.Add(r.framework), f.Add(r.imports), f.Add(r.receivers);
    f.Add(r.bare), f.Add(r.methods), f.Add(r.annotation);
    f.Add(r.decorator), f.Add(r.first_path), f.Add(r.handler);
    f.Add(r.path_argument), f.Add(r.path_keywords), f.Add(r.path_is_key);
    f.Add(r.relative), f.Add(r.parameters), f.Add(r.verb_argument);
    f.Add(r.verb_keywords), f.Add(r.verb_links), f.Add(r.nests);
    f.Add(r.member);
  }
  for (const StringTable* table :
       {&l.level_words, &l.formatters, &l.joiners, &l.text_macros, &l.nodes,
        &l.fields, &l.shapers, &l.caller_marks}) {
    f.Add(*table);
  }
  for (const auto* list :
       {&l.transparent, &l.builders, &l.appenders, &l.builder_texts,
        &l.field_makers, &l.message_keys, &l.raw_prefixes, &l.bytes_prefixes,
        &l.doubled_prefixes, &l.quoted_openings, &l.block_openings,
        &l.module_names, &l.class_names, &l.class_marks, &l.root_loggers,
        &l.module_indexes, &l.self_names, &l.rest_types,
        &l.verbatim_prefixes}) {
    f.Add(*list);
  }
  for (const auto* text : {&l.grammar, &l.unknown_escape, &l.line_join,
                           &l.class_suffix, &l.module_package, &l.module_source,
                           &l.unnamed_logger, &l.module_separator}) {
    f.Add(*text);
  }
  f.Add(l.module_is_logger);
  f.Add(l.folder_is_module);
  return f.Take();
}

}  // namespace logspill
