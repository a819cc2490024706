#include "adapters/input/folder_walk.h"

#include <dirent.h>
#include <fnmatch.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <optional>
#include <system_error>

namespace logspill {
namespace {

using Why = FoundFile::Why;

constexpr const char* kAlready = "already scanned";

std::string Message(int error) {
  return std::generic_category().message(error);
}

std::string Join(const std::string& folder, const std::string& name) {
  if (folder.empty() || folder.ends_with('/')) return folder + name;
  return folder + "/" + name;
}

std::string_view SpecialName(mode_t mode) {
  if (S_ISFIFO(mode)) return "not-a-file: a named pipe";
  if (S_ISSOCK(mode)) return "not-a-file: a socket";
  if (S_ISCHR(mode)) return "not-a-file: a character device";
  return "not-a-file: a block device";
}

// The names in a folder, sorted; nullopt with errno where it cannot be read.
std::optional<std::vector<std::string>> ListNames(const std::string& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> open(opendir(folder.c_str()),
                                                 closedir);
  if (open == nullptr) return std::nullopt;
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = readdir(open.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) return std::nullopt;
  std::sort(names.begin(), names.end());
  return names;
}

// So that a folder's files stand together: "a/b" before "a.log".
bool PathBefore(const FoundFile& a, const FoundFile& b) {
  return std::lexicographical_compare(
      a.path.begin(), a.path.end(), b.path.begin(), b.path.end(),
      [](char x, char y) {
        if (x == y) return false;
        if (x == '/' || y == '/') return x == '/';
        return static_cast<unsigned char>(x) < static_cast<unsigned char>(y);
      });
}

}  // namespace

bool MatchesAny(const std::vector<std::string>& patterns,
                const std::string& below) {
  const std::string name = below.substr(below.rfind('/') + 1);
  return std::any_of(
      patterns.begin(), patterns.end(), [&](const std::string& pattern) {
        const bool whole = pattern.find('/') != std::string::npos;
        return fnmatch(pattern.c_str(), (whole ? below : name).c_str(), 0) == 0;
      });
}

void FolderWalk::Add(const std::string& path) {
  struct stat status;
  if (path == "-") {
    if (std::exchange(standard_input_, true)) {
      return Refuse(path, kAlready, Why::kRepeated);
    }
    found_.push_back({path, 0, "", Why::kRead});
    return;
  }
  if (stat(path.c_str(), &status) != 0) {
    found_.push_back({path, 0, "", Why::kRead});  // opening it tells
    return;
  }
  if (S_ISREG(status.st_mode)) {
    return AddFile(path, static_cast<std::uint64_t>(status.st_size),
                   {status.st_dev, status.st_ino});
  }
  if (!S_ISDIR(status.st_mode)) {
    found_.push_back({path, 0, "", Why::kRead});
    return;
  }
  const std::size_t first = found_.size();
  if (folders_.insert({status.st_dev, status.st_ino}).second) {
    WalkFolder(path, "");
    FollowLinks();
  } else {
    Refuse(path, kAlready, Why::kRepeated);
  }
  std::sort(found_.begin() + static_cast<std::ptrdiff_t>(first), found_.end(),
            PathBefore);
}

void FolderWalk::WalkFolder(const std::string& folder,
                            const std::string& below) {
  const auto names = ListNames(folder);
  if (!names) {
    return Refuse(folder, "unreadable: " + Message(errno), Why::kUnreadable);
  }
  for (const std::string& name : *names) {
    Visit(Join(folder, name), Join(below, name));
  }
}

void FolderWalk::Visit(const std::string& path, const std::string& below) {
  struct stat status;
  if (lstat(path.c_str(), &status) != 0) {
    return Refuse(path, "unreadable: " + Message(errno), Why::kUnreadable);
  }
  const Identity identity{status.st_dev, status.st_ino};
  if (MatchesAny(options_.exclude, below)) {
    Refuse(path, "excluded", Why::kUnmatched);
  } else if (S_ISLNK(status.st_mode)) {
    links_.emplace_back(path, below);
  } else if (S_ISDIR(status.st_mode)) {
    if (folders_.insert(identity).second) WalkFolder(path, below);
  } else if (S_ISREG(status.st_mode)) {
    VisitFile(path, below, static_cast<std::uint64_t>(status.st_size),
              identity);
  } else {
    Refuse(path, std::string(SpecialName(status.st_mode)), Why::kNoFile);
  }
}

void FolderWalk::VisitFile(const std::string& path, const std::string& below,
                           std::uint64_t bytes, Identity identity) {
  if (!options_.include.empty() && !MatchesAny(options_.include, below)) {
    return Refuse(path, "not included", Why::kUnmatched);
  }
  AddFile(path, bytes, identity);
}

// Whatever names lead to a file, its lines count once.
void FolderWalk::AddFile(const std::string& path, std::uint64_t bytes,
                         Identity identity) {
  if (RefuseOwn(path, identity)) return;
  if (!files_.insert(identity).second) {
    return Refuse(path, kAlready, Why::kRepeated);
  }
  found_.push_back({path, bytes, "", Why::kRead});
}

bool FolderWalk::RefuseOwn(const std::string& path, Identity identity) {
  for (const OwnFile& own : options_.own_files) {
    if (Identity(own.device, own.inode) != identity) continue;
    Refuse(path, "output: this scan writes it",
           own.temporary ? Why::kRepeated : Why::kOdd);
    return true;
  }
  return false;
}

void FolderWalk::FollowLinks() {
  while (!links_.empty()) {
    const auto links = std::exchange(links_, {});
    for (const auto& [path, below] : links) {
      struct stat status;
      if (!options_.follow_symlinks) {
        Refuse(path, "symbolic link", Why::kUnmatched);
      } else if (stat(path.c_str(), &status) != 0) {
        Refuse(path, "dangling: symbolic link: " + Message(errno), Why::kOdd);
      } else if (S_ISDIR(status.st_mode)) {
        if (folders_.insert({status.st_dev, status.st_ino}).second) {
          WalkFolder(path, below);
        } else {
          Refuse(path, kAlready, Why::kRepeated);
        }
      } else if (S_ISREG(status.st_mode)) {
        VisitFile(path, below, static_cast<std::uint64_t>(status.st_size),
                  {status.st_dev, status.st_ino});
      } else {
        Refuse(path, std::string(SpecialName(status.st_mode)), Why::kNoFile);
      }
    }
  }
}

void FolderWalk::Refuse(const std::string& path, std::string reason,
                        FoundFile::Why why) {
  found_.push_back({path, 0, std::move(reason), why});
}

}  // namespace logspill
