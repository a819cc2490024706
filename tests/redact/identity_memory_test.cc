#include "scanner/redact/identity_memory.h"

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <random>

#include "patterns/loader.h"

namespace logspill {
namespace {

constexpr std::size_t kMost = 300;

Identity Known(SubjectId subject, Strength strength) {
  Identity identity;
  identity.subject = subject;
  identity.strength = strength;
  return identity;
}

// One of 2,000 hashes whose homes, the table's last few and its first, lie side
// by side: chains are long and go round.
std::uint64_t Crowded(std::uint64_t number) {
  const std::uint64_t home = (4090 + number % 16) % 4096;
  return (number / 16 % 125) << 13 | home << 1 | 1;
}

class IdentityMemoryTest : public testing::Test {
 protected:
  void SetUp() override {
    auto subjects = LoadSubjects({});
    ASSERT_TRUE(subjects.ok());
    subjects_ = std::move(*subjects);
  }

  SubjectTable subjects_;
};

TEST_F(IdentityMemoryTest, HoldsWhatAListOfTheNewestWouldHold) {
  IdentityMemory memory(&subjects_, kMost);
  std::map<std::uint64_t, Identity> known;
  std::deque<std::uint64_t> order;
  std::mt19937_64 random(1);
  for (int step = 0; step < 20'000; ++step) {
    const std::uint64_t hash = Crowded(random());
    const auto subject = static_cast<SubjectId>(1 + random() % 2);
    const Identity identity = Known(subject, Strength::kWords);
    memory.Learn(hash, identity);
    const auto [at, is_new] = known.try_emplace(hash, identity);
    if (!is_new) {
      at->second = Identity::Join(at->second, identity, subjects_);
    } else {
      order.push_back(hash);
      if (order.size() > kMost) {
        known.erase(order.front());
        order.pop_front();
      }
    }
    const std::uint64_t asked = Crowded(random());
    const auto expected = known.find(asked);
    ASSERT_EQ(memory.Of(asked),
              expected == known.end() ? Identity() : expected->second)
        << "step " << step;
    ASSERT_EQ(memory.size(), known.size());
  }
}

TEST_F(IdentityMemoryTest, GrowsWithoutForgetting) {
  IdentityMemory memory(&subjects_);
  constexpr std::uint64_t kCount = 50'000;
  for (std::uint64_t i = 1; i <= kCount; ++i) {
    memory.Learn(i * 0x9E3779B97F4A7C15 | 1, Known(1, Strength::kWords));
  }
  for (std::uint64_t i = 1; i <= kCount; ++i) {
    ASSERT_EQ(memory.Of(i * 0x9E3779B97F4A7C15 | 1).subject, 1) << i;
  }
}

TEST_F(IdentityMemoryTest, WhatProvesNothingIsNotKept) {
  IdentityMemory memory(&subjects_);
  memory.Learn(3, Identity());
  EXPECT_EQ(memory.size(), 0U);
}

}  // namespace
}  // namespace logspill
