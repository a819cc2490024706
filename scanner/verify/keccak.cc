#include <bit>

#include "scanner/verify/checksum.h"

namespace logspill {
namespace {

using State = std::array<std::uint64_t, 25>;

constexpr std::size_t kRate = 136;  // bytes: 1600 bits less twice 256

constexpr std::uint64_t kRound[24] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808a,
    0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
    0x8000000080008081, 0x8000000000008009, 0x000000000000008a,
    0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
    0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
    0x000000000000800a, 0x800000008000000a, 0x8000000080008081,
    0x8000000000008080, 0x0000000080000001, 0x8000000080008008};

constexpr int kRotation[24] = {1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
                               27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44};
constexpr std::size_t kLane[24] = {10, 7,  11, 17, 18, 3,  5,  16,
                                   8,  21, 24, 4,  15, 23, 19, 13,
                                   12, 2,  20, 14, 22, 9,  6,  1};

void Theta(State* state) {
  State& a = *state;
  std::array<std::uint64_t, 5> column{};
  for (std::size_t x = 0; x < 5; ++x) {
    column[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
  }
  for (std::size_t x = 0; x < 5; ++x) {
    const std::uint64_t mix =
        column[(x + 4) % 5] ^ std::rotl(column[(x + 1) % 5], 1);
    for (std::size_t y = 0; y < 25; y += 5) a[x + y] ^= mix;
  }
}

void RhoPi(State* state) {
  std::uint64_t carried = (*state)[1];
  for (std::size_t i = 0; i < 24; ++i) {
    const std::uint64_t next = (*state)[kLane[i]];
    (*state)[kLane[i]] = std::rotl(carried, kRotation[i]);
    carried = next;
  }
}

void Chi(State* state) {
  for (std::size_t y = 0; y < 25; y += 5) {
    std::array<std::uint64_t, 5> row{};
    for (std::size_t x = 0; x < 5; ++x) row[x] = (*state)[y + x];
    for (std::size_t x = 0; x < 5; ++x) {
      (*state)[y + x] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
    }
  }
}

void Permute(State* state) {
  for (const std::uint64_t constant : kRound) {
    Theta(state);
    RhoPi(state);
    Chi(state);
    (*state)[0] ^= constant;
  }
}

void Absorb(State* state, std::size_t at, std::uint8_t byte) {
  (*state)[at / 8] ^= std::uint64_t{byte} << (8 * (at % 8));
}

}  // namespace

std::array<std::uint8_t, 32> Keccak256(std::string_view bytes) {
  State state{};
  std::size_t at = 0;
  for (const char c : bytes) {
    Absorb(&state, at, static_cast<std::uint8_t>(c));
    if (++at < kRate) continue;
    Permute(&state);
    at = 0;
  }
  Absorb(&state, at, 0x01);
  Absorb(&state, kRate - 1, 0x80);
  Permute(&state);
  std::array<std::uint8_t, 32> digest{};
  for (std::size_t i = 0; i < digest.size(); ++i) {
    digest[i] = static_cast<std::uint8_t>(state[i / 8] >> (8 * (i % 8)));
  }
  return digest;
}

}  // namespace logspill
