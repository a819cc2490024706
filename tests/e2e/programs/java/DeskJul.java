import java.text.MessageFormat;
import java.util.logging.Level;
import java.util.logging.Logger;

final class DeskJul {
  private static final Logger log = Logger.getLogger(DeskJul.class.getName());
  private static final String LATE = "order {0} is late";

  static void shapes(String user, int price) {
    log.info("plain");
    log.warning("sum " + user + " of " + price);
    log.log(Level.SEVERE, "index {0}", user);
    log.log(Level.FINE, "two {1} of {0}", new Object[] {user, price});
    log.log(Level.INFO, LATE, user);
    log.log(Level.WARNING, "failed " + user, new IllegalStateException("broken"));
    log.fine(() -> "lazy " + user);
    log.config("config " + user);
    log.finest(String.format("format %s %5.2f", user, 1.5));
    log.severe(MessageFormat.format("message {0} isn''t {1}", user, price));
    log.logp(Level.INFO, "DeskJul", "shapes", "placed {0}", user);
    log.finer(user);
  }

  static void run() {
    Logger root = Logger.getLogger("");
    for (var handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.setLevel(Level.ALL);
    root.addHandler(new Sinks.Jul());
    Marks.value("1.5", "1.5");
    shapes("u-17", 3);
  }
}
