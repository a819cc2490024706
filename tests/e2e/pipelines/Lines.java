import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

// Logs each line of standard input, and the first one again as what went wrong.
final class Lines {
  static void log(Consumer<String> info, BiConsumer<String, Throwable> warn)
      throws IOException {
    var in = new BufferedReader(
        new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String first = null;
    for (String line; (line = in.readLine()) != null;) {
      if (first == null) first = line;
      info.accept(line);
    }
    warn.accept("the end", new IllegalStateException(first));
  }
}
