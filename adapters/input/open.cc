#include "adapters/input/open.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <utility>

#include "adapters/input/file_input.h"
#include "adapters/input/file_stream.h"
#include "adapters/input/folder_walk.h"
#include "adapters/input/peek_stream.h"
#include "adapters/input/sniff.h"

namespace logspill {
namespace {

// "reason: detail" as an event.
InputEvent MakeEvent(const std::string& path, const std::string& refused,
                     InputEvent::Kind kind, std::uint64_t bytes) {
  InputEvent event;
  event.kind = kind;
  event.input = path;
  const std::size_t colon = refused.find(": ");
  event.reason = refused.substr(0, colon);
  if (colon != std::string::npos) event.detail = refused.substr(colon + 2);
  event.skipped_bytes = bytes;
  return event;
}

InputEvent::Kind KindOf(const FoundFile& file) {
  switch (file.why) {
    case FoundFile::Why::kUnreadable:
      return InputEvent::Kind::kIncomplete;
    case FoundFile::Why::kOdd:
      return InputEvent::Kind::kWarning;
    default:
      return InputEvent::Kind::kNotText;
  }
}

WalkCounts Count(const std::vector<FoundFile>& files) {
  WalkCounts counts;
  for (const FoundFile& file : files) {
    if (file.refused.empty()) ++counts.files;
    if (file.why == FoundFile::Why::kUnreadable) ++counts.unreadable;
    if (file.why == FoundFile::Why::kUnmatched) ++counts.unmatched;
  }
  return counts;
}

std::vector<FoundFile> FindFiles(const std::vector<std::string>& paths,
                                 const InputOptions& options) {
  FolderWalk walk(options);
  for (const std::string& path : paths) walk.Add(path);
  return walk.Take();
}

class FileQueue : public InputQueue {
 public:
  FileQueue(std::vector<FoundFile> files, InputOptions options)
      : files_(std::move(files)), options_(std::move(options)) {
    for (const FoundFile& file : files_) total_bytes_ += file.bytes;
  }

  std::unique_ptr<Input> Next() override {
    while (next_ < files_.size()) {
      const FoundFile& file = files_[next_++];
      if (file.listed_only()) continue;
      if (!file.refused.empty()) {
        events_.push_back(MakeEvent(file.path, file.refused, KindOf(file), 0));
      } else if (std::unique_ptr<Input> input = Open(file)) {
        return input;
      }
    }
    return nullptr;
  }

  std::vector<InputEvent> TakeEvents() override {
    return std::exchange(events_, {});
  }
  std::uint64_t total_bytes() const override { return total_bytes_; }

 private:
  std::unique_ptr<Input> Open(const FoundFile& file) {
    auto context = std::make_unique<InputContext>(file.path, options_);
    auto stream = FileStream::Open(file.path, context.get());
    if (stream) {
      return std::make_unique<FileInput>(std::move(context),
                                         std::move(*stream));
    }
    const std::string& why = stream.error().message;
    const auto kind = why.starts_with("not-a-file")
                          ? InputEvent::Kind::kNotText
                          : InputEvent::Kind::kIncomplete;
    events_.push_back(MakeEvent(file.path, why, kind, file.bytes));
    return nullptr;
  }

  std::vector<FoundFile> files_;
  InputOptions options_;
  std::size_t next_ = 0;
  std::uint64_t total_bytes_ = 0;
  std::vector<InputEvent> events_;
};

ListedFile List(const FoundFile& file, const InputOptions& options) {
  if (!file.refused.empty()) return {file.path, false, file.refused};
  InputContext context(file.path, options);
  auto stream = FileStream::Open(file.path, &context);
  if (!stream) return {file.path, false, stream.error().message};
  if ((*stream)->live()) return {file.path, true, "pipe"};
  PeekStream peek(stream->get());
  const std::string_view prefix = peek.Peek();
  const Content content = Sniff(prefix, peek.whole());
  if (peek.damaged()) return {file.path, false, "unreadable"};
  const bool scanned = content.kind != Content::Kind::kNotText &&
                       content.kind != Content::Kind::kUnsupported &&
                       content.kind != Content::Kind::kEncrypted;
  std::string what(content.what);
  if (content.kind == Content::Kind::kNotText) what = "not text: " + what;
  if (!scanned && content.kind != Content::Kind::kNotText) {
    what = fmt::format("unsupported: {}; {}", what, content.way);
  }
  return {file.path, scanned, std::move(what)};
}

}  // namespace

std::unique_ptr<InputQueue> OpenInputs(const std::vector<std::string>& paths,
                                       const InputOptions& options,
                                       WalkCounts* counts) {
  std::vector<FoundFile> files = FindFiles(paths, options);
  if (counts != nullptr) *counts = Count(files);
  return std::make_unique<FileQueue>(std::move(files), options);
}

std::vector<ListedFile> ListFiles(const std::vector<std::string>& paths,
                                  const InputOptions& options) {
  std::vector<ListedFile> listed;
  for (const FoundFile& file : FindFiles(paths, options)) {
    listed.push_back(List(file, options));
  }
  return listed;
}

}  // namespace logspill
