#include "adapters/input/member_walk.h"

#include <fmt/format.h>

#include <utility>

#include "adapters/input/archive_reader.h"
#include "adapters/input/decoded_stream.h"
#include "adapters/input/text_stream.h"

namespace logspill {

Member MakeMember(std::string name, const Content& content) {
  Member member;
  member.name = std::move(name);
  member.encoding = content.text.kind == TextKind::kText ? TextEncoding::kBytes
                                                         : TextEncoding::kUtf16;
  member.big_endian = content.text.kind == TextKind::kUtf16Be;
  member.bom_bytes = content.text.bom_bytes;
  return member;
}

void MemberWalk::Walk(PeekStream& stream, const std::string& member,
                      unsigned depth, Around around, std::uint64_t bytes) {
  context_->EnterMember(member);
  const std::string_view prefix = stream.Peek();
  const Content content = Sniff(prefix, stream.whole());
  const bool compressed = content.kind == Content::Kind::kCompressed;
  if (compressed || content.kind == Content::Kind::kTar ||
      content.kind == Content::Kind::kZip) {
    // A compressed tar is one archive to people.
    const bool same =
        around == Around::kCompression && content.kind == Content::Kind::kTar;
    const unsigned inner = same ? depth : depth + 1;
    if (inner > context_->options().archive_depth) {
      context_->Report(
          InputEvent::Kind::kIncomplete, "limit",
          fmt::format("{} lies deeper than {} archives", content.what,
                      context_->options().archive_depth),
          bytes);
      context_->CloseMember(0);
    } else if (compressed) {
      WalkCompressed(stream, content.codec, member, inner);
    } else {
      WalkArchive(stream, content, member, inner);
    }
    return;
  }
  std::uint64_t scanned = 0;
  if (content.kind == Content::Kind::kText) {
    TextStream text(content.text, &stream, context_->options().exact_text);
    Member made = MakeMember(member, content);
    made.compression = compression_;
    scanned = on_text_(made, text);
    scanned_ += scanned;
  } else {
    ReportContent(content, bytes);
  }
  context_->CloseMember(scanned);
}

void MemberWalk::WalkCompressed(PeekStream& stream, Codec codec,
                                const std::string& member, unsigned depth) {
  DecodedStream decoded(codec, &stream, context_);
  PeekStream inner(&decoded);
  const std::string around = compression_;
  compression_ += compression_.empty() ? "" : "+";
  compression_ += Name(codec);
  Walk(inner, member, depth, Around::kCompression, 0);
  compression_ = around;
}

void MemberWalk::WalkArchive(PeekStream& stream, const Content& content,
                             const std::string& member, unsigned depth) {
  const std::uint64_t before = scanned_;
  ArchiveReader archive(content.kind == Content::Kind::kTar
                            ? ArchiveReader::Format::kTar
                            : ArchiveReader::Format::kZip,
                        &stream, context_);
  while (archive.Next()) {
    const std::string name =
        member.empty() ? archive.name() : member + "/" + archive.name();
    if (archive.entry_encrypted()) {
      context_->EnterMember(name);
      context_->Report(InputEvent::Kind::kIncomplete, "encrypted",
                       "entry is encrypted; extract it with its password",
                       archive.entry_bytes());
      context_->CloseMember(0);
    } else {
      PeekStream entry(&archive.entry());
      Walk(entry, name, depth, Around::kNothing, archive.entry_bytes());
    }
    context_->EnterMember(member);
  }
  context_->CloseMember(scanned_ - before);
}

void MemberWalk::ReportContent(const Content& content, std::uint64_t bytes) {
  if (context_->member().empty()) {
    bytes = context_->bytes_read() + context_->bytes_left();
  }
  InputEvent::Kind kind = InputEvent::Kind::kIncomplete;
  std::string_view reason = "unsupported";
  if (content.kind == Content::Kind::kNotText) {
    kind = InputEvent::Kind::kNotText;
    reason = "not-text";
  } else if (content.kind == Content::Kind::kEncrypted) {
    reason = "encrypted";
  }
  std::string detail(content.what);
  if (!content.way.empty()) detail += fmt::format("; {}", content.way);
  context_->Report(kind, reason, std::move(detail), bytes);
}

}  // namespace logspill
