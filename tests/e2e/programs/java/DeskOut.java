final class DeskOut {
  static void shapes(String user, int price) {
    System.out.println("plain");
    System.out.println("sum " + user);
    System.err.printf("printf %s %d%n", user, price);
    System.out.print("print " + user + "\n");
    System.out.format("format %s\n", user);
    System.err.println(user);
  }

  static void run() {
    var out = System.out;
    var err = System.err;
    System.setOut(Sinks.stream());
    System.setErr(Sinks.stream());
    shapes("u-17", 3);
    System.setOut(out);
    System.setErr(err);
  }
}
