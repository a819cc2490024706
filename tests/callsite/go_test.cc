#include "tests/callsite/listing.h"

namespace logspill {
namespace {

TEST(Go, TheLogPackageFormatsJoinsAndConcatenates) {
  EXPECT_EQ(Listing("go", R"(
package main
import "log"
const Late = "order %s late"
func pay(id string, n int) {
	log.Printf(Late, id)
	log.Println("starting", id, "now")
	log.Print("at ", n)
	log.Fatalf("broken %v: %+v", id, n)
	msg := fmt.Sprintf("made %s", id)
	log.Print(msg)
	logger := log.New(os.Stderr, "", 0)
	logger.Printf(`raw\n %q`, id)
	fmt.Fprintf(os.Stderr, "err %v\n", id)
	fmt.Fprintf(w, "no log call")
	fmt.Println("out", id)
}
)"),
            R"(
6 log -: order {} late | id %s
7 log -: starting {} now | id
8 log -: at {} | n
9 log critical: broken {}: {} | id %v | n %+v
11 log -: made {} | id %s
13 log -: raw\n {} | id %q
14 fmt -: err {}
 | id %v !print
16 fmt -: out {} | id !print
)");
}

TEST(Go, ZapHasFieldsAndASugaredLogger) {
  EXPECT_EQ(Listing("go", R"(
package main
import "go.uber.org/zap"
type Server struct { audit *zap.Logger }
func (s *Server) Pay(id string, err error) {
	s.audit.Info("paid", zap.String("order_id", id), zap.Error(err))
	s.audit.With(zap.String("a", id)).Warn("with")
	s.audit.Sugar().Infow("sugared", "user", id)
	s.audit.Sugar().Errorf("sugared %s", id)
}
)"),
            R"(
6 zap info: paid | order_id=id | error=err
7 zap warning: with | a=id
8 zap info: sugared | user=id
9 zap error: sugared {} | id %s
)");
}

TEST(Go, SlogPairsKeysAndValues) {
  EXPECT_EQ(Listing("go", R"(
package main
import "log/slog"
func pay(ctx context.Context, id string) {
	slog.Info("paid", "order_id", id, slog.Int("n", 3))
	slog.ErrorContext(ctx, "failed", "err", err)
	logger := slog.Default().With("module", "pay")
	logger.Warn("late")
	slog.Log(ctx, slog.LevelDebug, "by level", "k", id)
}
)"),
            R"(
5 slog info: paid | order_id=id | n=3
6 slog error: failed | err=err
8 slog warning: late
9 slog debug: by level | k=id
)");
}

TEST(Go, ZerologAndLogrusChain) {
  EXPECT_EQ(Listing("go", R"(
package main
import "github.com/rs/zerolog/log"
func pay(id string) {
	log.Info().Str("user_id", id).Int("n", 3).Msg("paid")
	log.Error().Err(err).Msgf("failed %s", id)
	log.Warn().
		Str("a", id).
		Send()
}
)"),
            R"(
5 zerolog info: paid | user_id=id | n=3
6 zerolog error: failed {} | id %s | error=err
7 zerolog warning:  | a=id
)");
  EXPECT_EQ(Listing("go", R"(
package main
import log "github.com/sirupsen/logrus"
func pay(id string) {
	log.WithFields(log.Fields{"user": id, "n": 3}).Info("paid")
	log.WithField("a", id).WithError(err).Warnf("late %s", id)
	log.Errorln("two", id)
}
)"),
            R"(
5 logrus info: paid | user=id | n=3
6 logrus warning: late {} | id %s | a=id | error=err
7 logrus error: two {} | id
)");
}

TEST(Go, KlogLogrAndHclogHaveTheirs) {
  EXPECT_EQ(Listing("go", R"(
package main
import "k8s.io/klog/v2"
func pay(id string) {
	klog.V(2).Infof("verbose %s", id)
	klog.Warning("plain ", id)
	klog.InfoS("structured", "pod", id)
	klog.ErrorS(err, "failed", "pod", id)
}
)"),
            R"(
5 klog info: verbose {} | id %s
6 klog warning: plain {} | id
7 klog info: structured | pod=id
8 klog error: failed | err=err | pod=id
)");
  EXPECT_EQ(Listing("go", R"(
package main
import "github.com/go-logr/logr"
func pay(log logr.Logger, id string) {
	log.V(1).Info("reconciling", "pod", id)
	log.Error(err, "failed", "pod", id)
}
)"),
            R"(
5 logr debug: reconciling | pod=id
6 logr error: failed | pod=id
)");
}

TEST(Go, MethodsBelongToTheTypeOfTheirReceiver) {
  const auto sites = SitesIn("go", R"(
package main
import "log"
func (s *Server) Pay() { log.Print("a") }
)");
  ASSERT_EQ(sites.size(), 1u);
  EXPECT_EQ(sites[0].function, "Pay");
  EXPECT_EQ(sites[0].class_name, "Server");
}

TEST(Go, FormatsAndTextsOfManyParts) {
  EXPECT_EQ(Listing("go", R"(
package main
import "log"
func pay(id string, n int, to Printer) {
	log.Printf("%[2]d of %[1]s", id, n)
	log.Printf("%q %5.1f%% %t", id, n, n > 1)
	log.Print(strings.Join([]string{"a", id}, ", "))
	log.Print(fmt.Sprint("b ", id))
	text := "c "
	text += id
	log.Print(text)
	to.Printf("d %s", id)
	fmt.Errorf("no log %s", id)
}
)"),
            R"(
5 log -: {} of {} | n %[2]d | id %[1]s
6 log -: {} {}% {} | id %q | n %5.1f | n > 1 %t
7 log -: a, {} | id
8 log -: b {} | id
11 log -: c {} | id
12 log -: d {} | id %s
)");
}

TEST(Go, SkippedCallersAreThePrintedPlace) {
  EXPECT_EQ(Listing("go", R"(
package main
import "go.uber.org/zap"
func told(l *zap.Logger, text string) {
	l.WithOptions(zap.AddCallerSkip(1)).Info(text)
}
func pay(l *zap.Logger) {
	told(l, "paid")
}
)"),
            R"(
8 zap info: paid
)");
}

}  // namespace
}  // namespace logspill
