import org.apache.log4j.Level;
import org.apache.log4j.Logger;

final class DeskLog4j1 {
  private static final Logger LOG = Logger.getLogger(DeskLog4j1.class);
  private static final String LATE = "order is late: ";

  static void shapes(String user, int price) {
    LOG.info("plain");
    LOG.debug("sum " + user + " of " + price);
    LOG.warn(LATE + user);
    LOG.error("failed " + user, new IllegalStateException("broken"));
    LOG.fatal(String.format("format %s", user));
    LOG.trace("braces {} stay " + user);
    LOG.log(Level.WARN, "level " + user);
    if (LOG.isInfoEnabled()) {
      LOG.info(new StringBuilder().append("built ").append(user).toString());
    }
    LOG.info(user);
  }

  static void run() {
    Logger.getRootLogger().setLevel(Level.ALL);
    Logger.getRootLogger().addAppender(new Sinks.Log4j1());
    shapes("u-17", 3);
  }
}
