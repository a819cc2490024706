#include "adapters/input/input_context.h"

#include <fmt/format.h>

#include <utility>

namespace logspill {

void InputContext::Report(InputEvent::Kind kind, std::string_view reason,
                          std::string detail, std::uint64_t skipped_bytes) {
  InputEvent event;
  event.kind = kind;
  event.input = name_;
  event.member = member_;
  event.reason = reason;
  event.detail = std::move(detail);
  event.skipped_bytes = skipped_bytes;
  pending_.push_back(std::move(event));
}

void InputContext::CloseMember(std::uint64_t scanned_bytes) {
  for (InputEvent& event : pending_) {
    event.scanned_bytes = scanned_bytes;
    Publish(std::move(event));
  }
  pending_.clear();
}

// The event that passes the cap says so; those behind it are dropped, so that
// an archive of a million pictures does not fill the memory.
void InputContext::Publish(InputEvent event) {
  const std::scoped_lock lock(mutex_);
  std::uint64_t& count = published_[static_cast<std::size_t>(event.kind)];
  if (++count > kMaxEvents + 1) return;
  if (count == kMaxEvents + 1) {
    event.member.clear();
    event.reason = "more";
    event.detail =
        fmt::format("more than {} such events; not listed", kMaxEvents);
    event.scanned_bytes = 0;
  }
  events_.push_back(std::move(event));
}

bool InputContext::Expand(std::uint64_t bytes) {
  if (exhausted_) return false;
  expanded_ += bytes;
  if (expanded_ > options_.max_expanded_bytes) {
    exhausted_ = true;
    Report(InputEvent::Kind::kIncomplete, "limit",
           fmt::format("expands to more than {} bytes",
                       options_.max_expanded_bytes),
           bytes_left());
  } else if (expanded_ > options_.bomb_bytes &&
             expanded_ / options_.bomb_ratio > bytes_read()) {
    exhausted_ = true;
    Report(InputEvent::Kind::kIncomplete, "limit",
           fmt::format("expands more than {} times, to over {} bytes",
                       options_.bomb_ratio, options_.bomb_bytes),
           bytes_left());
  }
  return !exhausted_;
}

bool InputContext::stopped() const {
  return stop_.load(std::memory_order_relaxed) ||
         (options_.stop != nullptr &&
          options_.stop->load(std::memory_order_relaxed));
}

std::uint64_t InputContext::bytes_left() const {
  const std::uint64_t read = bytes_read();
  return file_bytes_ > read ? file_bytes_ - read : 0;
}

std::vector<InputEvent> InputContext::TakeEvents() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(events_, {});
}

}  // namespace logspill
