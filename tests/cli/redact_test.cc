// `logspill redact` as a user runs it: filter, files, in place, faults.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <string>

#include "tests/cli/workshop.h"

namespace logspill {
namespace {

constexpr const char* kLog =
    "to anna@corp-mail.net\nnothing here\ncard 4111111111111111 paid\n";
constexpr const char* kRedacted =
    "to [email]\nnothing here\ncard [card] paid\n";

class RedactCommand : public testing::Test {
 protected:
  RedactCommand() {
    shop_.Write("app.log", kLog);
    shop_.Write("many.sh",
                "for i in $(seq 1 20000); do echo \"line $i to "
                "anna$i@corp-mail.net\"; done\n");
  }

  std::string Inode(const std::string& name) {
    return shop_.Shell("stat -c %i " + name).out;
  }

  Workshop shop_;
};

TEST_F(RedactCommand, FiltersStandardInput) {
  const Outcome run = shop_.Shell("logspill redact < app.log");
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.out, kRedacted);
  EXPECT_EQ(run.err, "");
}

TEST_F(RedactCommand, WritesFilesBehindOneAnother) {
  shop_.Write("b.log", "to ben@corp-mail.net");
  EXPECT_EQ(shop_.Run("redact app.log b.log").out,
            std::string(kRedacted) + "to [email]");
}

TEST_F(RedactCommand, GivesWhatItReadsAtOnceWhereLinesAreFlushed) {
  const Outcome run = shop_.Shell(
      "mkfifo in out\n"
      "logspill redact --flush line < in > out &\n"
      "exec 3> in 4< out\n"
      "echo 'to anna@corp-mail.net' >&3\n"
      "read -t 20 line <&4; echo \"$line\"\n"
      "echo 'to ben@corp-mail.net, again' >&3\n"
      "read -t 20 line <&4; echo \"$line\"\n"
      "exec 3>&-; wait");
  EXPECT_EQ(run.out, "to [email]\nto [email], again\n");
}

TEST_F(RedactCommand, ReplacesAFileInOneStepAndKeepsWhatItWas) {
  shop_.Shell("chmod 640 app.log; touch -d '2024-05-06 07:08:09' app.log");
  const std::string before = shop_.Shell("stat -c '%a %u %g %Y' app.log").out;
  const std::string inode = Inode("app.log");
  const Outcome run = shop_.Run("redact --in-place app.log");
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(shop_.Read("app.log"), kRedacted);
  EXPECT_EQ(shop_.Shell("stat -c '%a %u %g %Y' app.log").out, before);
  EXPECT_NE(Inode("app.log"), inode);
  EXPECT_EQ(shop_.Shell("ls -A").out, "app.log\nmany.sh\n");
}

TEST_F(RedactCommand, LeavesAFileWithoutValuesAlone) {
  shop_.Write("clean.log", "nothing\n");
  const std::string inode = Inode("clean.log");
  EXPECT_EQ(shop_.Run("redact --in-place clean.log").status, 0);
  EXPECT_EQ(Inode("clean.log"), inode);
}

TEST_F(RedactCommand, LeavesWhatItCannotKeep) {
  shop_.Shell("ln app.log other.log");
  const Outcome run = shop_.Run("redact --in-place app.log");
  EXPECT_EQ(run.status, 3);
  EXPECT_EQ(shop_.Read("app.log"), kLog);
  EXPECT_NE(run.err.find("hard links"), std::string::npos) << run.err;
}

TEST_F(RedactCommand, FollowsALinkToTheFileItReplaces) {
  shop_.Shell("mkdir d; mv app.log d/real.log; ln -s d/real.log app.log");
  EXPECT_EQ(shop_.Run("redact --in-place app.log").status, 0);
  EXPECT_EQ(shop_.Shell("readlink app.log").out, "d/real.log\n");
  EXPECT_EQ(shop_.Read("d/real.log"), kRedacted);
}

TEST_F(RedactCommand, CompressesAgainWhatWasCompressed) {
  for (const char* tool : {"gzip", "zstd", "xz", "bzip2", "lz4"}) {
    SCOPED_TRACE(tool);
    const std::string t = tool;
    if (shop_.Shell("command -v " + t).status != 0) continue;
    shop_.Shell("cp app.log x.log; " + t + " -q -c x.log > packed");
    EXPECT_EQ(shop_.Run("redact packed").out, kRedacted);
    EXPECT_EQ(shop_.Run("redact packed --output again").status, 0);
    EXPECT_EQ(shop_.Shell(t + " -d -c < again").out, kRedacted);
    EXPECT_EQ(shop_.Run("redact --in-place packed").status, 0);
    EXPECT_EQ(shop_.Shell(t + " -d -c < packed").out, kRedacted);
  }
}

TEST_F(RedactCommand, WritesAFolderLikeTheOneItRead) {
  shop_.Shell(
      "mkdir -p logs/a; cp app.log logs/a/; gzip -c app.log > logs/b.gz");
  EXPECT_EQ(shop_.Run("redact logs --output out/").status, 0);
  EXPECT_EQ(shop_.Read("out/a/app.log"), kRedacted);
  EXPECT_EQ(shop_.Shell("zcat out/b.gz").out, kRedacted);
  EXPECT_EQ(shop_.Read("logs/a/app.log"), kLog);
}

TEST_F(RedactCommand, LeavesAnArchiveAndSaysSo) {
  shop_.Shell("tar cf logs.tar app.log");
  const std::string before = shop_.Shell("sha256sum logs.tar").out;
  const Outcome run = shop_.Run("redact --in-place logs.tar");
  EXPECT_EQ(run.status, 3);
  EXPECT_NE(run.err.find("archive"), std::string::npos) << run.err;
  EXPECT_EQ(shop_.Shell("sha256sum logs.tar").out, before);
  EXPECT_EQ(shop_.Run("redact logs.tar").out, kRedacted);
}

TEST_F(RedactCommand, LeavesADamagedFile) {
  shop_.Shell("bash many.sh | gzip > m.gz; head -c 30000 m.gz > cut.gz");
  const std::string before = shop_.Shell("sha256sum cut.gz").out;
  const Outcome run = shop_.Run("redact --in-place cut.gz");
  EXPECT_EQ(run.status, 3);
  EXPECT_EQ(shop_.Shell("sha256sum cut.gz").out, before);
  EXPECT_EQ(shop_.Shell("ls -A").out, "app.log\ncut.gz\nm.gz\nmany.sh\n");
}

TEST_F(RedactCommand, KeepsUtf16AndByteOrderMarks) {
  shop_.Shell(
      "printf '\\xff\\xfe' > le; iconv -t UTF-16LE app.log >> le\n"
      "printf '\\xfe\\xff' > be; iconv -t UTF-16BE app.log >> be\n"
      "printf '\\xef\\xbb\\xbf' > bom; cat app.log >> bom\n"
      // A surrogate without its other half, and a pair.
      "printf '\\x00\\xd8 \\x00\\x3d\\xd8\\x00\\xdc\\n\\x00' >> le");
  shop_.Write("expected", kRedacted);
  shop_.Shell(
      "(printf '\\xff\\xfe'; iconv -t UTF-16LE expected; printf "
      "'\\x00\\xd8 \\x00\\x3d\\xd8\\x00\\xdc\\n\\x00') > le2\n"
      "(printf '\\xfe\\xff'; iconv -t UTF-16BE expected) > be2\n"
      "(printf '\\xef\\xbb\\xbf'; cat expected) > bom2");
  for (const std::string name : {"le", "be", "bom"}) {
    EXPECT_EQ(shop_.Run("redact " + name).out, shop_.Read(name + "2")) << name;
  }
}

TEST_F(RedactCommand, OneKeyFileGivesOneTokenInEveryRun) {
  shop_.Run("key new k");
  const std::string first =
      shop_.Run("redact --policy pseudonym --key-file k app.log").out;
  EXPECT_EQ(shop_.Run("redact --policy pseudonym --key-file k app.log").out,
            first);
  EXPECT_EQ(first.find("anna"), std::string::npos);
  EXPECT_EQ(first.rfind("to [email:", 0), 0U);
}

TEST_F(RedactCommand, AfterARotationTheTokensOfTheOldKeyAreKnown) {
  shop_.Run("key new old");
  shop_.Run("key new k");
  shop_.Run("key new third");
  shop_.Shell(
      "logspill redact --policy pseudonym --key-file old app.log > mixed.log\n"
      "echo 'to ben@corp-mail.net' | logspill redact --policy pseudonym "
      "--key-file third >> mixed.log\n"
      "echo 'to anna@corp-mail.net' >> mixed.log");
  const std::string before = shop_.Read("mixed.log");
  const std::string out =
      shop_
          .Run(
              "redact --policy pseudonym --key-file k --old-key-file old "
              "--report r.json mixed.log")
          .out;
  // What old keys wrote stays; the first key writes.
  const std::size_t kept = before.rfind("to anna@");
  EXPECT_EQ(out.substr(0, kept), before.substr(0, kept));
  EXPECT_EQ(out.find("anna"), std::string::npos);
  const std::string report = shop_.Read("r.json");
  EXPECT_NE(report.find(":2,"), std::string::npos) << report;
  EXPECT_NE(report.find("\"unknown\":1}"), std::string::npos) << report;
}

TEST_F(RedactCommand, ReportsWhatItReplacedInNumbers) {
  EXPECT_EQ(shop_.Run("redact app.log --report r.json --verify").status, 0);
  const std::string report = shop_.Read("r.json");
  for (const char* part :
       {"\"records\":3", "\"records_changed\":2", "\"values\":2",
        "\"by_kind\":{\"card\":1,\"email\":1}", "\"by_action\":{\"mask\":2}",
        "\"records_withheld\":0", "\"complete\":true",
        "\"verified\":\"all\""}) {
    EXPECT_NE(report.find(part), std::string::npos) << part << "\n" << report;
  }
  EXPECT_EQ(shop_.Mode("r.json"), 0600U);
}

TEST_F(RedactCommand, TakesPoliciesFromTheConfiguration) {
  shop_.Write("logspill.toml",
              "[redact]\npolicy = \"drop\"\n[redact.kinds]\n"
              "email = \"mail-domain\"\n[redact.rules]\n"
              "\"net.ipv4\" = \"keep\"\n");
  EXPECT_EQ(shop_.Run("redact app.log").out,
            "to [email:@corp-mail.net]\nnothing here\ncard  paid\n");
  const std::string shown = shop_.Run("config").out;
  for (const char* part : {"policy drop, from severity low",
                           "kind email: mail-domain  (logspill.toml:4)"}) {
    EXPECT_NE(shown.find(part), std::string::npos) << shown;
  }
}

TEST_F(RedactCommand, AWrongPolicyIsShownWhereItStands) {
  shop_.Write("logspill.toml", "[redact.kinds]\nemail = \"maks\"\n");
  const Outcome run = shop_.Run("redact app.log");
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.err,
            "logspill: logspill.toml:2:9: unknown policy 'maks' in "
            "[redact.kinds]\n"
            "  2 | email = \"maks\"\n"
            "    |         ^ did you mean 'mask'?\n");
  shop_.Write("logspill.toml", "[redact.kinds]\nemial = \"mask\"\n");
  EXPECT_EQ(shop_.Run("redact app.log").err,
            "logspill: logspill.toml:2: no rule in force has the kind "
            "'emial'\n");
  shop_.Write("logspill.toml", "[redact]\npolices = \"mask\"\n");
  EXPECT_EQ(shop_.Run("redact app.log").status, 2);
}

