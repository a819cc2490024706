// ISA-L alone: inflates a gzip file of one member, 256 KB at a time, into
// nothing. The yardstick that the scan of a gzip file is compared with.
//
//     isal_inflate FILE

#include <fcntl.h>
#include <isa-l/igzip_lib.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <vector>

namespace {

constexpr std::size_t kBuffer = 256 << 10;

// Returns the bytes inflated, or -1 where the data is damaged.
std::int64_t Inflate(int file) {
  std::vector<std::uint8_t> in(kBuffer), out(kBuffer);
  inflate_state state;
  isal_inflate_init(&state);
  state.crc_flag = ISAL_GZIP;
  std::int64_t total = 0;
  while (state.block_state != ISAL_BLOCK_FINISH) {
    if (state.avail_in == 0) {
      const ssize_t size = ::read(file, in.data(), in.size());
      if (size <= 0) return -1;
      state.next_in = in.data();
      state.avail_in = static_cast<std::uint32_t>(size);
    }
    state.next_out = out.data();
    state.avail_out = static_cast<std::uint32_t>(out.size());
    if (isal_inflate(&state) != ISAL_DECOMP_OK) return -1;
    total += static_cast<std::int64_t>(out.size() - state.avail_out);
  }
  return total;
}

}  // namespace

int main(int argc, char** argv) {
  const int file = argc == 2 ? ::open(argv[1], O_RDONLY) : -1;
  if (file < 0) {
    std::fputs("usage: isal_inflate FILE\n", stderr);
    return 2;
  }
  const std::int64_t total = Inflate(file);
  ::close(file);
  std::printf("%jd\n", static_cast<std::intmax_t>(total));
  return total < 0 ? 1 : 0;
}
