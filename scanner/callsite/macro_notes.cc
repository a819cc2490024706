#include "scanner/callsite/macro_notes.h"

#include <algorithm>

#include "scanner/callsite/site_builder.h"

namespace logspill {
namespace {

constexpr std::size_t kMaxBody = 16 << 10;  // bytes; longer ones are no calls

// "int fmt, int arg" of "(fmt, arg, ...)": text that declares them.
std::string Declared(std::string_view parameters) {
  std::string declared;
  for (std::size_t at = 0; at < parameters.size();) {
    while (at < parameters.size() && !IsWordByte(parameters[at])) ++at;
    const std::size_t begin = at;
    while (at < parameters.size() && IsWordByte(parameters[at])) ++at;
    if (at == begin) break;
    if (!declared.empty()) declared += ", ";
    declared += "int ";
    declared += parameters.substr(begin, at - begin);
  }
  return declared;
}

// The body on one line, without what only the preprocessor reads.
std::string Flat(std::string_view body) {
  std::string flat;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const bool joins = body[i] == '\\' && i + 1 < body.size() &&
                       (body[i + 1] == '\n' || body[i + 1] == '\r');
    const bool pastes = body.substr(i, 2) == "##";
    if (pastes) ++i;
    const bool line_end = body[i] == '\n' || body[i] == '\r';
    flat += joins || pastes || line_end ? ' ' : body[i];
  }
  return flat;
}

bool MayLog(const Syntax& syntax, const NotesRequest& request,
            std::string_view body) {
  const auto holds = [&](const std::string& text) {
    return body.find(text) != std::string_view::npos;
  };
  const auto& tokens = syntax.language().tokens;
  return std::any_of(tokens.begin(), tokens.end(), holds) ||
         std::any_of(request.callees.begin(), request.callees.end(), holds);
}

void Move(const FilePlace& place, std::uint32_t line, CallSite* site) {
  site->file = place.file;
  site->line = site->end_line = line;
  site->column = 1;
}

}  // namespace

void AddMacroNotes(const Syntax& syntax, const FileFacts& facts,
                   const FilePlace& place, const NotesRequest& request,
                   SyntaxReader* reader, FileNotes* notes) {
  for (const Macro& macro : facts.macros()) {
    if (request.callees.count(std::string(macro.name))) {
      notes->functions.emplace(macro.name);
    }
    if (macro.body.size() > kMaxBody || !MayLog(syntax, request, macro.body)) {
      continue;
    }
    const std::string text = "void " + std::string(macro.name) + "(" +
                             Declared(macro.parameters) + ") { " +
                             Flat(macro.body) + "; }\n";
    auto inner = FileFacts::Read(syntax, text, reader, &request.callees);
    if (!inner) continue;
    FileNotes found = BuildNotes(syntax, *inner, place, request, true);
    const auto first = static_cast<std::uint32_t>(notes->sites.size());
    for (CallSite& site : found.sites) {
      Move(place, macro.line, &site);
      notes->sites.push_back(std::move(site));
    }
    for (WrapperNote& wrapper : found.wrappers) {
      wrapper.site += first;
      notes->wrappers.push_back(std::move(wrapper));
    }
    for (CallNote& call : found.calls) {
      Move(place, macro.line, &call.place);
      notes->calls.push_back(std::move(call));
    }
  }
}

}  // namespace logspill
