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

#include "scanner/callsite/ignore_rules.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxFolders = 256;  // of one path: deeper is a loop of mounts

// Other people's code, and what tools leave behind.
constexpr std::string_view kSkippedFolders[] = {
    "node_modules",     "vendor",      "third_party", "site-packages",
    "bower_components", "__pycache__", "testdata",    "jspm_packages",
};

// Build results have common names, which only a file beside them tells from
// source folders.
struct BuildFolder {
  std::string_view name;
  std::string_view beside;
};
constexpr BuildFolder kBuildFolders[] = {
    {"target", "Cargo.toml"},
    {"target", "pom.xml"},
    {"target", "build.sbt"},
    {"build", "build.gradle"},
    {"build", "build.gradle.kts"},
    {"build", "setup.py"},
    {"build", "pyproject.toml"},
    {"build", "CMakeLists.txt"},
    {"build", "package.json"},
    {"dist", "package.json"},
    {"dist", "setup.py"},
    {"dist", "pyproject.toml"},
    {"out", "package.json"},
    {"out", "tsconfig.json"},
    {"bin", "pom.xml"},
    {"coverage", "package.json"},
};

// A folder with one of these is made by a tool, whatever it is called.
constexpr std::string_view kMarks[] = {"pyvenv.cfg", "CMakeCache.txt",
                                       "CACHEDIR.TAG"};

constexpr std::size_t kMostIgnoreBytes = 1 << 20;

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
    PushAbove();
    Folder("", 0);
    // Links come last, so that a real path wins over them.
    std::error_code unknown;
    const fs::path inside = fs::canonical(root_, unknown);
    for (std::size_t i = 0; i < links_.size(); ++i) {
      const fs::path link = links_[i];  // more may be added meanwhile
      if (unknown || LeadsInto(inside, link)) Entry(link, 1);
    }
    std::sort(tree_.files.begin(), tree_.files.end());
    std::sort(tree_.failed.begin(), tree_.failed.end());
  }

  SourceTree Take() { return std::move(tree_); }

 private:
  void Fail(const fs::path& path, const std::string& why) {
    tree_.failed.push_back(path.string() + ": " + why);
  }

  // A link that leads out of the root would bring in the whole disk.  One that
  // leads nowhere is looked at, so that it is named.
  bool LeadsInto(const fs::path& inside, const fs::path& link) const {
    std::error_code unknown;
    const fs::path to = fs::canonical(root_ / link, unknown);
    if (unknown) return true;
    const auto ends =
        std::mismatch(inside.begin(), inside.end(), to.begin(), to.end());
    return ends.first == inside.end();
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
    const bool pushed = PushIgnored(
        full, above_ + (folder.empty() ? "" : folder.string() + "/"));
    for (const fs::path& name : names) {
      const fs::path path = folder / name;
      std::error_code ignored;
      if (fs::is_symlink(root_ / path, ignored)) {
        links_.push_back(path);
      } else {
        Entry(path, depth + 1);
      }
    }
    if (pushed) ignored_.Pop();
  }

  // Reads the .gitignore of a folder; whether there was one.
  bool PushIgnored(const fs::path& full, std::string folder) {
    const fs::path path = full / ".gitignore";
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
      return false;
    }
    const auto text = ReadSource(path.string(), kMostIgnoreBytes);
    if (!text) return false;
    ignored_.Push(std::move(folder), *text);
    return true;
  }

  // Where the root lies inside a repository, what its folders above say.
  void PushAbove() {
    std::error_code error;
    const fs::path root = fs::canonical(root_, error);
    if (error) return;
    std::vector<fs::path> above;
    bool found = false;
    for (fs::path at = root; at.has_relative_path(); at = at.parent_path()) {
      if (at != root) above.push_back(at);
      if (fs::exists(at / ".git", error)) {
        found = true;
        break;
      }
    }
    if (!found || above.empty()) return;
    const fs::path top = above.back();
    above_ = fs::relative(root, top, error).string() + "/";
    for (auto at = above.rbegin(); at != above.rend(); ++at) {
      const std::string folder = fs::relative(*at, top, error).string();
      PushIgnored(*at, folder == "." ? "" : folder + "/");
    }
  }

  bool IsSkipped(const fs::path& path, const std::string& name) const {
    if (name[0] == '.') return true;
    if (std::find(std::begin(kSkippedFolders), std::end(kSkippedFolders),
                  name) != std::end(kSkippedFolders)) {
      return true;
    }
    const fs::path full = root_ / path;
    for (const BuildFolder& build : kBuildFolders) {
      if (build.name == name && Exists(full.parent_path() / build.beside)) {
        return true;
      }
    }
    return std::any_of(
        std::begin(kMarks), std::end(kMarks),
        [&](std::string_view mark) { return Exists(full / mark); });
  }

  static bool Exists(const fs::path& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0;
  }

  void Entry(const fs::path& path, int depth) {
    const std::string name = path.filename().string();
    struct stat info {};
    if (::stat((root_ / path).c_str(), &info) != 0) {
      const int why = errno;
      if (EndsWithOneOf(name, extensions_)) Fail(path, Reason(why));
      return;
    }
    const bool is_folder = S_ISDIR(info.st_mode);
    if (!is_folder && !EndsWithOneOf(name, extensions_)) return;
    if (ignored_.Ignores(above_ + path.string(), is_folder)) return;
    if (is_folder) {
      if (!IsSkipped(path, name)) Folder(path, depth);
      return;
    }
    if (!S_ISREG(info.st_mode)) return Fail(path, "not a regular file");
    if (IsNew(info)) tree_.files.push_back(path.string());
  }

  fs::path root_;
  const std::vector<std::string>& extensions_;
  std::set<std::pair<dev_t, ino_t>> seen_;
  std::vector<fs::path> links_;
  IgnoreRules ignored_;
  std::string above_;  // the root in its repository: "" or "a/b/"
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
    tree.files.push_back(fs::path(root).filename().string());
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
