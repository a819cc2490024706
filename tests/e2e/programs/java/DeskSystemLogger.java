import java.lang.System.Logger.Level;

final class DeskSystemLogger {
  private static final System.Logger log = System.getLogger("desk");

  static void shapes(String user) {
    log.log(Level.INFO, "plain");
    log.log(Level.WARNING, "index {0}", user);
    log.log(System.Logger.Level.DEBUG, "sum " + user);
    log.log(Level.ERROR, () -> "lazy " + user);
  }

  static void run() {
    shapes("u-17");
  }
}
