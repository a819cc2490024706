#include "scanner/callsite/source_pass.h"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <thread>
#include <tuple>

#include "scanner/callsite/file_facts.h"
#include "scanner/callsite/flatten.h"
#include "scanner/callsite/lazy_syntax.h"
#include "scanner/callsite/macro_notes.h"
#include "scanner/callsite/module_name.h"
#include "scanner/callsite/note_cache.h"
#include "scanner/callsite/openapi.h"
#include "scanner/callsite/route_notes.h"
#include "scanner/callsite/site_builder.h"
#include "scanner/callsite/site_ids.h"
#include "scanner/callsite/source_text.h"
#include "scanner/callsite/source_tree.h"
#include "scanner/callsite/wrapper_join.h"

namespace logspill {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFileBytes = 8 << 20;  // larger is generated

void Relocate(const FilePlace& place, FileNotes* notes) {
  for (CallSite& site : notes->sites) {
    site.root = place.root;
    site.file = place.file;
  }
  for (Route& route : notes->routes) {
    route.root = place.root;
    route.file = place.file;
  }
  for (CallNote& call : notes->calls) {
    call.place.root = place.root;
    call.place.file = place.file;
  }
}

struct FileWork {
  std::string file;
  std::size_t language = 0;  // index of the pass's
};

// What became of one file.
struct FileOutcome {
  FileNotes notes;
  std::vector<CallSite> formats;  // of access logs
  std::string module;
  std::uint64_t bytes = 0;
  bool cached = false;
  bool skipped = false;  // no source text
  std::string failed;    // why; empty where it did not
};

class Pass {
 public:
  Pass(const std::string& root, const std::vector<Language>& languages,
       const SourceOptions& options)
      : given_(root),
        root_(FolderOf(root)),
        threads_(options.threads),
        cache_(CachePath(options)) {
    if (options.access_formats) formats_ = *options.access_formats;
    for (const Language& language : languages) {
      syntaxes_.push_back(std::make_unique<LazySyntax>(&language));
    }
    if (threads_ == 0) {
      threads_ = std::max(1u, std::thread::hardware_concurrency());
    }
  }

  Result<void> AddFiles() {
    std::vector<std::string> extensions;
    for (const auto& syntax : syntaxes_) {
      const auto& more = syntax->language().extensions;
      extensions.insert(extensions.end(), more.begin(), more.end());
    }
    const auto& documents = OpenApiExtensions();
    extensions.insert(extensions.end(), documents.begin(), documents.end());
    for (const AccessFormatRule& rule : formats_) {
      extensions.insert(extensions.end(), rule.extensions.begin(),
                        rule.extensions.end());
    }
    auto tree = ListSources(given_, extensions);
    if (!tree) return tree.error();
    failed_ = std::move(tree->failed);
    for (std::string& file : tree->files) {
      if (const auto language = LanguageOf(file)) {
        work_.push_back({std::move(file), *language});
      } else if (!HasExtension(file, extensions)) {
        skipped_.push_back(file + ": of no language that is known");
      } else {
        documents_.push_back(std::move(file));
      }
    }
    outcomes_.resize(work_.size());
    return {};
  }

  Result<void> Run() {
    EachFile([this](std::size_t i, SyntaxReader* reader) { First(i, reader); });
    for (const auto& syntax : syntaxes_) {
      if (syntax->error()) return *syntax->error();
    }
    for (std::size_t i = 0; i < syntaxes_.size(); ++i) JoinLanguage(i);
    not_kept_ = cache_.Save();
    for (const std::string& file : documents_) ReadDocument(file);
    return {};
  }

