#include "adapters/cli/sample_text.h"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <iterator>
#include <random>

#include "adapters/input/open.h"
#include "adapters/output/text.h"

namespace logspill {
namespace {

constexpr std::size_t kMadeUp = 16'000'000;
constexpr std::size_t kMostRead = 64'000'000;
constexpr std::size_t kPiece = 256 << 10;

// The shapes of common logs: a service, a web server, syslog, JSON, a Java
// stack.
std::string MadeUpLine(std::uint64_t n, std::mt19937_64* random) {
  const std::uint64_t a = (*random)();
  const std::uint64_t b = (*random)();
  const auto second = static_cast<unsigned>(n / 40 % 60);
  const auto minute = static_cast<unsigned>(n / 2400 % 60);
  switch (n % 8) {
    case 0:
      return fmt::format(
          "2026-11-22 21:{:02}:{:02}.{:03} INFO compute.manager [req-{:08x}-"
          "{:04x}-4{:03x}-8{:03x}-{:012x} - -] Took {:.2f} seconds to build\n",
          minute, second, a % 1000, a >> 32, a & 0xffff, b & 0xfff, b >> 52,
          b & 0xffffffffffff, static_cast<double>(a % 9000) / 100);
    case 1:
      return fmt::format(
          "10.{}.{}.{} - - [22/Nov/2026:21:{:02}:{:02} +0000] \"GET /api/v2/"
          "items?page={} HTTP/1.1\" 200 {} \"-\" \"curl/7.88.1\"\n",
          a % 256, a >> 8 & 255, a >> 16 & 255, minute, second, b % 100,
          b >> 40);
    case 2:
      return fmt::format(
          "Nov 22 21:{:02}:{:02} host{} sshd[{}]: Failed password for invalid "
          "user admin from 192.0.2.{} port {} ssh2\n",
          minute, second, a % 20, a >> 48, b % 256, b >> 48);
    case 3:
      return fmt::format(
          R"({{"ts":"2026-11-22T21:{:02}:{:02}Z","level":"info","logger":"orders","msg":"order placed","order":{},"items":{},"ms":{}}})"
          "\n",
          minute, second, a % 1000000, b % 12, b % 900);
    case 4:
      return fmt::format(
          "22/11/26 21:{:02}:{:02} INFO BlockManager: Found block rdd_{}_{} "
          "locally\n",
          minute, second, a % 100, b % 50);
    case 5:
      return fmt::format(
          "2026-11-22 21:{:02}:{:02},{:03} - WARN [SendWorker:{}:Quorum@{}] - "
          "Interrupting SendWorker\n",
          minute, second, a % 1000, b, a % 900);
    case 6:
      return fmt::format(
          "level=debug caller=flush.go:{} msg=\"flushed\" "
          "chunks={} size={}B checksum={:08x}\n",
          a % 500, a % 100, b >> 44, b & 0xffffffff);
    default:
      return fmt::format(
          "\tat org.example.orders.Handler$Worker.run(Handler.java:{})\n",
          a % 900);
  }
}

std::string MadeUp() {
  std::mt19937_64 random(20261122);
  std::string text;
  text.reserve(kMadeUp + 512);
  for (std::uint64_t n = 0; text.size() < kMadeUp; ++n) {
    text += MadeUpLine(n, &random);
  }
  return text;
}

// Appends one member, up to the limit, and ends it with a newline.
void AppendMember(Input* input, std::string* text) {
  while (text->size() < kMostRead) {
    const std::size_t before = text->size();
    text->resize(before + kPiece);
    const std::size_t size =
        input->Read(std::span(text->data() + before, kPiece));
    text->resize(before + size);
    if (size == 0) break;
  }
  if (!text->empty() && text->back() != '\n') text->push_back('\n');
}

}  // namespace

Result<std::string> SampleText(const std::vector<std::string>& paths) {
  if (paths.empty()) return MadeUp();
  std::string text;
  const auto queue = OpenInputs(paths, {});
  while (text.size() < kMostRead) {
    const auto input = queue->Next();
    if (input == nullptr) break;
    Member member;
    while (text.size() < kMostRead && input->NextMember(&member)) {
      AppendMember(input.get(), &text);
    }
  }
  if (text.empty()) {
    return Error{
        fmt::format("{}: no text to measure on", Printable(paths.front()))};
  }
  return text;
}

}  // namespace logspill
