// What the streams of one input share: its name, caps, counters and events.
//
// Lifetime:  outlives the streams of its input.
// Threads:   Report(), EnterMember() and CloseMember() from the thread that
// reads;
//            counters and TakeEvents() from any.
// Cost:      at most kMaxEvents of each kind are kept, the rest is one number.

#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/input/open.h"
#include "scanner/finding/summary.h"

namespace logspill {

class InputContext {
 public:
  static constexpr std::size_t kMaxEvents = 1000;

  InputContext(std::string name, InputOptions options)
      : name_(std::move(name)), options_(std::move(options)) {}

  const std::string& name() const { return name_; }
  const InputOptions& options() const { return options_; }

  // The member that events belong to from here on.
  void EnterMember(std::string member) { member_ = std::move(member); }
  const std::string& member() const { return member_; }

  // Notes an event of the current member.  It is given out by the next
  // CloseMember(), because only then is known how much was scanned.
  void Report(InputEvent::Kind kind, std::string_view reason,
              std::string detail, std::uint64_t skipped_bytes = 0);
  void CloseMember(std::uint64_t scanned_bytes);

  // Counts bytes that a decoder made; false, and reported, when a cap is hit.
  // Nothing more of this input is read then.
  bool Expand(std::uint64_t bytes);
  bool exhausted() const { return exhausted_; }

  void Stop() { stop_.store(true, std::memory_order_relaxed); }
  bool stopped() const;

  void CountRead(std::uint64_t bytes) {
    bytes_read_.fetch_add(bytes, std::memory_order_relaxed);
  }
  std::uint64_t bytes_read() const {
    return bytes_read_.load(std::memory_order_relaxed);
  }
  void set_file_bytes(std::uint64_t bytes) { file_bytes_ = bytes; }
  // Of the file on disk, not read yet; 0 where unknown.
  std::uint64_t bytes_left() const;

  std::vector<InputEvent> TakeEvents();

 private:
  void Publish(InputEvent event);

  const std::string name_;
  const InputOptions options_;
  std::string member_;
  std::vector<InputEvent> pending_;
  std::uint64_t expanded_ = 0;
  std::uint64_t file_bytes_ = 0;
  bool exhausted_ = false;
  std::atomic<std::uint64_t> bytes_read_{0};
  std::atomic<bool> stop_{false};

  std::mutex mutex_;
  std::vector<InputEvent> events_;            // under mutex_
  std::array<std::uint64_t, 3> published_{};  // under mutex_, by kind
};

}  // namespace logspill
