import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LoggerContext;

final class DeskLog4j2 {
  private static final Logger LOGGER = LogManager.getLogger();
  private static final Logger FORMATS = LogManager.getFormatterLogger("formats");

  static void shapes(String user, int price) {
    LOGGER.info("plain");
    LOGGER.debug("braces {} of {}", user, price);
    LOGGER.warn("sum " + user);
    LOGGER.error("failed {}", user, new IllegalStateException("broken"));
    LOGGER.fatal("fatal {}", user);
    LOGGER.trace(() -> "lazy " + user);
    LOGGER.log(Level.WARN, "level {}", user);
    LOGGER.printf(Level.INFO, "printf %s %03d", user, price);
    FORMATS.info("formatter %s %03d", user, price);
    LOGGER.atInfo().log("fluent {}", user);
    LOGGER.atError().withThrowable(new IllegalStateException("broken")).log("fluent sum " + user);
    LOGGER.atWarn().withLocation().log("fluent location {}", user);
    LOGGER.info("lazy value {}", () -> user);
  }

  static void run() {
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    Sinks.Log4j2 sink = new Sinks.Log4j2();
    sink.start();
    context.getConfiguration().getRootLogger().getAppenders().keySet().forEach(
        context.getConfiguration().getRootLogger()::removeAppender);
    context.getConfiguration().getRootLogger().addAppender(sink, Level.ALL, null);
    context.getConfiguration().getRootLogger().setLevel(Level.ALL);
    context.updateLoggers();
    Marks.value("() -> user", "u-17");
    shapes("u-17", 3);
  }
}
