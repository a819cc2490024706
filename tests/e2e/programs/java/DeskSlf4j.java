import ch.qos.logback.classic.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

final class DeskSlf4j {
  private static final Logger log = LoggerFactory.getLogger(DeskSlf4j.class);
  private static final Logger AUDIT = LoggerFactory.getLogger("audit");
  private static final Marker PAID = MarkerFactory.getMarker("PAID");
  private static final String LATE = "order {} is late";

  private static void note(String text, Object... values) {
    log.info(text, values);
  }

  private static void told(String text) {
    log.warn("[desk] " + text);
  }

  static void shapes(String user, int price, Order order) {
    log.info("plain");
    log.debug("braces {} of {}", user, price);
    log.warn("sum " + user + " of " + price);
    log.error(LATE, user);
    log.error(Texts.LOST, user);
    log.trace("array {} {} {}", new Object[] {user, price, order.owner()});
    log.info(String.format("format %s %5.2f", user, 1.5));
    log.info("formatted %s".formatted(user));
    log.info(PAID, "marker {}", user);
    log.info("escaped \\{} {}", user);
    log.error("failed {}", user, new IllegalStateException("broken"));
    log.info("""
        block {}
        end""", user);
    log.info(user.isEmpty() ? "none" : "some " + user);
    log.info(
        "over lines {}",
        user);
    StringBuilder text = new StringBuilder("built ");
    text.append(user).append(" end");
    log.info(text.toString());
    String message = "local " + user;
    log.info(message);
    log.info(String.join(", ", "a", user));
    AUDIT.info("audit {}", user);
    note("wrapped {}", user);
    told("told " + user);
    log.info("owner {}", order.owner());
    LoggerFactory.getLogger("direct").info("direct {}", user);
  }

  static void fluent(String user, int price) {
    log.atInfo().log("fluent plain");
    log.atWarn().setMessage("fluent {}").addArgument(user).log();
    log.atError().addKeyValue("user", user).log("fluent pairs {}", price);
    log.atDebug()
        .addKeyValue("user", user)
        .addKeyValue("price", price)
        .setMessage("fluent lines")
        .log();
    log.atTrace().log("fluent sum " + user);
    log.atInfo().addMarker(PAID).log(() -> "fluent lazy " + user);
    log.atLevel(org.slf4j.event.Level.WARN).log("fluent level {}", user);
  }

  static void run() {
    ch.qos.logback.classic.Logger root =
        (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    root.setLevel(Level.ALL);
    Sinks.Logback sink = new Sinks.Logback();
    sink.start();
    root.addAppender(sink);
    shapes("u-17", 3, new Order("o-4"));
    shapes("", 3, new Order("o-4"));
    fluent("u-17", 3);
  }
}
