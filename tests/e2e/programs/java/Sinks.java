import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.apache.log4j.AppenderSkeleton;
import org.apache.log4j.spi.LoggingEvent;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Where each framework's messages go. */
final class Sinks {
  private Sinks() {}

  static final class Logback extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      StackTraceElement caller = event.getCallerData()[0];
      List<String> fields = new ArrayList<>();
      if (event.getKeyValuePairs() != null) {
        event.getKeyValuePairs().forEach(pair -> fields.add(pair.key + "=" + pair.value));
      }
      Marks.mark(caller.getFileName(), caller.getLineNumber(), "slf4j",
          event.getLevel().toString(), event.getFormattedMessage(), fields.toArray(new String[0]));
    }
  }

  static final class Log4j1 extends AppenderSkeleton {
    @Override
    protected void append(LoggingEvent event) {
      Marks.mark(event.getLocationInformation().getFileName(),
          Integer.parseInt(event.getLocationInformation().getLineNumber()), "log4j1",
          event.getLevel().toString(), event.getRenderedMessage());
    }

    @Override
    public void close() {}

    @Override
    public boolean requiresLayout() {
      return false;
    }
  }

  static final class Log4j2 extends AbstractAppender {
    Log4j2() {
      super("marks", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      StackTraceElement caller = event.getSource();
      Marks.mark(caller.getFileName(), caller.getLineNumber(),
          caller.getClassName().equals("DeskCommons") ? "commons-logging" : "log4j2",
          event.getLevel().toString(), event.getMessage().getFormattedMessage());
    }
  }

  /** java.util.logging, and what logs through it. */
  static final class Jul extends Handler {
    @Override
    public void publish(LogRecord record) {
      StackTraceElement caller = Marks.caller();
      String framework = caller.getClassName().equals("DeskSystemLogger") ? "System.Logger"
          : "java.util.logging";
      String level = record.getLevel().getName();
      Marks.mark(caller.getFileName(), caller.getLineNumber(), framework, level,
          new SimpleFormatter().formatMessage(record));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** System.out and System.err: one message a call. */
  static PrintStream stream() {
    OutputStream nowhere = OutputStream.nullOutputStream();
    return new PrintStream(nowhere, true, StandardCharsets.UTF_8) {
      private void said(String text) {
        StackTraceElement caller = Marks.caller();
        Marks.mark(caller.getFileName(), caller.getLineNumber(), "System.out", "-", text);
      }

      @Override
      public void print(String text) {
        said(text);
      }

      @Override
      public void println(String text) {
        said(text + "\n");
      }

      @Override
      public PrintStream printf(String format, Object... values) {
        said(String.format(format, values));
        return this;
      }

      @Override
      public PrintStream format(String format, Object... values) {
        said(String.format(format, values));
        return this;
      }
    };
  }
}
