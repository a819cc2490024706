// Is this text?  Judged on the first bytes of a file or member.
//
// Text is what a log can be: any 8-bit encoding, some NULs or a NUL-filled
// stretch, ANSI colour, and UTF-16.  Binary is what has more control bytes than
// any log has.
//
// Threads:   pure functions.
// Cost:      one pass over the bytes given.

#pragma once

#include <cstdint>
#include <string_view>

namespace logspill {

enum class TextKind : std::uint8_t { kText, kUtf16Le, kUtf16Be, kBinary };

struct TextJudgement {
  TextKind kind = TextKind::kText;
  std::uint64_t bom_bytes = 0;
};

TextJudgement JudgeText(std::string_view prefix);

// True where the bytes read as protocol-buffer messages, one after another or
// each behind its length.  `whole`: there is nothing behind `bytes`.
bool LooksLikeProtobuf(std::string_view bytes, bool whole);

// True where the bytes hold a line end and are plain ASCII up to there.
bool IsPlainLine(std::string_view bytes);

}  // namespace logspill
