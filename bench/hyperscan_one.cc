// Hyperscan alone: one UUID pattern over a file, blocks of 256 KB, no output
// but the count.  The yardstick that a whole scan is compared with.
//
//     hyperscan_one FILE

#include <fcntl.h>
#include <hs/hs.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <vector>

namespace {

constexpr char kUuid[] =
    R"(\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-)"
    R"([0-9a-fA-F]{12}\b)";
constexpr std::size_t kBlock = 256 << 10;

int CountMatch(unsigned, unsigned long long, unsigned long long, unsigned,
               void* count) {
  ++*static_cast<std::uint64_t*>(count);
  return 0;
}

int ScanFile(int file, const hs_database_t* database, hs_scratch_t* scratch) {
  std::vector<char> block(kBlock);
  std::uint64_t count = 0;
  for (ssize_t size; (size = ::read(file, block.data(), kBlock)) > 0;) {
    if (hs_scan(database, block.data(), static_cast<unsigned>(size), 0, scratch,
                CountMatch, &count) != HS_SUCCESS) {
      return 1;
    }
  }
  std::printf("%ju\n", static_cast<std::uintmax_t>(count));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  const int file = argc == 2 ? ::open(argv[1], O_RDONLY) : -1;
  if (file < 0) {
    std::fputs("usage: hyperscan_one FILE\n", stderr);
    return 2;
  }
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  hs_scratch_t* scratch = nullptr;
  if (hs_compile(kUuid, 0, HS_MODE_BLOCK, nullptr, &database, &error) !=
          HS_SUCCESS ||
      hs_alloc_scratch(database, &scratch) != HS_SUCCESS) {
    return 1;
  }
  const int status = ScanFile(file, database, scratch);
  hs_free_scratch(scratch);
  hs_free_database(database);
  ::close(file);
  return status;
}
