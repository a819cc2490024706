#include "scanner/finding/aggregator.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

namespace logspill {
namespace {

constexpr std::size_t kFirstCapacity = 64;  // pairs, each shard
constexpr double kMaxLoad = 0.85;
constexpr double kGrowth = 1.3;

std::uint64_t Mix(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  return x ^ x >> 33;
}

// The hash's low bits choose the shard, its high bits the slot.
std::size_t HomeSlot(std::uint64_t hash, std::size_t capacity) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::size_t>(Wide{hash} * capacity >> 64);
}

std::uint32_t SaturatingAdd(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t sum = a + b;
  return sum < a ? ~0U : sum;
}

}  // namespace

// ---- DistinctSketch (HyperLogLog)

void DistinctSketch::Add(std::uint64_t hash) {
  if (registers_.empty()) registers_.resize(std::size_t{1} << kBits);
  const std::size_t index = hash >> (64 - kBits);
  const auto rank = static_cast<std::uint8_t>(
      std::countl_zero(hash << kBits | (std::uint64_t{1} << (kBits - 1))) + 1);
  registers_[index] = std::max(registers_[index], rank);
}

std::uint64_t DistinctSketch::Estimate() const {
  if (registers_.empty()) return 0;
  const auto m = static_cast<double>(registers_.size());
  double sum = 0;
  double zeros = 0;
  for (const std::uint8_t rank : registers_) {
    sum += std::ldexp(1.0, -rank);
    zeros += rank == 0 ? 1 : 0;
  }
  const double estimate = 0.7213 / (1 + 1.079 / m) * m * m / sum;
  if (estimate <= 2.5 * m && zeros > 0) {
    return static_cast<std::uint64_t>(std::llround(m * std::log(m / zeros)));
  }
  return static_cast<std::uint64_t>(std::llround(estimate));
}

// ---- Groups

namespace {

// Site and hole of an identity name who proved it: the code's own are hashed.
std::uint64_t Bits(const Identity& identity) {
  return std::uint64_t{identity.subject} << 16 |
         static_cast<std::uint64_t>(identity.strength) << 12 |
         static_cast<std::uint64_t>(identity.source) << 8 |
         static_cast<std::uint64_t>(identity.relation) << 4;
}

}  // namespace

std::size_t GroupKeyHash::operator()(const GroupKey& key) const {
  const CodeEvidence& code = key.code;
  std::uint64_t x = Mix(key.field ^ key.allowed << 1) ^ key.identity.route;
  x = Mix(x ^ (std::uint64_t{key.rule} << 32 |
               static_cast<std::uint32_t>(code.site)));
  x = Mix(x ^ (static_cast<std::uint64_t>(static_cast<std::uint32_t>(code.hole))
                   << 32 |
               Bits(key.identity) | static_cast<std::uint64_t>(key.verdict)));
  x = Mix(x ^ Bits(code.identity) ^ code.roots << 40 ^
          static_cast<std::uint64_t>(code.cause) << 1 ^
          static_cast<std::uint64_t>(code.in_part));
  return static_cast<std::size_t>(x);
}

GroupId Groups::Find(GroupKey key, std::string_view field,
                     std::string_view shape, std::string_view note) {
  const std::lock_guard lock(mutex_);
  if (groups_.size() >= kMaxGroups && !ids_.contains(key)) {
    key.field = 0;
    field = shape = {};
  }
  const auto [at, is_new] =
      ids_.try_emplace(key, static_cast<GroupId>(groups_.size()));
  if (is_new) {
    Group& group = groups_.emplace_back();
    group.key = key;
    group.field = field;
    group.shape = shape;
    group.note = note;
  }
  return at->second;
}

void Groups::Offer(GroupId id, const GroupExample& example) {
  const std::lock_guard lock(mutex_);
  GroupExample& held = groups_[id].example;
  const auto place = [](const GroupExample& e) {
    return std::tuple(e.input, e.member, e.offset);
  };
  if (place(example) < place(held)) held = example;
}

void Groups::Spill(GroupId id, std::uint64_t hash, std::uint64_t findings,
                   std::uint64_t lines) {
  const std::lock_guard lock(mutex_);
  Group& group = groups_[id];
  group.spilled += findings;
  group.spilled_lines += lines;
  group.spilled_values.Add(hash);
}

std::size_t Groups::size() const {
  const std::lock_guard lock(mutex_);
  return groups_.size();
}

const Group& Groups::at(GroupId id) const {
  const std::lock_guard lock(mutex_);
  return groups_[id];
}

std::int32_t Groups::Tie(std::span<const std::int32_t> sites) {
  const std::lock_guard lock(mutex_);
  const auto next = kNoSite - 1 - static_cast<std::int32_t>(tied_.size());
  const auto [at, is_new] =
      ties_.try_emplace({sites.begin(), sites.end()}, next);
  if (is_new) tied_.push_back(&at->first);
  return at->second;
}

const std::vector<std::int32_t>& Groups::Tied(std::int32_t tie) const {
  const std::lock_guard lock(mutex_);
  return *tied_[static_cast<std::size_t>(kNoSite - 1 - tie)];
}

// ---- Values

void Pair::SetTimes(std::int64_t first, std::int64_t last) {
  first_low = static_cast<std::uint32_t>(first);
  first_high = static_cast<std::uint16_t>(first >> 32);
  last_low = static_cast<std::uint32_t>(last);
  last_high = static_cast<std::uint16_t>(last >> 32);
}

