// What the process does before it touches a log, so that no value it reads can
// end up in a core file or under another process's debugger.
//
// Threads:   call once, before any thread is started.

#pragma once

namespace logspill {

// `keep_proc`: paths below /proc/self and /dev/fd stay readable to this
// process, which a process that cannot be dumped loses; core files are still
// not written.
void Harden(bool keep_proc);

}  // namespace logspill
