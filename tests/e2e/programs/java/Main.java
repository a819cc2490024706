/** Logs through every framework that the source pass knows of Java. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Marks.value("user", "u-17");
    Marks.value("user", "");
    Marks.value("price", "3");
    Marks.value("order.owner()", "o-4");
    DeskSlf4j.run();
    DeskLog4j2.run();
    DeskLog4j1.run();
    DeskJul.run();
    DeskCommons.run();
    DeskSystemLogger.run();
    DeskOut.run();
  }
}
