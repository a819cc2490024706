#include "tests/callsite/listing.h"

namespace logspill {
namespace {

TEST(Python, LoguruFillsBracesAndBinds) {
  EXPECT_EQ(Listing("python", R"(
from loguru import logger
logger.info("user {} of {n}", user.id, n=3)
logger.bind(user=uid).success("bound")
logger.opt(exception=True).error("failed {}", x)
logger.log("WARNING", "by level")
)"),
            R"(
3 loguru info: user {} of {} | user.id {} | 3 {n}
4 loguru info: bound | user=uid
5 loguru error: failed {} | x {}
6 loguru warning: by level
)");
}

TEST(Python, StructlogHasKeywords) {
  EXPECT_EQ(Listing("python", R"(
import structlog
log = structlog.get_logger()
log.info("paid", user_id=user.id, exc_info=True)
log.bind(request=r).warning("late", n=3)
)"),
            R"(
4 structlog info: paid | user_id=user.id
5 structlog warning: late | request=r | n=3
)");
}

TEST(Python, OutputAndWarningsAreCallsToo) {
  EXPECT_EQ(Listing("python", R"(
import sys, warnings
print("a", b, sep=' ')
print("to stderr %s" % b, file=sys.stderr)
sys.stderr.write("written " + b)
warnings.warn("old %s" % name, DeprecationWarning)
print(b)
)"),
            R"(
3 print -: a {} | b !print
4 print -: to stderr {} | b %s !print
5 sys.stderr -: written {} | b !print
6 warnings warning: old {} | name %s
7 print -: {} | b !value !print
)");
}

TEST(Python, ExtraGivesKeys) {
  EXPECT_EQ(Listing("python", R"(
LOG.info("paid %s", x, extra={'user_id': user.id})
)"),
            "\n2 logging info: paid {} | x %s | user_id=user.id\n");
}

TEST(Python, TheMarginThatDedentTakesAwayIsNotPrinted) {
  EXPECT_EQ(Listing("python", R"(
LOG.info(dedent("""\
    first %s
      deeper
    """), user)
print('a', b, sep=', ')
)"),
            R"(
2 logging info: first {}
  deeper
 | user %s
6 print -: a, {} | b !print
)");
}

TEST(Python, ACallMayBeNamedAfterTheMethodAlone) {
  EXPECT_EQ(Listing("python", R"(
import logging
logger = logging.getLogger('shop')
debug, info = logger.debug, logger.info
warning = logger.warning
debug('one %s', a)
info('two')
warning('three')
error('is no log call')
)"),
            R"(
6 logging debug: one {} | a %s
7 logging info: two
8 logging warning: three
)");
}

}  // namespace
}  // namespace logspill
