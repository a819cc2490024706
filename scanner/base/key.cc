#include "scanner/base/key.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace logspill {
namespace {

// Separates what is derived from one key, so that no output stands for another.
constexpr char kContext[] = "logspill";
enum Purpose : std::uint64_t { kKeyId = 1, kValueHash = 2, kPrint = 3 };

constexpr std::size_t kFingerprintBytes = 10;

bool EnsureSodium() {
  static const bool ready = sodium_init() >= 0;
  return ready;
}

std::string Hex(const unsigned char* bytes, std::size_t size) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(size * 2);
  for (std::size_t i = 0; i < size; ++i) {
    text += kDigits[bytes[i] >> 4];
    text += kDigits[bytes[i] & 15];
  }
  return text;
}

// The bytes that a key file's text stands for: hexadecimal where all of it is.
std::string Material(std::string_view text) {
  std::string bytes(text.size(), '\0');
  std::size_t size = 0;
  const char* end = nullptr;
  const int bad = sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()),
                                 bytes.size(), text.data(), text.size(),
                                 nullptr, &size, &end);
  if (bad != 0 || end != text.data() + text.size()) return std::string(text);
  bytes.resize(size);
  return bytes;
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace

struct Key::Secret {
  std::array<unsigned char, crypto_shorthash_KEYBYTES> hash_key;
  std::array<unsigned char, 32> print_key;
  ~Secret() { sodium_memzero(this, sizeof *this); }
};

Key::Key(Key&&) noexcept = default;
Key& Key::operator=(Key&&) noexcept = default;
Key::~Key() = default;

Key::Key(std::string_view material, bool from_file)
    : secret_(std::make_unique<Secret>()), from_file_(from_file) {
  EnsureSodium();
  std::array<unsigned char, crypto_kdf_KEYBYTES> master;
  crypto_generichash(master.data(), master.size(),
                     reinterpret_cast<const unsigned char*>(material.data()),
                     material.size(), nullptr, 0);
  crypto_kdf_derive_from_key(secret_->print_key.data(),
                             secret_->print_key.size(), kPrint, kContext,
                             master.data());
  std::array<unsigned char, crypto_kdf_BYTES_MIN> derived;
  crypto_kdf_derive_from_key(derived.data(), derived.size(), kValueHash,
                             kContext, master.data());
  static_assert(sizeof derived == sizeof secret_->hash_key);
  std::memcpy(secret_->hash_key.data(), derived.data(), derived.size());
  crypto_kdf_derive_from_key(derived.data(), derived.size(), kKeyId, kContext,
                             master.data());
  id_ = Hex(derived.data(), 2);
  sodium_memzero(master.data(), master.size());
  sodium_memzero(derived.data(), derived.size());
}

Key Key::Random() {
  EnsureSodium();
  std::string material(32, '\0');
  randombytes_buf(material.data(), material.size());
  Key key(material, false);
  Wipe(&material);
  return key;
}

Result<Key> Key::FromFile(const std::string& path) {
  const FileDescriptor file(
      open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) {
    return Error{path + ": cannot open the key file: " + std::strerror(errno) +
                 "; 'logspill key new FILE' makes one"};
  }
  struct stat info;
  if (fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
    return Error{path + ": the key file is not a regular file"};
  }
  if ((info.st_mode & 077) != 0) {
    return Error{path + ": others can read the key file; run 'chmod 600 " +
                 path + "'"};
  }
  std::string text(4097, '\0');
  const ssize_t size = read(file.get(), text.data(), text.size());
  if (size < 0) {
    return Error{path + ": cannot read the key file: " + std::strerror(errno)};
  }
  if (size == static_cast<ssize_t>(text.size())) {
    Wipe(&text);
    return Error{path +
                 ": the key file holds more than 4096 bytes; is it a key?"};
  }
  text.resize(static_cast<std::size_t>(size));
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  std::string material = Material(text);
  Wipe(&text);
  if (material.size() < kMinBytes) {
    Wipe(&material);
    return Error{path +
                 ": the key has fewer than 16 bytes; 'logspill key new "
                 "FILE' makes a good one"};
  }
  Key key(material, true);
  Wipe(&material);
  return key;
}

Result<void> Key::Create(const std::string& path) {
  EnsureSodium();
  const FileDescriptor file(
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (file.get() < 0) {
    return Error{path + ": cannot make the key file: " + std::strerror(errno)};
  }
  std::array<unsigned char, 32> bytes;
  randombytes_buf(bytes.data(), bytes.size());
  std::string text = Hex(bytes.data(), bytes.size()) + "\n";
  sodium_memzero(bytes.data(), bytes.size());
  const bool written = write(file.get(), text.data(), text.size()) ==
                           static_cast<ssize_t>(text.size()) &&
                       fsync(file.get()) == 0;
  Wipe(&text);
  if (!written) {
    unlink(path.c_str());
    return Error{path + ": cannot write the key file: " + std::strerror(errno)};
  }
  return {};
}

std::uint64_t Key::Hash(std::string_view value) const {
  std::array<unsigned char, crypto_shorthash_BYTES> out;
  crypto_shorthash(out.data(),
                   reinterpret_cast<const unsigned char*>(value.data()),
                   value.size(), secret_->hash_key.data());
  std::uint64_t hash;
  std::memcpy(&hash, out.data(), sizeof hash);
  return hash;
}

std::string Key::Fingerprint(std::string_view value) const {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> out;
  crypto_generichash(out.data(), out.size(),
                     reinterpret_cast<const unsigned char*>(value.data()),
                     value.size(), secret_->print_key.data(),
                     secret_->print_key.size());
  return id_ + ":" + Hex(out.data(), kFingerprintBytes);
}

void Wipe(void* bytes, std::size_t size) { sodium_memzero(bytes, size); }

void Wipe(std::string* text) {
  sodium_memzero(text->data(), text->size());
  text->clear();
}

}  // namespace logspill
