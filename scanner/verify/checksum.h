// Check digits and checksums that identifiers carry.  Private to this folder.
//
// Threads:   pure functions; safe from any thread.
// Errors:    a value whose alphabet or length does not fit fails its check.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logspill {

// ISO/IEC 7812-1 annex B; bytes that are no digits are passed over.
bool LuhnHolds(std::string_view digits);

// ISO/IEC 7064 MOD 97-10 over the value with its first four characters moved
// to the end, as ISO 13616 asks; blanks are passed over.
bool Mod97Holds(std::string_view iban);

// CRC-32 of IEEE 802.3.
std::uint32_t Crc32(std::string_view bytes);

// `size` digits of base 62 (0-9A-Za-z), with leading zeros.
std::string Base62(std::uint32_t number, std::size_t size);

// Whether it is worth to decode `text`: it begins with one of `firsts`, which
// the version decides, and has letters of both cases, as nearly all of 26
// characters have, and no number in hexadecimal.
bool MayBeBase58(std::string_view text, std::string_view firsts);

// The bytes of a base58 text behind whose payload stand the first four bytes of
// its double SHA-256; nullopt where they do not.
std::optional<std::string> DecodeBase58Check(std::string_view text);

// BIP 173 (bech32) and BIP 350 (bech32m).
bool Bech32Holds(std::string_view text);

// Keccak-256 as Ethereum uses it: the padding of the submission, not of SHA-3.
std::array<std::uint8_t, 32> Keccak256(std::string_view bytes);

}  // namespace logspill
