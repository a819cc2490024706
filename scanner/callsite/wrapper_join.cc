#include "scanner/callsite/wrapper_join.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "scanner/callsite/placeholder.h"
#include "scanner/callsite/site_builder.h"

namespace logspill {
namespace {

// `site`'s message as pieces, `value` in the place of one hole.
Pieces Substitute(const CallSite& site, std::uint32_t hole,
                  const Pieces& value) {
  Pieces pieces;
  const LogTemplate& message = site.message;
  for (std::size_t i = 0; i < message.literals.size(); ++i) {
    if (!message.literals[i].empty()) {
      pieces.push_back(LiteralPiece(message.literals[i]));
    }
    if (i == message.holes.size()) break;
    if (i == hole) {
      pieces.insert(pieces.end(), value.begin(), value.end());
    } else {
      pieces.push_back(
          HolePiece(message.holes[i].argument, message.holes[i].conversion));
    }
  }
  return pieces;
}

// Without what stands behind the message, and the blank before it.
void DropLastHole(LogTemplate* message) {
  message->holes.pop_back();
  message->literals.pop_back();
  std::string& last = message->literals.back();
  if (last.ends_with(' ')) last.pop_back();
}

void Erase(std::vector<std::string>* flags, std::string_view flag) {
  std::erase_if(*flags, [&](const std::string& f) { return f == flag; });
}

}  // namespace

void WrapperJoin::AddWrapper(Wrapper wrapper) {
  const std::string& name = wrapper.note.function;
  if (name.empty()) return;
  if (!by_name_.count(name)) new_names_.insert(name);
  by_name_[name].push_back(wrappers_.size());
  wrappers_.push_back(std::move(wrapper));
}

void WrapperJoin::AddWrappers(std::size_t file, const FileNotes& notes) {
  for (const WrapperNote& note : notes.wrappers) {
    if (note.site >= notes.sites.size()) continue;
    AddWrapper({file, file, file, note.site, notes.sites[note.site], note});
  }
}

std::set<std::string> WrapperJoin::TakeNewNames() {
  return std::exchange(new_names_, {});
}

void WrapperJoin::AddDefinitions(std::size_t file, const FileNotes& notes) {
  for (const std::string& name : notes.functions) {
    defined_in_[name].insert(file);
  }
}

bool WrapperJoin::Means(const Wrapper& wrapper, std::size_t file,
                        const CallNote& call) const {
  if (wrapper.file == file) {
    const std::string& own = wrapper.note.class_name;
    if (call.own_receiver) return own == call.place.class_name;
    if (!call.has_receiver) return own.empty() || own == call.place.class_name;
  }
  const auto defined = defined_in_.find(call.callee);
  if (defined == defined_in_.end() || defined->second.size() != 1 ||
      !defined->second.count(wrapper.file)) {
    return false;
  }
  // Two classes of one file may each have it.
  const auto& same = by_name_.at(call.callee);
  return std::all_of(same.begin(), same.end(), [&](std::size_t i) {
    return wrappers_[i].note.class_name == wrapper.note.class_name;
  });
}

const ArgumentNote* WrapperJoin::ArgumentOf(const WrapperNote& note,
                                            const CallNote& call,
                                            std::size_t* behind) {
  std::size_t position = 0;
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    const ArgumentNote& argument = call.arguments[i];
    if (argument.name == note.parameter_name && !argument.name.empty()) {
      *behind = call.arguments.size();
      return &argument;
    }
    if (!argument.name.empty()) continue;
    if (argument.spread) return nullptr;
    if (position++ == note.parameter) {
      *behind = i + 1;
      return &argument;
    }
  }
  return nullptr;
}

void WrapperJoin::AddCalls(std::size_t file, const FileNotes& notes) {
  for (const CallNote& call : notes.calls) {
    // Joining may add wrappers; those are asked about in the next round.
    const auto found = by_name_.find(call.callee);
    if (found == by_name_.end()) continue;
    const std::vector<std::size_t> wrappers = found->second;
    for (const std::size_t i : wrappers) {
      if (Means(wrappers_[i], file, call)) Join(i, file, call);
    }
  }
}

// Where the caller says the level.
void WrapperJoin::SetLevel(const WrapperNote& note, const CallNote& call,
                           CallSite* site) const {
  const auto at = static_cast<std::size_t>(note.level_parameter);
  if (note.level_parameter < 0 || at >= call.arguments.size()) return;
  const NameMap words(language_.level_words.begin(),
                      language_.level_words.end());
  site->level = LevelIn(call.arguments[at].text, words);
  if (!site->level.empty()) Erase(&site->flags, "dynamic-level");
}

// The site as printed at the place of a call of its function.
void WrapperJoin::MoveToCall(const CallNote& call, CallSite* site) {
  site->via = {site->file, site->line};
  site->file = call.place.file;
  site->line = call.place.line;
  site->end_line = call.place.end_line;
  site->column = call.place.column;
  site->function = call.place.function;
  site->class_name = call.place.class_name;
}

