// The secret key of a run, and what is computed with it: a fast 64-bit hash
// that stands for a value in memory, and the fingerprint that is printed.
//
// Lifetime:  a Key wipes its bytes when it dies; it is moved, never copied.
// Threads:   const after construction; safe from any thread.
// Cost:      Hash() is SipHash-2-4, about 30 ns; Fingerprint() is keyed
//            BLAKE2b, about 300 ns: taken once for each value that is printed.
// Errors:    a key file that others can read, or of fewer than 16 bytes, is
//            refused.

#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "scanner/base/result.h"

namespace logspill {

class Key {
 public:
  static constexpr std::size_t kMinBytes = 16;

  // A random key: fingerprints of this run compare with no other run's.
  static Key Random();

  // Reads a key file: hexadecimal or raw, at least 16 bytes, a trailing newline
  // ignored, mode 0600 or stricter.
  static Result<Key> FromFile(const std::string& path);

  // Makes a new key file, mode 0600, 32 random bytes in hexadecimal; fails
  // where the file exists.
  static Result<void> Create(const std::string& path);

  Key(Key&&) noexcept;
  Key& operator=(Key&&) noexcept;
  ~Key();

  // Four hexadecimal digits that name the key; printed with every fingerprint.
  const std::string& id() const { return id_; }
  // False for Random().
  bool from_file() const { return from_file_; }

  // Stands for the value inside this run.  Never printed.
  std::uint64_t Hash(std::string_view value) const;

  // "k3f2:9b1c04d2e7a85516c3f0": the key's id, then 80 bits over the value.
  std::string Fingerprint(std::string_view value) const;

 private:
  struct Secret;
  Key(std::string_view material, bool from_file);

  std::unique_ptr<Secret> secret_;
  std::string id_;
  bool from_file_ = false;
};

// Overwrites bytes so that the compiler cannot leave it out.
void Wipe(void* bytes, std::size_t size);
void Wipe(std::string* text);

}  // namespace logspill
