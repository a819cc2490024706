// bench/accuracy.py on a small corpus of its own, with the program under test.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/house/shell.h"

namespace logspill::house {
namespace {

namespace fs = std::filesystem;

// Places each example on a line of its own, as the whole value.
constexpr const char* kCarriers = R"py(
import gzip, json, os, sys
out = sys.argv[2]
os.makedirs(out)
log = open(out + '/kv.log', 'w')
tsv = open(out + '/kv.tsv', 'w')
tsv.write('line\tbegin\tend\tkind\texpect\tid\tchanged\tknown\n')
for n, row in enumerate(gzip.open(sys.argv[1], 'rt'), 1):
    r = json.loads(row)
    log.write('k ' + r['text'] + ' z\n')
    tsv.write('\t'.join(map(str, (n, 2, 2 + len(r['text']), r['kind'],
                                  r['expect'], r['id'], 0, 1))) + '\n')
)py";

class Accuracy : public testing::Test {
 protected:
  void SetUp() override {
    if (RunShell("python3 -c ''").status != 0) GTEST_SKIP() << "no python3";
    folder_ = (fs::temp_directory_path() / "accuracy.XXXXXX").string();
    ASSERT_NE(::mkdtemp(folder_.data()), nullptr);
    fs::create_directories(At("house/bench"));
    fs::copy(fs::path(LOGSPILL_SOURCE_DIR) / "bench/accuracy.py",
             At("house/bench/accuracy.py"));
  }
  void TearDown() override {
    if (!folder_.empty()) fs::remove_all(folder_);
  }

  fs::path At(const std::string& path) const {
    return fs::path(folder_) / path;
  }

  void WriteCorpus(const std::string& examples) const {
    fs::create_directories(At("corpus/detect"));
    fs::create_directories(At("corpus/loghub/Quiet"));
    fs::create_directories(At("tools"));
    std::ofstream(At("corpus/detect/dev.ndjson")) << examples;
    RunShell("gzip " + Quoted(At("corpus/detect/dev.ndjson").string()));
    std::ofstream(At("corpus/detect/carriers.py")) << kCarriers;
    std::ofstream(At("tools/score_detect.py")) << "print('scored')\n";
    std::ofstream(At("corpus/loghub/Quiet/Quiet_2k.log")) << "all is well\n";
  }

  ShellResult Run(const std::string& variables,
                  const std::string& arguments = "") const {
    const fs::path build = fs::path(LOGSPILL_PROGRAM).parent_path();
    return RunShell(
        "env -u LOGSPILL_CORPUS LOGSPILL_BUILD=" + Quoted(build.string()) +
        " " + variables + " python3 " +
        Quoted(At("house/bench/accuracy.py").string()) + " " + arguments);
  }

  std::string Corpus() const {
    return "LOGSPILL_CORPUS=" + Quoted(At("corpus").string());
  }

  std::string folder_;
};

const std::string kFound =
    R"({"id":"aa01","src":"here","kind":"email","expect":1,)"
    R"("text":"jane.doe@acme-shop.de"})"
    "\n";
const std::string kClaimed =
    R"({"id":"bb02","src":"here","kind":"card","expect":1,"text":"no card"})"
    "\n";
const std::string kForeign =
    R"({"id":"cc03","src":"here","kind":"token.nobody","expect":1,)"
    R"("text":"no token"})"
    "\n";

TEST_F(Accuracy, SaysThatThereIsNoCorpus) {
  const ShellResult run = Run("");
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_NE(run.out.find("nothing was measured"), std::string::npos);
}

TEST_F(Accuracy, ACorpusThatIsNamedMustBeThere) {
  const ShellResult run = Run("LOGSPILL_CORPUS=/nowhere");
  EXPECT_EQ(run.status, 2);
  EXPECT_NE(run.err.find("no labelled examples in /nowhere"),
            std::string::npos);
}

TEST_F(Accuracy, TellsAMissThatARuleClaimsFromOthers) {
  WriteCorpus(kFound + kClaimed + kForeign);
  const ShellResult run = Run(Corpus());
  EXPECT_EQ(run.status, 1) << run.err;
  EXPECT_NE(run.out.find("scored\n"), std::string::npos);
  EXPECT_NE(run.out.find("\nclaimed      card "), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("\nnot claimed  token.nobody "), std::string::npos);
  EXPECT_NE(run.out.find("1 claimed, 1 not claimed\n"), std::string::npos);
  EXPECT_EQ(run.out.find("aa01"), std::string::npos) << "it was found";
  EXPECT_EQ(run.out.find("no card"), std::string::npos) << "an example's text";
}

TEST_F(Accuracy, EndsWithZeroWhereEveryTargetIsMet) {
  WriteCorpus(kFound);
  const ShellResult run = Run(Corpus());
  EXPECT_EQ(run.status, 0) << run.out << run.err;
  EXPECT_NE(run.out.find("ok      personal, financial, network found"), std::string::npos);
  EXPECT_NE(run.out.find("ok      Quiet_2k.log"), std::string::npos);
}

TEST_F(Accuracy, ALogWithASecretIsMissed) {
  WriteCorpus(kFound);
  std::ofstream(At("corpus/loghub/Quiet/Quiet_2k.log"))
      << "password=q8W7e6R5t4Y3u2\n";
  const ShellResult run = Run(Corpus(), "--no-misses --carrier kv");
  EXPECT_EQ(run.status, 1) << run.out;
  EXPECT_NE(run.out.find("MISSED  Quiet_2k.log"), std::string::npos);
  EXPECT_EQ(Run(Corpus(), "--carrier none").status, 2);
}

}  // namespace
}  // namespace logspill::house