// Whether the call passes on what its own function is given: then that is a
// wrapper of the wrapper.
bool WrapperJoin::AddOuter(const Wrapper& wrapper, std::size_t file,
                           const CallNote& call, const ArgumentNote& argument) {
  const auto own =
      std::find(call.parameters.begin(), call.parameters.end(), argument.text);
  if (own == call.parameters.end() || call.place.function == call.callee) {
    return false;
  }
  Wrapper outer = wrapper;
  outer.file = file;
  outer.note.function = call.place.function;
  outer.note.class_name = call.place.class_name;
  outer.note.parameter =
      static_cast<std::uint32_t>(own - call.parameters.begin());
  outer.note.parameter_name = *own;
  outer.note.level_parameter = -1;
  const bool macro = wrapper.note.up == kOutermost || call.in_macro;
  if (macro) {
    outer.note.up = kOutermost;
  } else if (wrapper.note.up > 0) {
    --outer.note.up;
    outer.printed = file;
    MoveToCall(call, &outer.site);
  }
  SetLevel(wrapper.note, call, &outer.site);
  AddWrapper(std::move(outer));
  return true;
}

// What the call passes behind the message.
FormatArguments WrapperJoin::Behind(const CallNote& call, std::size_t first) {
  FormatArguments fill;
  for (std::size_t i = first; i < call.arguments.size(); ++i) {
    const ArgumentNote& more = call.arguments[i];
    if (more.spread) {
      fill.spread = more.text;
    } else if (more.name.empty()) {
      fill.positional.push_back(more.text);
    } else {
      fill.named.emplace_back(more.name, more.text);
    }
  }
  return fill;
}

void WrapperJoin::Join(std::size_t index, std::size_t file,
                       const CallNote& call) {
  const Wrapper wrapper = wrappers_[index];  // more may be added
  std::size_t behind = 0;
  const ArgumentNote* argument = nullptr;
  if (wrapper.note.has_parameter) {
    argument = ArgumentOf(wrapper.note, call, &behind);
    if (!argument || AddOuter(wrapper, file, call, *argument)) return;
  }
  CallSite site = wrapper.site;
  for (const char* flag : {"wrapper", "unresolved", "value"}) {
    if (argument || flag == std::string_view("wrapper")) {
      Erase(&site.flags, flag);
    }
  }
  SetLevel(wrapper.note, call, &site);
  std::size_t printed = wrapper.printed;
  if (wrapper.note.up > 0) {
    MoveToCall(call, &site);
    printed = file;
  } else {
    site.via = {call.place.file, call.place.line};
  }
  replaced_.emplace(wrapper.origin_file, wrapper.origin);
  if (!argument) {
    joined_.push_back({printed, std::move(site)});
    return;
  }
  AddVariants(wrapper, *argument, Behind(call, behind), printed, site);
}

// A site for each text that the argument may be.
void WrapperJoin::AddVariants(const Wrapper& wrapper,
                              const ArgumentNote& argument,
                              const FormatArguments& fill, std::size_t printed,
                              const CallSite& site) {
  const PlaceholderStyle style = ParsePlaceholderStyle(wrapper.note.rest);
  CallSite base = wrapper.site;
  if (wrapper.note.joins_rest) DropLastHole(&base.message);
  for (Pieces pieces : argument.variants) {
    std::size_t used = 0;
    if (!fill.empty()) pieces = Format(style, pieces, fill, &used);
    pieces = Substitute(base, wrapper.note.hole, pieces);
    for (; wrapper.note.joins_rest && used < fill.positional.size(); ++used) {
      pieces.push_back(LiteralPiece(" "));
      pieces.push_back(HolePiece(fill.positional[used], {}));
    }
    CallSite one = site;
    one.message = ToTemplate(pieces);
    if (!HasLiteral(pieces)) one.flags.push_back("unresolved");
    if (argument.variants.size() > 1 && !one.Has("variant")) {
      one.flags.push_back("variant");
    }
    joined_.push_back({printed, std::move(one)});
  }
}

std::vector<CallSite> WrapperJoin::SitesOf(
    std::size_t file, const std::vector<CallSite>& own) const {
  std::vector<CallSite> sites;
  for (std::uint32_t i = 0; i < own.size(); ++i) {
    if (!replaced_.count({file, i})) sites.push_back(own[i]);
  }
  for (const Joined& joined : joined_) {
    if (joined.file == file) sites.push_back(joined.site);
  }
  std::stable_sort(
      sites.begin(), sites.end(), [](const CallSite& a, const CallSite& b) {
        return std::tie(a.line, a.column) < std::tie(b.line, b.column);
      });
  return sites;
}

}  // namespace logspill
