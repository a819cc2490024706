import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

final class DeskCommons {
  private static final Log log = LogFactory.getLog(DeskCommons.class);

  static void shapes(String user, int price) {
    log.info("plain");
    log.debug("sum " + user + " of " + price);
    log.warn("failed " + user, new IllegalStateException("broken"));
    log.error(String.format("format %s", user));
    log.trace("trace " + user);
  }

  static void run() {
    shapes("u-17", 3);
  }
}