  SourcePassResult Take() {
    SourcePassResult result;
    SourceStats& stats = result.stats;
    stats.files = work_.size();
    stats.failed = std::move(failed_);
    stats.skipped = std::move(skipped_);
    stats.not_kept = std::move(not_kept_);
    result.sites.reserve(SiteCount());
    for (std::size_t i = 0; i < work_.size(); ++i) {
      FileOutcome& outcome = outcomes_[i];
      stats.bytes += outcome.bytes;
      stats.files_parsed += outcome.notes.parsed;
      stats.files_cached += outcome.cached;
      stats.files_damaged += outcome.notes.damaged;
      if (!outcome.failed.empty()) {
        auto& names = outcome.skipped ? stats.skipped : stats.failed;
        names.push_back(NameOf(i) + ": " + outcome.failed);
      }
      const Language& language = syntaxes_[work_[i].language]->language();
      NumberSites(outcome.module, SitePrefix(language), &outcome.notes.sites);
      for (CallSite& site : outcome.notes.sites) {
        stats.unresolved += site.Has("unresolved");
        result.sites.push_back(std::move(site));
      }
      AddFormats(&outcome.formats, &result.sites);
      for (Route& route : outcome.notes.routes) {
        result.routes.push_back(std::move(route));
      }
      outcome.notes = {};  // as many bytes again
    }
    AddFormats(&declared_, &result.sites);
    std::move(routes_.begin(), routes_.end(),
              std::back_inserter(result.routes));
    std::stable_sort(result.routes.begin(), result.routes.end(),
                     [](const Route& a, const Route& b) {
                       return std::tie(a.file, a.line) <
                              std::tie(b.file, b.line);
                     });
    std::sort(stats.skipped.begin(), stats.skipped.end());
    std::sort(stats.failed.begin(), stats.failed.end());
    return result;
  }

 private:
  static void AddFormats(std::vector<CallSite>* from,
                         std::vector<CallSite>* to) {
    std::move(from->begin(), from->end(), std::back_inserter(*to));
  }

  using EachUse = std::function<void(std::size_t, SyntaxReader*)>;

  std::string CachePath(const SourceOptions& options) const {
    if (options.cache_folder.empty()) return {};
    ContentHash name;
    name.Add(AbsolutePath(given_).string());
    char text[33];
    std::snprintf(text, sizeof text, "%016llx",
                  static_cast<unsigned long long>(name.Get()[0]));
    return options.cache_folder + "/source-" + text;
  }

  // Of a single file its folder, so that root and name make its path.
  static std::string FolderOf(const std::string& given) {
    std::error_code unknown;  // is said where it is listed
    if (!fs::is_regular_file(given, unknown)) return given;
    const std::string parent = fs::path(given).parent_path().string();
    return parent.empty() ? "." : parent;
  }

  std::size_t SiteCount() const {
    std::size_t count = declared_.size();
    for (const FileOutcome& outcome : outcomes_) {
      count += outcome.notes.sites.size() + outcome.formats.size();
    }
    return count;
  }

  const std::string& NameOf(std::size_t i) const { return work_[i].file; }

  fs::path PathOf(std::size_t i) const {
    return fs::path(root_) / work_[i].file;
  }

  std::optional<std::size_t> LanguageOf(std::string_view name) const {
    for (std::size_t i = 0; i < syntaxes_.size(); ++i) {
      for (const std::string& extension : syntaxes_[i]->language().extensions) {
        if (name.ends_with(extension)) return i;
      }
    }
    return std::nullopt;
  }

  // A file whose name several languages share is of the one that its text shows.
  std::size_t LanguageOfText(std::size_t i, std::string_view text) const {
    const std::string& name = NameOf(i);
    for (std::size_t at = 0; at < syntaxes_.size(); ++at) {
      const Language& language = syntaxes_[at]->language();
      const auto& shared = language.shared_extensions;
      const bool named = std::any_of(shared.begin(), shared.end(),
                                     [&](const std::string& extension) {
                                       return name.ends_with(extension);
                                     });
      if (named && HoldsAnyOf(text, language.shared_marks)) return at;
    }
    return work_[i].language;
  }

  // As UTF-8, where a mark says that it is UTF-16.
  static Result<std::string> ReadText(const fs::path& path) {
    auto text = ReadSource(path.string(), kMaxFileBytes);
    if (text) FromUtf16(&*text);
    return text;
  }

