// Languages made ready only where files of them come.

#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scanner/base/result.h"
#include "scanner/callsite/language.h"
#include "scanner/callsite/note_cache.h"
#include "scanner/callsite/route_notes.h"
#include "scanner/callsite/source_text.h"
#include "scanner/callsite/syntax.h"

namespace logspill {

// A language of which files may come, made ready when the first one does.
//
// Lifetime:  refers to the language.
// Threads:   safe; error() once no thread uses Get() any more.
class LazySyntax {
 public:
  explicit LazySyntax(const Language* language) : language_(language) {
    print_.Add(language->name);
    print_.Add(language->query);
    print_.Add(Fingerprint(*language));
    route_tokens_ = RouteTokens(*language);
  }

  const Language& language() const { return *language_; }
  // Whether the text may declare routes.
  bool MayRoute(std::string_view text) const {
    return HoldsAnyOf(text, route_tokens_);
  }
  // Of everything that decides what is extracted.
  const ContentHash& print() const { return print_; }

  Result<const Syntax*> Get() {
    const std::lock_guard lock(mutex_);
    if (!made_) made_.emplace(Syntax::Make(*language_));
    if (!*made_) return made_->error();
    return (**made_).get();
  }
  // The error of Get(), if it failed.
  const Error* error() const {
    return made_ && !*made_ ? &made_->error() : nullptr;
  }

 private:
  static std::string Fingerprint(const Language& language);

  const Language* language_;
  std::vector<std::string> route_tokens_;
  ContentHash print_;
  std::mutex mutex_;
  std::optional<Result<std::unique_ptr<const Syntax>>> made_;
};

}  // namespace logspill
