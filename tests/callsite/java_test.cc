#include "tests/callsite/listing.h"

namespace logspill {
namespace {

TEST(Java, Slf4jFillsItsBracesAndKnowsMarkersAndThrowables) {
  EXPECT_EQ(Listing("java", R"(
package com.shop.billing;
import org.slf4j.Logger;
class Checkout {
  private static final Logger log = LoggerFactory.getLogger(Checkout.class);
  static final String LATE = "order {} is late";
  void pay(String orderId, User user, Throwable t) {
    log.info("Paid {} for {}", orderId, user.getEmail());
    log.warn(MARKER, "marked {}", orderId);
    log.error("Failed " + orderId + " of " + user.getId(), t);
    this.log.debug(LATE, orderId);
    log.trace("escaped \\{} {}", orderId);
    audit.record("no log call");
  }
}
)"),
            R"(
8 slf4j info: Paid {} for {} | orderId {} | user.getEmail() {}
9 slf4j warning: marked {} | orderId {}
10 slf4j error: Failed {} of {} | orderId | user.getId()
11 slf4j debug: order {} is late | orderId {}
12 slf4j trace: escaped {{}} {} | orderId {}
)");
}

TEST(Java, FluentCallsAreReadAlongTheirChain) {
  EXPECT_EQ(Listing("java", R"(
import org.slf4j.Logger;
class A {
  Logger log;
  void f(String id) {
    log.atInfo().addKeyValue("user_id", id).log("fluent {}", id);
    log.atWarn().setMessage("set {}").addArgument(id).log();
    log.atLevel(Level.ERROR)
        .log("over lines");
  }
}
)"),
            R"(
6 slf4j info: fluent {} | id {} | user_id=id
7 slf4j warning: set {} | id {}
8 slf4j error: over lines
)");
}

TEST(Java, TextIsBuiltInManyWays) {
  EXPECT_EQ(Listing("java", R"(
import org.slf4j.Logger;
class A {
  Logger log;
  void f(String id) {
    StringBuilder sb = new StringBuilder(64);
    sb.append("built ");
    sb.append(id).append(" end");
    log.info(sb.toString());
    log.info(new StringBuilder().append("a ").append(id).toString());
    log.debug(() -> "lazy " + id);
    log.debug(() -> { return "block " + id; });
    log.info(id == null ? "none" : "some " + id);
    log.info(String.format("fmt %s %5.2f%n", id, 1.0));
    log.info("%s is it".formatted(id));
    log.info(String.join(", ", "x", id));
    log.info("""
        block {}
          in""", id);
    String text = "one ";
    text += id;
    log.info(text);
  }
}
)"),
            R"(
9 slf4j info: built {} end | id
10 slf4j info: a {} | id
11 slf4j debug: lazy {} | id
12 slf4j debug: block {} | id
13 slf4j info: none !variant
13 slf4j info: some {} | id !variant
14 slf4j info: fmt {} {}
 | id %s | 1.0 %5.2f
15 slf4j info: {} is it | id %s
16 slf4j info: x, {} | id
17 slf4j info: block {}
  in | id {}
22 slf4j info: one {} | id
)");
}

TEST(Java, EachFrameworkHasItsConvention) {
  EXPECT_EQ(Listing("java", R"(
import org.apache.logging.log4j.Logger;
class A {
  Logger log = LogManager.getLogger();
  void f(String id) {
    log.fatal("log4j2 {}", id);
    log.log(Level.WARN, "by level {}", id);
    log.atInfo().withThrowable(e).log("fluent {}", id);
    log.printf(Level.INFO, "printf %s", id);
  }
}
)"),
            R"(
6 log4j2 critical: log4j2 {} | id {}
7 log4j2 warning: by level {} | id {}
8 log4j2 info: fluent {} | id {}
9 log4j2 info: printf {} | id %s
)");
  EXPECT_EQ(Listing("java", R"(
import java.util.logging.Logger;
class A {
  Logger log = Logger.getLogger("audit");
  void f(String id) {
    log.severe("jul " + id);
    log.log(Level.FINE, "index {1} {0}", new Object[] {id, x});
    log.log(Level.INFO, "one {0}", id);
    log.fine(() -> "lazy " + id);
  }
}
)"),
            R"(
6 java.util.logging error: jul {} | id
7 java.util.logging debug: index {} {} | x {1} | id {0}
8 java.util.logging info: one {} | id {0}
9 java.util.logging debug: lazy {} | id
)");
  EXPECT_EQ(Listing("java", R"(
import org.apache.commons.logging.Log;
class A { Log log; void f(String id) { log.warn("commons " + id, e); } }
)"),
            "\n3 commons-logging warning: commons {} | id\n");
  EXPECT_EQ(Listing("java", R"(
import org.apache.log4j.Logger;
class A { Logger log; void f(String id) { log.warn("old {} " + id); } }
)"),
            "\n3 log4j1 warning: old {{}} {} | id\n");
  EXPECT_EQ(Listing("java", R"(
import com.google.common.flogger.FluentLogger;
class A {
  FluentLogger logger = FluentLogger.forEnclosingClass();
  void f(String id) { logger.atWarning().withCause(e).log("flog %s", id); }
}
)"),
            "\n5 flogger warning: flog {} | id %s\n");
  EXPECT_EQ(Listing("java", R"(
class A { void f(String id) {
    System.out.println("out " + id);
    System.err.printf("err %s%n", id); } }
)"),
            "\n3 System.out -: out {} | id !print\n"
            "4 System.out -: err {}\n | id %s !print\n");
}

TEST(Java, LoggersAreNamedAfterTheirClass) {
  const auto sites = SitesIn("java", R"(
package com.shop;
import org.slf4j.Logger;
class A {
  Logger own = LoggerFactory.getLogger(A.class);
  Logger here = LoggerFactory.getLogger(getClass());
  Logger named = LoggerFactory.getLogger("audit.a");
  void f() { own.info("1"); here.info("2"); named.info("3"); }
}
)");
  ASSERT_EQ(sites.size(), 3u);
  EXPECT_EQ(sites[0].logger, "com.shop.A");
  EXPECT_EQ(sites[1].logger, "com.shop.A");
  EXPECT_EQ(sites[2].logger, "audit.a");
  EXPECT_EQ(sites[0].class_name, "A");
  EXPECT_EQ(sites[0].function, "f");
  const auto lombok =
      SitesIn("java",
              "package p;\nimport lombok.extern.slf4j.Slf4j;\n"
              "@Slf4j class B { void f() { log.info(\"x\"); } }\n");
  ASSERT_EQ(lombok.size(), 1u);
  EXPECT_EQ(lombok[0].logger, "p.B");
}

TEST(Java, FormatterLoggersTakePercentsAndOthersBraces) {
  EXPECT_EQ(Listing("java", R"(
import org.apache.logging.log4j.*;
class Desk {
  private static final Logger percents = LogManager.getFormatterLogger("a");
  private static final Logger braces = LogManager.getLogger("b");
  void pay(String id) {
    percents.info("paid %s {}", id);
    braces.info("paid {} %s", id);
  }
}
)"),
            R"(
7 log4j2 info: paid {} {{}} | id %s
8 log4j2 info: paid {} %s | id {}
)");
}

TEST(Java, TwoFrameworksInOneFileAreToldApartByTheirPackages) {
  EXPECT_EQ(Listing("java", R"(
package com.shop;
import org.apache.logging.log4j.*;
class Pay {
  private static final Logger logger = LogManager.getLogger();
  private final java.util.logging.Logger jul =
      java.util.logging.Logger.getLogger(Pay.class.getName());
  void f(int i) {
    logger.info("paid {}", i);
    jul.log(java.util.logging.Level.WARNING, "{0} of {1}", i, 10);
    getLog().info("by a method {}", i);
  }
}
)"),
            R"(
9 log4j2 info: paid {} | i {}
10 java.util.logging warning: {} of {} | i {0} | 10 {1}
11 log4j2 info: by a method {} | i {}
)");
  const auto sites = SitesIn("java",
                             "package a;\nimport java.util.logging.Logger;\n"
                             "class P { Logger LOG = "
                             "Logger.getLogger(P.class.getName());\n"
                             "void f() { LOG.info(\"x\"); } }");
  ASSERT_EQ(sites.size(), 1u);
  EXPECT_EQ(sites[0].logger, "a.P");
}

}  // namespace
}  // namespace logspill
