import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Says what was logged, and where the framework says that it was. */
final class Marks {
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private Marks() {}

  private static String escaped(Object value) {
    return String.valueOf(value).replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n");
  }

  private static void line(String text) {
    try {
      OUT.write((text + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  static void mark(String file, int line, String framework, String level, Object message,
      String... fields) {
    StringBuilder text = new StringBuilder();
    text.append("@\t").append(file).append(':').append(line).append('\t').append(framework);
    text.append('\t').append(level.toLowerCase()).append('\t').append(escaped(message));
    for (String field : fields) {
      text.append('\t').append(escaped(field));
    }
    line(text.toString());
  }

  static void value(String expression, Object printed) {
    line("=\t" + expression + "\t" + escaped(printed));
  }

  /** The innermost frame of a class Desk... */
  static StackTraceElement caller() {
    return StackWalker.getInstance().walk(frames -> frames
        .filter(frame -> frame.getClassName().startsWith("Desk"))
        .findFirst().get().toStackTraceElement());
  }
}
