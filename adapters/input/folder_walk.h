// Finds the files below a folder, sorted, each once, whatever links lead to it.
//
// Threads:   call from one thread; keeps nothing.
// Errors:    what cannot be listed is among the results, with the reason.
// Cost:      one stat() a file; no file is opened.

#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "adapters/input/open.h"

namespace logspill {

struct FoundFile {
  std::string path;
  std::uint64_t bytes = 0;
  // Why it is not read, as "reason: detail"; empty: it is.
  std::string refused;
  enum class Why : std::uint8_t {
    kRead,        // not refused
    kUnreadable,  // it may have held a log
    kNoFile,      // a socket, a device
    kOdd,         // nothing is lost, but the reader should know
    kUnmatched,   // by the user's patterns
    kRepeated,    // read under another name, or not asked for at all
  } why = Why::kRead;

  bool listed_only() const {  // as the user wished: no event
    return why == Why::kUnmatched || why == Why::kRepeated;
  }
};

class FolderWalk {
 public:
  explicit FolderWalk(const InputOptions& options) : options_(options) {}

  // Adds `path`: itself where it is a file or "-", else what is below it.
  void Add(const std::string& path);

  std::vector<FoundFile> Take() { return std::move(found_); }

 private:
  using Identity = std::pair<std::uint64_t, std::uint64_t>;  // device, inode

  void WalkFolder(const std::string& folder, const std::string& below);
  void Visit(const std::string& path, const std::string& below);
  void VisitFile(const std::string& path, const std::string& below,
                 std::uint64_t bytes, Identity identity);
  void AddFile(const std::string& path, std::uint64_t bytes, Identity identity);
  void FollowLinks();
  void Refuse(const std::string& path, std::string reason, FoundFile::Why why);
  bool RefuseOwn(const std::string& path, Identity identity);

  const InputOptions& options_;
  std::vector<FoundFile> found_;
  // Links wait until the things themselves are known, so that a file keeps its
  // own name.
  std::vector<std::pair<std::string, std::string>> links_;
  std::set<Identity> folders_;
  std::set<Identity> files_;
  bool standard_input_ = false;  // is among them
};

// True where a pattern of the list matches; `below` is relative to the folder
// that the user named.
bool MatchesAny(const std::vector<std::string>& patterns,
                const std::string& below);

}  // namespace logspill
