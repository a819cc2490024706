// Joins the notes of all files of one language: calls of wrappers become sites,
// and names become constants of other files.
//
// A wrapper is a function whose parameter reaches the message of a call.  A
// call of it is joined only where its name can mean no other function: in the
// same class or file, or where all files define it once.
//
// Threads:   not thread-safe.
// Cost:      linear in wrappers and their calls.

#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scanner/callsite/language.h"
#include "scanner/callsite/notes.h"

namespace logspill {

// Rounds of wrappers: those of log calls, and those of these.
constexpr int kWrapperRounds = 2;

class WrapperJoin {
 public:
  explicit WrapperJoin(const Language& language) : language_(language) {}

  // Takes the wrappers of one file, as its own notes tell.
  void AddWrappers(std::size_t file, const FileNotes& notes);

  // Names of wrappers that were not asked about yet.
  std::set<std::string> TakeNewNames();

  // Takes calls of wrappers.  Of those that pass on their own parameter, new
  // wrappers are made.  REQUIRES: AddDefinitions() of all files before.
  void AddCalls(std::size_t file, const FileNotes& notes);
  void AddDefinitions(std::size_t file, const FileNotes& notes);

  // The sites of one file: its own, without wrappers whose callers are known,
  // and those of calls of wrappers that the framework prints as in this file.
  std::vector<CallSite> SitesOf(std::size_t file,
                                const std::vector<CallSite>& own) const;

 private:
  struct Wrapper {
    std::size_t file = 0;         // that defines it
    std::size_t printed = 0;      // file whose place is printed
    std::size_t origin_file = 0;  // that has the site
    std::uint32_t origin = 0;     // its index there
    CallSite site;
    WrapperNote note;
  };
  struct Joined {
    std::size_t file = 0;
    CallSite site;
  };

  bool Means(const Wrapper& wrapper, std::size_t file,
             const CallNote& call) const;
  void Join(std::size_t index, std::size_t file, const CallNote& call);
  bool AddOuter(const Wrapper& wrapper, std::size_t file, const CallNote& call,
                const ArgumentNote& argument);
  void AddVariants(const Wrapper& wrapper, const ArgumentNote& argument,
                   const FormatArguments& fill, std::size_t printed,
                   const CallSite& site);
  static void MoveToCall(const CallNote& call, CallSite* site);
  static FormatArguments Behind(const CallNote& call, std::size_t first);
  void SetLevel(const WrapperNote& note, const CallNote& call,
                CallSite* site) const;
  void AddWrapper(Wrapper wrapper);
  static const ArgumentNote* ArgumentOf(const WrapperNote& note,
                                        const CallNote& call,
                                        std::size_t* behind);

  const Language& language_;
  std::vector<Wrapper> wrappers_;
  std::set<std::string> new_names_;
  std::map<std::string, std::vector<std::size_t>> by_name_;
  std::map<std::string, std::set<std::size_t>> defined_in_;
  std::vector<Joined> joined_;
  // Sites that are told by their callers: file, index.
  std::set<std::pair<std::size_t, std::uint32_t>> replaced_;
};

}  // namespace logspill
