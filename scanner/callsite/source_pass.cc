#include "scanner/callsite/source_pass.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <filesystem>
#include <memory>
#include <thread>

#include "scanner/callsite/file_facts.h"
#include "scanner/callsite/site_builder.h"
#include "scanner/callsite/source_tree.h"
#include "scanner/callsite/syntax.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFileBytes = 16 << 20;  // larger is generated
constexpr std::size_t kBinaryReach = 8 << 10;    // a NUL this early: no text

bool HoldsToken(std::string_view text, const Language& language) {
  return std::any_of(language.tokens.begin(), language.tokens.end(),
                     [&](const std::string& token) {
                       return ::memmem(text.data(), text.size(), token.data(),
                                       token.size()) != nullptr;
                     });
}

bool IsBinary(std::string_view text) {
  return text.substr(0, kBinaryReach).find('\0') != std::string_view::npos;
}

// The dotted path of a file: its packages below the outermost one, then its
// name.
std::string ModuleOf(const fs::path& path, const std::string& file,
                     const Language& language) {
  std::error_code error;
  fs::path folder = path.parent_path();
  std::string module = path.stem().string();
  if (module == language.module_index) module.clear();
  const auto prepend = [&](const std::string& name) {
    module = module.empty() ? name : name + language.module_separator + module;
  };
  if (language.module_marker.empty()) {
    for (folder = fs::path(file).parent_path(); !folder.empty();
         folder = folder.parent_path()) {
      prepend(folder.filename().string());
    }
    return module;
  }
  while (folder.has_filename() &&
         fs::exists(folder / language.module_marker, error)) {
    prepend(folder.filename().string());
    folder = folder.parent_path();
  }
  return module;
}

struct FileWork {
  std::string file;
  const Syntax* syntax;
};

// What became of one file.
struct FileOutcome {
  std::vector<CallSite> sites;
  std::uint64_t bytes = 0;
  bool parsed = false;
  bool damaged = false;
  std::string failed;  // why; empty where it did not
};

class Pass {
 public:
  explicit Pass(std::string root) : root_(std::move(root)) {}

  Result<void> AddLanguages(const std::vector<Language>& languages) {
    for (const Language& language : languages) {
      auto syntax = Syntax::Make(language);
      if (!syntax) return syntax.error();
      syntaxes_.push_back(std::move(*syntax));
    }
    return {};
  }

  Result<void> AddFiles() {
    std::vector<std::string> extensions;
    for (const auto& syntax : syntaxes_) {
      const auto& more = syntax->language().extensions;
      extensions.insert(extensions.end(), more.begin(), more.end());
    }
    auto tree = ListSources(root_, extensions);
    if (!tree) return tree.error();
    failed_ = std::move(tree->failed);
    for (std::string& file : tree->files) {
      const std::string name = file.empty() ? root_ : file;
      if (const Syntax* syntax = SyntaxOf(name)) {
        work_.push_back({std::move(file), syntax});
      }
    }
    return {};
  }

  void Run(unsigned threads) {
    outcomes_.resize(work_.size());
    if (threads == 0)
      threads = std::max(1u, std::thread::hardware_concurrency());
    const auto most = static_cast<unsigned>(
        std::clamp<std::size_t>(work_.size() / 8, 1, 256));
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < std::min(threads, most); ++i) {
      others.emplace_back([this] { Work(); });
    }
    Work();
  }

  SourcePassResult Take() {
    SourcePassResult result;
    result.stats.files = work_.size();
    result.stats.failed = std::move(failed_);
    for (std::size_t i = 0; i < work_.size(); ++i) {
      FileOutcome& outcome = outcomes_[i];
      result.stats.bytes += outcome.bytes;
      result.stats.files_parsed += outcome.parsed;
      result.stats.files_damaged += outcome.damaged;
      if (!outcome.failed.empty()) {
        result.stats.failed.push_back(work_[i].file + ": " + outcome.failed);
      }
      for (CallSite& site : outcome.sites) {
        result.stats.unresolved +=
            std::find(site.flags.begin(), site.flags.end(), "unresolved") !=
            site.flags.end();
        result.sites.push_back(std::move(site));
      }
    }
    std::sort(result.stats.failed.begin(), result.stats.failed.end());
    return result;
  }

 private:
  const Syntax* SyntaxOf(std::string_view name) const {
    for (const auto& syntax : syntaxes_) {
      for (const std::string& extension : syntax->language().extensions) {
        if (name.ends_with(extension)) return syntax.get();
      }
    }
    return nullptr;
  }

  void Work() {
    SyntaxReader reader;
    for (std::size_t i = next_++; i < work_.size(); i = next_++) {
      try {
        auto done = ReadOne(work_[i], &reader);
        if (done) {
          outcomes_[i] = std::move(*done);
        } else {
          outcomes_[i].failed = done.error().message;
        }
      } catch (const std::bad_alloc&) {
        outcomes_[i].failed = "out of memory";
      } catch (const fs::filesystem_error& error) {
        outcomes_[i].failed = error.code().message();
      }
    }
  }

  Result<FileOutcome> ReadOne(const FileWork& work,
                              SyntaxReader* reader) const {
    const fs::path path =
        work.file.empty() ? fs::path(root_) : fs::path(root_) / work.file;
    auto text = ReadSource(path.string(), kMaxFileBytes);
    if (!text) return text.error();
    FileOutcome outcome;
    outcome.bytes = text->size();
    const Language& language = work.syntax->language();
    if (!HoldsToken(*text, language)) return outcome;
    if (IsBinary(*text)) return Error{"not text"};
    auto facts = FileFacts::Read(*work.syntax, *text, reader);
    if (!facts) return facts.error();
    outcome.parsed = true;
    outcome.damaged = facts->damaged();
    const std::string file =
        work.file.empty() ? path.filename().string() : work.file;
    outcome.sites = BuildCallSites(
        *work.syntax, *facts,
        {root_, file, ModuleOf(AbsolutePath(path), file, language)});
    return outcome;
  }

  static fs::path AbsolutePath(const fs::path& path) {
    std::error_code error;
    fs::path absolute = fs::absolute(path, error).lexically_normal();
    return error ? path : absolute;
  }

  std::string root_;
  std::vector<std::unique_ptr<const Syntax>> syntaxes_;
  std::vector<FileWork> work_;
  std::vector<FileOutcome> outcomes_;  // of work_, by index
  std::vector<std::string> failed_;
  std::atomic<std::size_t> next_{0};
};

}  // namespace

Result<SourcePassResult> ExtractCallSites(
    const std::string& root, const std::vector<Language>& languages,
    unsigned threads) {
  Pass pass(root);
  if (auto ready = pass.AddLanguages(languages); !ready) return ready.error();
  if (auto listed = pass.AddFiles(); !listed) return listed.error();
  pass.Run(threads);
  return pass.Take();
}

Result<SourcePassResult> ExtractFromText(const std::string& root,
                                         const std::string& file,
                                         const std::string& module,
                                         const std::string& text,
                                         const Language& language) {
  auto syntax = Syntax::Make(language);
  if (!syntax) return syntax.error();
  SyntaxReader reader;
  auto facts = FileFacts::Read(**syntax, text, &reader);
  if (!facts) return facts.error();
  SourcePassResult result;
  result.sites = BuildCallSites(**syntax, *facts, {root, file, module});
  result.stats.files = 1;
  result.stats.bytes = text.size();
  result.stats.files_parsed = 1;
  result.stats.files_damaged = facts->damaged();
  return result;
}

}  // namespace logspill
