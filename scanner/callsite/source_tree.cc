#include "scanner/callsite/source_tree.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <set>
#include <utility>

namespace logspill {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxFolders = 256;  // of one path: deeper is a loop of mounts

constexpr std::string_view kSkippedFolders[] = {
    "node_modules", "vendor",   "third_party",      "site-packages",
    "__pycache__",  "testdata", "bower_components", "target",
};

std::string Reason(int error) { return std::strerror(error); }

bool EndsWithOneOf(std::string_view name,
                   const std::vector<std::string>& extensions) {
  return std::any_of(
      extensions.begin(), extensions.end(), [&](const std::string& extension) {
        return name.size() > extension.size() && name.ends_with(extension);
      });
}

class Walk {
 public:
  Walk(fs::path root, const std::vector<std::string>& extensions)
      : root_(std::move(root)), extensions_(extensions) {}

  void Run() {
    Folder("", 0);
    // Links come last, so that a real path wins over them.
    for (std::size_t i = 0; i < links_.size(); ++i) Entry(links_[i], 1);
    std::sort(tree_.files.begin(), tree_.files.end());
    std::sort(tree_.failed.begin(), tree_.failed.end());
  }

  SourceTree Take() { return std::move(tree_); }

 private:
  void Fail(const fs::path& path, const std::string& why) {
    tree_.failed.push_back(path.string() + ": " + why);
  }

  bool IsNew(const struct stat& info) {
    return seen_.emplace(info.st_dev, info.st_ino).second;
  }

  void Folder(const fs::path& folder, int depth) {
    struct stat info {};
    const fs::path full = folder.empty() ? root_ : root_ / folder;
    if (::stat(full.c_str(), &info) != 0) return Fail(folder, Reason(errno));
    if (!IsNew(info)) return;
    if (depth > kMaxFolders) return Fail(folder, "nested too deeply");
    std::error_code error;
    std::vector<fs::path> names;
    for (fs::directory_iterator at(full, error), end; !error && at != end;
         at.increment(error)) {
      names.push_back(at->path().filename());
    }
    if (error) Fail(folder, error.message());
    std::sort(names.begin(), names.end());
    for (const fs::path& name : names) {
      const fs::path path = folder / name;
      std::error_code ignored;
      if (fs::is_symlink(root_ / path, ignored)) {
        links_.push_back(path);
      } else {
        Entry(path, depth + 1);
      }
    }
  }

  void Entry(const fs::path& path, int depth) {
    const std::string name = path.filename().string();
    struct stat info {};
    if (::stat((root_ / path).c_str(), &info) != 0) {
      const int why = errno;
      if (EndsWithOneOf(name, extensions_)) Fail(path, Reason(why));
      return;
    }
    if (S_ISDIR(info.st_mode)) {
      const bool skipped =
          name[0] == '.' ||
          std::find(std::begin(kSkippedFolders), std::end(kSkippedFolders),
                    name) != std::end(kSkippedFolders);
      if (!skipped) Folder(path, depth);
      return;
    }
    if (!EndsWithOneOf(name, extensions_)) return;
    if (!S_ISREG(info.st_mode)) return Fail(path, "not a regular file");
    if (IsNew(info)) tree_.files.push_back(path.string());
  }

  fs::path root_;
  const std::vector<std::string>& extensions_;
  std::set<std::pair<dev_t, ino_t>> seen_;
  std::vector<fs::path> links_;
  SourceTree tree_;
};

class File {
 public:
  explicit File(const std::string& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace

Result<SourceTree> ListSources(const std::string& root,
                               const std::vector<std::string>& extensions) {
  struct stat info {};
  if (::stat(root.c_str(), &info) != 0) {
    return Error{root + ": " + Reason(errno)};
  }
  if (S_ISREG(info.st_mode)) {
    SourceTree tree;
    tree.files.push_back("");
    return tree;
  }
  if (!S_ISDIR(info.st_mode) || ::access(root.c_str(), R_OK | X_OK) != 0) {
    return Error{root + ": not a folder that can be read"};
  }
  try {
    Walk walk(root, extensions);
    walk.Run();
    return walk.Take();
  } catch (const fs::filesystem_error& error) {
    return Error{root + ": " + error.code().message()};
  }
}

Result<std::string> ReadSource(const std::string& path, std::size_t most) {
  const File file(path);
  struct stat info {};
  if (file.get() < 0 || ::fstat(file.get(), &info) != 0) {
    return Error{Reason(errno)};
  }
  if (static_cast<std::size_t>(info.st_size) > most) {
    return Error{"larger than " + std::to_string(most >> 20) + " MiB"};
  }
  std::string text(static_cast<std::size_t>(info.st_size) + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got =
        ::read(file.get(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error{Reason(errno)};
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
    if (size == text.size() && size <= most) text.resize(size * 2);
  }
  if (size > most) return Error{"it grew while it was read"};
  text.resize(size);
  return text;
}

}  // namespace logspill
