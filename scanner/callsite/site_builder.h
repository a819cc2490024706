// Makes notes of the facts of one file: which calls log, to which logger, at
// which level, and what they print.
//
// Cost:      linear in the calls of the file.

#pragma once

#include "scanner/callsite/file_facts.h"
#include "scanner/callsite/loggers.h"
#include "scanner/callsite/notes.h"

namespace logspill {

// Sites come in the order of the source.  A call with several messages (a
// conditional expression) gives a site for each, flagged "variant".  Sites have
// no ids yet.
// `in_macro`: the facts are those of a macro's body, whose parameters are text.
FileNotes BuildNotes(const Syntax& syntax, const FileFacts& facts,
                     const FilePlace& place, const NotesRequest& request,
                     bool in_macro = false);

// The level that the first known word of `text` names; empty where none does.
std::string_view LevelIn(std::string_view text, const NameMap& words);

}  // namespace logspill
