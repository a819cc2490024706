import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

public class Main {
  private static final Logger log = Logger.getLogger(Main.class.getName());
  private static final String LATE = "order {0} is late";

  static class Lines extends Handler {
    @Override
    public void publish(LogRecord record) {
      int line = StackWalker.getInstance().walk(frames ->
          frames.filter(f -> f.getClassName().equals("Main"))
              .findFirst().get().getLineNumber());
      System.out.print(
          line + " " + new SimpleFormatter().formatMessage(record) + "\n");
    }
    @Override public void flush() {}
    @Override public void close() {}
  }

  private static void note(String text) {
    log.info(text);
  }

  public static void main(String[] args) {
    String user = "u-17";
    log.setUseParentHandlers(false);
    log.setLevel(Level.ALL);
    log.addHandler(new Lines());
    log.info("plain");
    log.warning("sum " + user + " of " + 3);
    log.log(Level.SEVERE, "index {0}", user);
    log.log(Level.FINE, "two {1} {0}", new Object[] {user, 2});
    log.log(Level.INFO, LATE, user);
    log.fine(() -> "lazy " + user);
    log.info(String.format("format %s %5.2f", user, 1.5));
    StringBuilder text = new StringBuilder("built ");
    text.append(user).append(" end");
    log.info(text.toString());
    log.info(user.isEmpty() ? "none" : "some " + user);
    log.info(String.join(", ", "a", user));
    note("wrapped");
  }
}
