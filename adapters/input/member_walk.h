// Goes through an input: through compressions and archives inside one another,
// down to texts.  What is no text, or cannot be read, is reported.
//
// Threads:   one thread at a time.
// Cost:      each level holds buffers of its own; levels are capped.

#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "adapters/input/input_context.h"
#include "adapters/input/peek_stream.h"
#include "adapters/input/sniff.h"
#include "scanner/input.h"

namespace logspill {

// The member that a text is.
Member MakeMember(std::string name, const Content& content);

class MemberWalk {
 public:
  // Takes a text member; returns how many of its bytes it took.
  using OnText = std::function<std::uint64_t(const Member&, ByteStream&)>;

  MemberWalk(InputContext* context, OnText on_text)
      : context_(context), on_text_(std::move(on_text)) {}

  // Walks the whole of an input.  Throws nothing but std::bad_alloc.
  void Run(PeekStream& stream) { Walk(stream, "", 0, Around::kNothing, 0); }

 private:
  enum class Around { kNothing, kCompression };

  void Walk(PeekStream& stream, const std::string& member, unsigned depth,
            Around around, std::uint64_t bytes);
  void WalkCompressed(PeekStream& stream, Codec codec,
                      const std::string& member, unsigned depth);
  void WalkArchive(PeekStream& stream, const Content& content,
                   const std::string& member, unsigned depth);
  void ReportContent(const Content& content, std::uint64_t bytes);

  InputContext* context_;
  OnText on_text_;
  std::string compression_;  // that is around the stream at hand
  std::uint64_t scanned_ = 0;
};

}  // namespace logspill
