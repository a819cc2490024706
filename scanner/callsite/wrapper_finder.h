// Whether a call that logs makes the function around it a wrapper: one whose
// parameter reaches the message, or whose caller is the printed place.
//
// Lifetime:  refers to the facts of one file.
// Threads:   not thread-safe.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "scanner/callsite/message_reader.h"
#include "scanner/callsite/notes.h"

namespace logspill {

class WrapperFinder {
 public:
  // `in_macro`: the facts are those of a macro's body.
  WrapperFinder(const Syntax& syntax, const FileFacts& facts,
                const Flattener& flattener, bool in_macro)
      : syntax_(syntax),
        facts_(facts),
        flattener_(flattener),
        in_macro_(in_macro) {}

  // The wrapper around `site`, which `use` and `message` gave; its index is not
  // set.  nullopt where the site prints nothing that its function is given, at its
  // own place.
  std::optional<WrapperNote> Find(const LogUse& use, const Message& message,
                                  const CallSite& site) const;

 private:
  std::optional<std::uint32_t> ParameterOf(int function,
                                           std::string_view name) const;
  // log.info(format, args), where `args` is a parameter, too.
  bool PassesRest(const LogUse& use, int function) const;
  void NoteLevel(const LogUse& use, int function, WrapperNote* note) const;
  // The format of Sprintf(format, args) as message; its style goes to `rest`.
  const Argument* FormatIn(TSNode node, std::string* rest) const;
  // How many callers up the printed place is, as the call says.
  std::uint32_t CallersUp(const LogUse& use) const;
  // The first hole that a parameter fills; false where none does.
  bool FindParameter(const LogUse& use, const Message& message,
                     const CallSite& site, int function,
                     WrapperNote* note) const;

  const Syntax& syntax_;
  const FileFacts& facts_;
  const Flattener& flattener_;
  bool in_macro_;
  mutable CallArguments format_arguments_;  // that FormatIn() points into
};

}  // namespace logspill
