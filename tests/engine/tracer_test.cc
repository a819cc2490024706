// Threads, short reads and the places where blocks end never change a trace.

#include "scanner/tracer.h"

#include <gtest/gtest.h>

#include "scanner/event_reader.h"
#include "tests/engine/memory_input.h"

namespace logspill {
namespace {

CallSite Site(const std::string& id, std::vector<std::string> literals) {
  CallSite site;
  site.id = id;
  site.root = "src";
  site.file = id + ".py";
  site.line = 1;
  site.end_line = 1;
  for (std::size_t i = 1; i < literals.size(); ++i) {
    site.message.holes.push_back({"x", "%s"});
  }
  site.message.literals = std::move(literals);
  return site;
}

CallSiteIndex Index() {
  std::vector<CallSite> sites;
  sites.push_back(Site("serve", {"Serving the user ", " of the shop"}));
  sites.push_back(Site("paid", {"The user ", " has paid it all"}));
  sites.push_back(Site("query", {"The query was ", " as it seems"}));
  auto index = CallSiteIndex::Build(std::move(sites));
  EXPECT_TRUE(index.ok());
  return std::move(*index);
}

// Some megabytes: events of one line, of many, and plain lines.
std::string Log(int records) {
  std::string log;
  for (int i = 0; i < records; ++i) {
    const std::string n = std::to_string(i);
    log += "2026-11-22 21:00:30." + std::to_string(100 + i % 900) + " INFO ";
    switch (i % 5) {
      case 0:
        log += "Serving the user u-" + n + " of the shop\n";
        break;
      case 1:
        log += "The user u-" + n + " has paid it all\n";
        for (int k = 0; k < i % 97; ++k) {
          log += "\tat com.acme.Desk.serve(Desk.java:" + n + ")\n";
        }
        break;
      case 2:
        log += "The query was SELECT\n1 FROM t" + n + "\nas it seems\n";
        break;
      case 3:
        log += "something else " + n + "\n";
        break;
      default:
        log += "The user u-" + n + " has paid it all\r\n\n";
    }
  }
  return log;
}

class KeepingTrace : public TraceSink {
 public:
  class KeepingBatch : public Batch {
   public:
    void OnRecord(const TracedRecord& record) override {
      text += std::string(record.input) + ":" + std::to_string(record.line);
      text += " " + std::to_string(record.event_line);
      for (const CallSite* site : record.sites) text += " " + site->id;
      for (const TracedHole& hole : record.holes) {
        text += " " + std::to_string(hole.span.begin) + "-" +
                std::to_string(hole.span.end);
      }
      text += '\n';
    }
    std::string text;
  };

  std::unique_ptr<Batch> NewBatch() override {
    return std::make_unique<KeepingBatch>();
  }
  bool Commit(Batch* batch) override {
    text += std::exchange(static_cast<KeepingBatch*>(batch)->text, {});
    return true;
  }
  bool OnSummary(const TraceSummary& given) override {
    summary = given;
    return true;
  }

  std::string text;
  TraceSummary summary;
};

KeepingTrace Trace(const std::vector<MemoryText>& texts, unsigned threads,
                   std::size_t block_bytes, std::uint64_t seed) {
  const CallSiteIndex index = Index();
  TraceOptions options;
  options.threads = threads;
  options.block_bytes = block_bytes;
  options.call_sites = &index;
  MemoryQueue queue(&texts, seed);
  KeepingTrace sink;
  Tracer(options).Run(queue, sink);
  return sink;
}

TEST(Tracer, BlocksThreadsAndShortReadsChangeNothing) {
  const std::vector<MemoryText> texts = {
      {"a.log", {{"", Log(9000)}}},
      {"b.tar", {{"one", Log(500)}, {"two", ""}, {"three", Log(40)}}}};
  const KeepingTrace whole = Trace(texts, 1, 64 << 20, 1);
  EXPECT_GT(whole.summary.by_result[2], 1000u);
  std::uint64_t seed = 2;
  for (const unsigned threads : {1U, 3U}) {
    for (const std::size_t block : {std::size_t{1}, std::size_t{100'000}}) {
      const KeepingTrace parts = Trace(texts, threads, block, ++seed);
      ASSERT_EQ(parts.text, whole.text) << block << " bytes";
      EXPECT_EQ(parts.summary.records, whole.summary.records);
      EXPECT_EQ(parts.summary.by_result, whole.summary.by_result);
      ASSERT_EQ(parts.summary.rows.size(), whole.summary.rows.size());
      for (std::size_t i = 0; i < whole.summary.rows.size(); ++i) {
        EXPECT_EQ(parts.summary.rows[i].bytes, whole.summary.rows[i].bytes);
      }
    }
  }
}

TEST(Tracer, AValueWithNewlinesIsFoundInAllItsLines) {
  const KeepingTrace trace =
      Trace({{"a.log",
              {{"",
                "2026-11-22 21:00:30.100 INFO The query was SELECT\n1 FROM t\n"
                "and so as it seems\n"}}}},
            1, 1, 1);
  EXPECT_EQ(trace.text,
            "a.log:1 0 query 43-49\na.log:2 1 query 0-8\n"
            "a.log:3 1 query 0-6\n");
}

TEST(Tracer, ALongRecordIsOneRecord) {
  std::string text = "2026-11-22 21:00:30.100 INFO Serving the user u-1 ";
  text += std::string(3 << 20, 'x');
  text += "\n2026-11-22 21:00:30.100 INFO Serving the user u-1 of the shop\n";
  const KeepingTrace trace = Trace({{"a.log", {{"", text}}}}, 2, 1, 1);
  EXPECT_EQ(trace.text, "a.log:1 0\na.log:2 0 serve 46-49\n");
  EXPECT_EQ(trace.summary.coverage.records, 2u);
}

TEST(EventReader, NeverCutsAnEventOfOrdinarySize) {
  const std::string log = Log(3000);
  std::size_t read = 0;
  EventReader reader(
      [&](std::span<char> to) {
        const std::size_t size = std::min(to.size(), log.size() - read);
        std::memcpy(to.data(), log.data() + read, size);
        read += size;
        return size;
      },
      1000);
  std::vector<char> buffer;
  Block block;
  std::string all;
  while (reader.Next(&buffer, &block)) {
    EXPECT_TRUE(block.bytes.starts_with("2026-")) << block.bytes.substr(0, 40);
    EXPECT_EQ(block.offset, all.size());
    all += block.bytes;
  }
  EXPECT_EQ(all, log);
}

}  // namespace
}  // namespace logspill