std::int64_t Pair::Time(std::uint32_t low, std::uint16_t high) {
  return static_cast<std::int64_t>(static_cast<std::int16_t>(high)) *
             (1LL << 32) +
         low;
}

Values::Values(std::uint64_t budget, Groups* groups,
               const SubjectTable* subjects)
    : shard_budget_(std::max<std::uint64_t>(budget / kShards, 1)),
      groups_(groups),
      subjects_(subjects) {}

Values::Place Values::Slot(std::vector<Pair>* pairs, std::uint64_t hash,
                           GroupId group) {
  std::size_t at = HomeSlot(hash, pairs->size());
  for (int near = 0;;) {
    Pair& pair = (*pairs)[at];
    if (pair.findings == 0 || (pair.hash == hash && pair.group == group)) {
      return {&pair, near > kNear};
    }
    if (pair.hash == hash && ++near == kNear) {
      at = HomeSlot(Mix(hash ^ group * 0x9E3779B97F4A7C15ULL), pairs->size());
      ++near;
    } else if (++at == pairs->size()) {
      at = 0;
    }
  }
}

void Values::JoinFar(Shard* shard, std::uint64_t hash, GroupId group) const {
  const GroupKey& key = groups_->at(group).key;
  std::vector<Proof>& proofs = shard->far[hash];
  AddProof(0, key.identity, &proofs);
  if (key.code.roots != 0) AddProof(key.code.roots, key.code.identity, &proofs);
}

void Values::AddProof(std::uint64_t roots, const Identity& identity,
                      std::vector<Proof>* proofs) const {
  for (Proof& proof : *proofs) {
    if (proof.roots != roots) continue;
    proof.identity = Identity::Join(proof.identity, identity, *subjects_);
    return;
  }
  proofs->push_back({roots, identity});
}

Identity Values::IdentityOf(const GroupKey& key) const {
  if (!Trusts(key.code)) return key.identity;
  return Identity::Join(key.identity, key.code.identity, *subjects_);
}

void Values::Grow(Shard* shard) const {
  const auto capacity = std::max(
      kFirstCapacity, static_cast<std::size_t>(
                          static_cast<double>(shard->pairs.size()) * kGrowth));
  std::vector<Pair> larger(capacity);
  for (const Pair& pair : shard->pairs) {
    if (pair.findings != 0) {
      const Place place = Slot(&larger, pair.hash, pair.group);
      *place.pair = pair;
      // Others may be the near ones now.
      if (place.far) JoinFar(shard, pair.hash, pair.group);
    }
  }
  shard->pairs = std::move(larger);
}

void Values::Add(std::uint64_t hash, GroupId group, const PairCount& count) {
  Shard& shard = shards_[hash % kShards];
  const std::lock_guard lock(shard.mutex);
  if (static_cast<double>(shard.used + 1) >
      kMaxLoad * static_cast<double>(shard.pairs.size())) {
    Grow(&shard);
  }
  const Place place = Slot(&shard.pairs, hash, group);
  Pair* pair = place.pair;
  if (pair->findings == 0) {
    if (shard.used >= shard_budget_) {
      groups_->Spill(group, hash, count.findings, count.lines);
      return;
    }
    ++shard.used;
    if (place.far) JoinFar(&shard, hash, group);
    *pair = Pair{};
    pair->hash = hash;
    pair->group = group;
    pair->SetTimes(Pair::kNoTime, -Pair::kNoTime);
  }
  pair->findings = SaturatingAdd(pair->findings, count.findings);
  pair->lines = SaturatingAdd(pair->lines, count.lines);
  pair->SetTimes(std::min(pair->first(), count.first),
                 std::max(pair->last(), count.last));
}

Identity Values::Joined(std::uint64_t hash, const Identity& local) const {
  const Shard& shard = shards_[hash % kShards];
  const std::vector<Pair>& pairs = shard.pairs;
  Identity joined = local;
  if (pairs.empty()) return joined;
  int near = 0;
  for (std::size_t at = HomeSlot(hash, pairs.size());
       pairs[at].findings != 0 && near < kNear;) {
    if (pairs[at].hash == hash) {
      ++near;
      joined = Identity::Join(
          joined, IdentityOf(groups_->at(pairs[at].group).key), *subjects_);
    }
    if (++at == pairs.size()) at = 0;
  }
  if (near < kNear) return joined;
  const auto far = shard.far.find(hash);
  if (far == shard.far.end()) return joined;
  for (const Proof& proof : far->second) {
    if ((proof.roots & distrusted_) != 0) continue;
    joined = Identity::Join(joined, proof.identity, *subjects_);
  }
  return joined;
}

// ---- ValueCache

void ValueCache::Add(std::uint64_t hash, GroupId group, bool new_line,
                     std::optional<std::int64_t> time_ms) {
  Entry& entry =
      slots_[(hash ^ group * 0x9E3779B97F4A7C15ULL) >> 7 & (kSlots - 1)];
  if (entry.hash != hash || entry.group != group ||
      entry.count.findings == ~0U) {
    if (entry.count.findings != 0)
      values_->Add(entry.hash, entry.group, entry.count);
    entry = Entry{hash, group, {}};
  }
  ++entry.count.findings;
  entry.count.lines += new_line ? 1 : 0;
  if (time_ms) {
    entry.count.first = std::min(entry.count.first, *time_ms);
    entry.count.last = std::max(entry.count.last, *time_ms);
  }
}

void ValueCache::Flush() {
  for (Entry& entry : slots_) {
    if (entry.count.findings != 0)
      values_->Add(entry.hash, entry.group, entry.count);
    entry = Entry{};
  }
}

}  // namespace logspill
