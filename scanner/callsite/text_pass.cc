#include "scanner/callsite/file_facts.h"
#include "scanner/callsite/macro_notes.h"
#include "scanner/callsite/route_notes.h"
#include "scanner/callsite/site_builder.h"
#include "scanner/callsite/site_ids.h"
#include "scanner/callsite/source_pass.h"
#include "scanner/callsite/syntax.h"
#include "scanner/callsite/wrapper_join.h"

namespace logspill {

Result<SourcePassResult> ExtractFromText(const std::string& root,
                                         const std::string& file,
                                         const std::string& module,
                                         const std::string& text,
                                         const Language& language) {
  auto syntax = Syntax::Make(language);
  if (!syntax) return syntax.error();
  SyntaxReader reader;
  WrapperJoin join(language);
  NotesRequest request;
  const FilePlace place{root, file, module};
  FileNotes notes;
  for (int round = 0; round <= kWrapperRounds; ++round) {
    auto facts = FileFacts::Read(**syntax, text, &reader, &request.callees);
    if (!facts) return facts.error();
    notes = BuildNotes(**syntax, *facts, place, request);
    AddMacroNotes(**syntax, *facts, place, request, &reader, &notes);
    notes.routes = RoutesOf(**syntax, *facts, place, request);
    if (round == 0) {
      join.AddWrappers(0, notes);
    } else {
      join.AddDefinitions(0, notes);
      join.AddCalls(0, notes);
    }
    request.callees = join.TakeNewNames();
    if (request.callees.empty()) break;
  }
  notes.sites = join.SitesOf(0, notes.sites);
  SourcePassResult result;
  NumberSites(module, SitePrefix(language), &notes.sites);
  for (CallSite& site : notes.sites) {
    result.stats.unresolved += site.Has("unresolved");
    result.sites.push_back(std::move(site));
  }
  result.routes = std::move(notes.routes);
  result.stats.files = 1;
  result.stats.bytes = text.size();
  result.stats.files_parsed = 1;
  result.stats.files_damaged = notes.damaged;
  return result;
}

Result<void> CheckLanguage(const Language& language) {
  auto syntax = Syntax::Make(language);
  if (!syntax) return syntax.error();
  return {};
}

}  // namespace logspill