  // Calls `use` for every file, on all threads.
  void EachFile(const EachUse& use) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
      SyntaxReader reader;
      for (std::size_t i = next++; i < work_.size(); i = next++) {
        try {
          use(i, &reader);
        } catch (const std::bad_alloc&) {
          outcomes_[i].failed = "out of memory";
        } catch (const fs::filesystem_error& error) {
          outcomes_[i].failed = error.code().message();
        }
      }
    };
    const auto most = static_cast<unsigned>(
        std::clamp<std::size_t>(work_.size() / 8, 1, 256));
    std::vector<std::jthread> others;
    for (unsigned i = 1; i < std::min(threads_, most); ++i) {
      others.emplace_back(work);
    }
    work();
  }

  void First(std::size_t i, SyntaxReader* reader) {
    FileOutcome& outcome = outcomes_[i];
    const fs::path path = PathOf(i);
    std::error_code unknown;  // is said where it is read
    if (const auto size = fs::file_size(path, unknown);
        !unknown && size > kMaxFileBytes) {
      outcome.failed = "over 8 MiB: generated";
      outcome.skipped = true;
      return;
    }
    auto text = ReadText(path);
    if (!text) {
      outcome.failed = text.error().message;
      return;
    }
    outcome.bytes = text->size();
    if (IsBinary(*text)) {
      outcome.failed = "not text";
      outcome.skipped = true;
      return;
    }
    work_[i].language = LanguageOfText(i, *text);
    const Language& language = syntaxes_[work_[i].language]->language();
    outcome.formats = FindAccessFormats(formats_, root_, NameOf(i), *text);
    if (!HoldsAnyOf(*text, language.tokens) &&
        !syntaxes_[work_[i].language]->MayRoute(*text)) {
      return;
    }
    if (IsMinified(*text)) {
      outcome.failed = "minified";
      outcome.skipped = true;
      return;
    }
    outcome.module = ModuleOf(AbsolutePath(path), NameOf(i), language);
    Extract(i, *text, {}, reader);
  }

  // Notes of one file, from the cache or from its text.
  void Extract(std::size_t i, const std::string& text,
               const NotesRequest& request, SyntaxReader* reader) {
    FileOutcome& outcome = outcomes_[i];
    LazySyntax& lazy = *syntaxes_[work_[i].language];
    ContentHash key = lazy.print();
    key.Add(text);
    key.Add(outcome.module);
    for (const std::string& name : request.callees) key.Add(name);
    key.Add("|");
    for (const std::string& name : request.constants) key.Add(name);
    for (const auto& [name, pieces] : request.known) {
      key.Add(name);
      for (const Piece& piece : pieces) key.Add(piece.text);
    }
    const FilePlace place{root_, NameOf(i), outcome.module};
    if (auto kept = cache_.Find(key.Get())) {
      outcome.notes = std::move(*kept);
      outcome.cached = true;
      Relocate(place, &outcome.notes);
      return;
    }
    outcome.cached = false;
    auto syntax = lazy.Get();
    if (!syntax) {
      outcome.failed = syntax.error().message;
      return;
    }
    auto facts = FileFacts::Read(**syntax, text, reader, &request.callees);
    if (!facts) {
      outcome.failed = facts.error().message;
      return;
    }
    outcome.notes = BuildNotes(**syntax, *facts, place, request);
    AddMacroNotes(**syntax, *facts, place, request, reader, &outcome.notes);
    outcome.notes.routes = RoutesOf(**syntax, *facts, place, request);
    cache_.Put(key.Get(), outcome.notes);
  }

  static bool HasExtension(std::string_view name,
                           const std::vector<std::string>& extensions) {
    return std::any_of(
        extensions.begin(), extensions.end(),
        [&](const std::string& end) { return name.ends_with(end); });
  }

  // A file that may be an OpenAPI document; most of their kind are none.
  void ReadDocument(const std::string& file) {
    const auto text = ReadText(fs::path(root_) / file);
    if (!text || IsBinary(*text)) return;
    auto formats = FindAccessFormats(formats_, root_, file, *text);
    std::move(formats.begin(), formats.end(), std::back_inserter(declared_));
    if (!HasExtension(file, OpenApiExtensions()) || !MayBeOpenApi(*text)) {
      return;
    }
    auto routes = ReadOpenApi(root_, file, *text);
    if (!routes) {
      skipped_.push_back(file + ": " + routes.error().message);
      return;
    }
    std::move(routes->begin(), routes->end(), std::back_inserter(routes_));
  }

  void JoinLanguage(std::size_t language) {
    const Language& data = syntaxes_[language]->language();
    WrapperJoin join(data);
    NotesRequest request;
    known_of_.clear();
    for (std::size_t i = 0; i < work_.size(); ++i) {
      if (work_[i].language != language) continue;
      const FileNotes& notes = outcomes_[i].notes;
      join.AddWrappers(i, notes);
      request.constants.insert(notes.unknown.begin(), notes.unknown.end());
    }
    std::vector<std::vector<CallSite>> own;
    for (int round = 0; round < kWrapperRounds; ++round) {
      request.callees = join.TakeNewNames();
      if (request.callees.empty() && request.constants.empty()) break;
      Again(language, request);
      for (std::size_t i = 0; i < work_.size(); ++i) {
        if (work_[i].language != language) continue;
        join.AddDefinitions(i, outcomes_[i].notes);
      }
      for (std::size_t i = 0; i < work_.size(); ++i) {
        if (work_[i].language != language) continue;
        join.AddCalls(i, outcomes_[i].notes);
      }
      if (round == 0) Resolve(language, &request);
      request.constants.clear();
    }
    for (std::size_t i = 0; i < work_.size(); ++i) {
      if (work_[i].language != language) continue;
      outcomes_[i].notes.sites = join.SitesOf(i, outcomes_[i].notes.sites);
    }
  }

  // Reads the files again that hold a name of the request.
  void Again(std::size_t language, const NotesRequest& request) {
    const Words callees(request.callees);
    const Words constants(request.constants);
    std::vector<std::vector<std::string_view>> names(work_.size());
    EachFile([&](std::size_t i, SyntaxReader*) {
      outcomes_[i].notes.calls.clear();
      if (work_[i].language != language || !outcomes_[i].failed.empty()) return;
      auto text = ReadText(PathOf(i));
      if (text && !IsBinary(*text))
        names[i] = NamesIn(*text, callees, constants);
    });
    const std::set<std::string_view> common = CommonNames(names);
    EachFile([&](std::size_t i, SyntaxReader* reader) {
      NotesRequest some;
      for (const std::string_view name : names[i]) {
        const bool own = Defines(outcomes_[i].notes, name);
        if (common.count(name) && !own) continue;
        if (!callees.Find(name).empty()) some.callees.emplace(name);
        if (!constants.Find(name).empty()) some.constants.emplace(name);
      }
      if (some.callees.empty() && some.constants.empty()) return;
      auto text = ReadText(PathOf(i));
      if (!text) return;
      FileOutcome& outcome = outcomes_[i];
      if (outcome.module.empty()) {
        outcome.module = ModuleOf(AbsolutePath(PathOf(i)), NameOf(i),
                                  syntaxes_[language]->language());
      }
      some.known = request.known;
      const auto own = known_of_.find(FolderOf(i));
      if (own != known_of_.end()) {
        some.known.insert(own->second.begin(), own->second.end());
      }
      Extract(i, *text, some, reader);
    });
  }

  std::string FolderOf(std::size_t i) const {
    return fs::path(work_[i].file).parent_path().string();
  }

  static bool Defines(const FileNotes& notes, std::string_view name) {
    return std::any_of(
        notes.wrappers.begin(), notes.wrappers.end(),
        [&](const WrapperNote& note) { return note.function == name; });
  }

  // Names in so many files that they cannot mean one function: they are asked
  // about only where they are defined.
  static std::set<std::string_view> CommonNames(
      const std::vector<std::vector<std::string_view>>& names) {
    std::map<std::string_view, std::size_t> counts;
    for (const auto& of_file : names) {
      for (const std::string_view name : of_file) ++counts[name];
    }
    std::set<std::string_view> common;
    const std::size_t most = std::max<std::size_t>(50, names.size() / 20);
    for (const auto& [name, count] : counts) {
      if (count > most) common.insert(name);
    }
    return common;
  }

  // Constants of the files that share their names.
  void ResolveInFolders(std::size_t language) {
    known_of_.clear();
    std::map<std::string, std::map<std::string, std::vector<Pieces>>> found;
    for (std::size_t i = 0; i < work_.size(); ++i) {
      if (work_[i].language != language) continue;
      auto& folder = found[FolderOf(i)];
      known_of_[FolderOf(i)];
      for (const auto& [name, values] : outcomes_[i].notes.constants) {
        auto& all = folder[name];
        all.insert(all.end(), values.begin(), values.end());
      }
    }
    if (!syntaxes_[language]->language().folder_is_module) return;
    for (const auto& [folder, names] : found) {
      for (const auto& [name, values] : names) {
        if (values.size() == 1) known_of_[folder][name] = values[0];
      }
    }
  }

  // Puts constants that all files agree on where they are used.
  void Resolve(std::size_t language, NotesRequest* request) {
    std::map<std::string, std::vector<Pieces>> found;
    for (std::size_t i = 0; i < work_.size(); ++i) {
      if (work_[i].language != language) continue;
      for (const auto& [name, values] : outcomes_[i].notes.constants) {
        if (!Flattener::IsShouted(name)) continue;
        auto& all = found[name];
        all.insert(all.end(), values.begin(), values.end());
      }
    }
    for (const auto& [name, values] : found) {
      if (values.size() == 1) request->known[name] = values[0];
    }
    ResolveInFolders(language);
    EachFile([&](std::size_t i, SyntaxReader* reader) {
      FileOutcome& outcome = outcomes_[i];
      if (work_[i].language != language) return;
      const auto& own = known_of_.at(FolderOf(i));
      NotesRequest some;
      for (const std::string& name : outcome.notes.unknown) {
        const auto known = request->known.find(name);
        if (known != request->known.end()) some.known.insert(*known);
        const auto near = own.find(name);
        if (near != own.end()) some.known.insert(*near);
      }
      if (some.known.empty()) return;
      auto text = ReadText(PathOf(i));
      if (text) Extract(i, *text, some, reader);
    });
  }

  static fs::path AbsolutePath(const fs::path& path) {
    std::error_code error;
    fs::path absolute = fs::absolute(path, error).lexically_normal();
    return error ? path : absolute;
  }

  std::string given_;  // a folder or one file
  std::string root_;   // the folder
  unsigned threads_;
  NoteCache cache_;
  std::vector<std::unique_ptr<LazySyntax>> syntaxes_;
  std::vector<FileWork> work_;
  std::vector<FileOutcome> outcomes_;  // of work_, by index
  // Constants that only the files of one folder know, of the language at hand.
  std::map<std::string, std::map<std::string, Pieces>> known_of_;
  std::vector<std::string> documents_;  // files of no language
  std::vector<Route> routes_;           // that they declare
  std::vector<CallSite> declared_;      // formats of access logs, likewise
  std::vector<AccessFormatRule> formats_;
  std::vector<std::string> skipped_;  // of them
  std::vector<std::string> failed_;
  std::string not_kept_;  // why the cache was not written
};

}  // namespace

Result<SourcePassResult> ExtractCallSites(
    const std::string& root, const std::vector<Language>& languages,
    const SourceOptions& options) {
  Pass pass(root, languages, options);
  if (auto listed = pass.AddFiles(); !listed) return listed.error();
  if (auto ran = pass.Run(); !ran) return ran.error();
  return pass.Take();
}

}  // namespace logspill
