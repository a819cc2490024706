// Log calls inside macros: the body of a macro is read as that of a function
// with the same parameters.
//
// A macro that passes a parameter on as message is a wrapper whose caller is the
// place that is printed.
//
// Threads:   as SyntaxReader.
// Cost:      parses each macro body that holds a logging token.

#pragma once

#include "scanner/callsite/file_facts.h"
#include "scanner/callsite/loggers.h"
#include "scanner/callsite/notes.h"

namespace logspill {

// Adds what the macros of `facts` hold to the notes of their file.
void AddMacroNotes(const Syntax& syntax, const FileFacts& facts,
                   const FilePlace& place, const NotesRequest& request,
                   SyntaxReader* reader, FileNotes* notes);

}  // namespace logspill
