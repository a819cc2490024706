// Inputs that lie in memory, and a sink that keeps what it is given.
//
// Threads:   as scanner/input.h and scanner/sink.h promise: the engine
// serialises.

#pragma once

#include <algorithm>
#include <atomic>
#include <cstring>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "scanner/input.h"
#include "scanner/sink.h"

namespace logspill {

struct MemoryText {
  std::string name;
  std::vector<std::pair<std::string, std::string>> members;  // name, text
};

// Reads are short by chance, as those of a pipe are.
class MemoryInput : public Input {
 public:
  MemoryInput(const MemoryText* text, std::uint64_t seed)
      : text_(text), random_(seed) {}

  const std::string& name() const override { return text_->name; }

  bool NextMember(Member* member) override {
    if (next_ == text_->members.size()) return false;
    member->name = text_->members[next_].first;
    rest_ = text_->members[next_++].second;
    return true;
  }

  std::size_t Read(std::span<char> buffer) override {
    std::size_t size = std::min(buffer.size(), rest_.size());
    if (size > 1 && random_() % 4 == 0) size = 1 + random_() % size;
    std::memcpy(buffer.data(), rest_.data(), size);
    rest_.remove_prefix(size);
    read_ += size;
    return size;
  }

  std::uint64_t bytes_read() const override { return read_; }
  std::int64_t modified_ms() const override { return 0; }
  std::vector<InputEvent> TakeEvents() override { return {}; }

 private:
  const MemoryText* text_;
  std::mt19937_64 random_;
  std::string_view rest_;
  std::size_t next_ = 0;
  std::atomic<std::uint64_t> read_{0};
};

class MemoryQueue : public InputQueue {
 public:
  MemoryQueue(const std::vector<MemoryText>* texts, std::uint64_t seed)
      : texts_(texts), seed_(seed) {}

  std::unique_ptr<Input> Next() override {
    if (next_ == texts_->size()) return nullptr;
    const MemoryText* text = &(*texts_)[next_++];
    return std::make_unique<MemoryInput>(text, seed_ + next_);
  }
  std::vector<InputEvent> TakeEvents() override { return {}; }
  std::uint64_t total_bytes() const override { return 0; }

 private:
  const std::vector<MemoryText>* texts_;
  std::uint64_t seed_;
  std::size_t next_ = 0;
};

class KeepingSink : public Sink {
 public:
  bool wants_findings() const override { return true; }
  bool OnFinding(const Finding& finding) override {
    findings.push_back(finding);
    return true;
  }
  bool OnAmendment(const Amendment& amendment) override {
    amendments.push_back(amendment);
    return true;
  }
  bool OnSummary(const Summary& given) override {
    summary = given;
    ++summaries;
    return true;
  }

  std::vector<Finding> findings;
  std::vector<Amendment> amendments;
  Summary summary;
  int summaries = 0;
};

}  // namespace logspill