TEST_F(RedactCommand, WrongUseWritesNothing) {
  for (const char* arguments :
       {"redact --policy maks app.log", "redact --in-place",
        "redact --in-place --output x app.log", "redact --in-place -",
        "redact - --output ./", "redact absent.log"}) {
    const Outcome run = shop_.Run(arguments);
    EXPECT_EQ(run.status, 2) << arguments;
    EXPECT_EQ(run.out, "") << arguments;
    EXPECT_NE(run.err, "") << arguments;
  }
}

TEST_F(RedactCommand, AClosedPipeEndsItQuietly) {
  const Outcome run = shop_.Shell(
      "bash many.sh > m.log; logspill redact m.log m.log m.log | head -n 1; "
      "echo ${PIPESTATUS[0]}");
  EXPECT_EQ(run.out, "line 1 to [email]\n0\n");
  EXPECT_EQ(run.err, "");
}

TEST_F(RedactCommand, AFullDiskLeavesTheOriginalAndSaysSo) {
  const Outcome run = shop_.Shell(
      "bash many.sh > m.log; sha256sum m.log > sum; trap '' XFSZ; ulimit -f "
      "64; logspill redact --in-place m.log; echo $?; logspill redact m.log "
      "--output copy.log; echo $?; sha256sum -c --quiet sum; ls");
  EXPECT_EQ(run.out, "3\n3\napp.log\nm.log\nmany.sh\nsum\n");
  EXPECT_NE(run.err.find("left as it was"), std::string::npos) << run.err;
  EXPECT_NE(run.err.find("too large"), std::string::npos) << run.err;
}

TEST_F(RedactCommand, AKillInTheMiddleLeavesTheOriginal) {
  const Outcome run = shop_.Shell(
      "bash many.sh > m.log; sha256sum m.log > sum\n"
      "for delay in 0.01 0.05 0.1 0.2; do\n"
      "  logspill redact --in-place m.log & pid=$!\n"
      "  sleep $delay; kill -9 $pid 2>/dev/null; wait $pid 2>/dev/null\n"
      "  if sha256sum -c --status sum; then echo whole; else\n"
      "    grep -c '\\[email\\]' m.log; fi\n"
      "  bash many.sh > m.log\n"
      "done 2>/dev/null");
  // Each time all of it as it was, or all of it redacted.
  std::string rest = run.out;
  std::size_t rounds = 0;
  while (!rest.empty()) {
    const std::string line = rest.substr(0, rest.find('\n'));
    EXPECT_TRUE(line == "whole" || line == "20000") << line;
    rest.erase(0, line.size() + 1);
    ++rounds;
  }
  EXPECT_EQ(rounds, 4U);
}

TEST_F(RedactCommand, ATerminationTakesItsTemporaryFileAlong) {
  const Outcome run = shop_.Shell(
      "mkfifo in; (logspill redact --output out.log < in; echo $?) & \n"
      "exec 3> in; echo 'to anna@corp-mail.net' >&3\n"
      "for i in $(seq 100); do ls out.log.* >/dev/null 2>&1 && break; "
      "sleep 0.05; done\n"
      "kill -TERM $(pgrep -n -P $!); exec 3>&-; wait; ls");
  EXPECT_EQ(run.out, "143\napp.log\nin\nmany.sh\n");
}

}  // namespace
}  // namespace logspill
