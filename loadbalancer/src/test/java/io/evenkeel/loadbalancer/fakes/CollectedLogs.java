package io.evenkeel.loadbalancer.fakes;

import java.text.MessageFormat;
import java.util.List;
import java.util.Queue;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps what is logged in this JVM, so that a test can count lines. A test filters by a service
 * name of its own.
 */
public final class CollectedLogs extends System.LoggerFinder {
  private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

  /** For the service loader. */
  public CollectedLogs() {}

  /** The lines, {@code LEVEL text}, that hold all of the parts. */
  public static List<String> holding(String... parts) {
    return LINES.stream().filter(line -> List.of(parts).stream().allMatch(line::contains)).toList();
  }

  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Collecting(name);
  }

  private static final class Collecting implements System.Logger {
    private final String name;

    private Collecting(String name) {
      this.name = name;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public boolean isLoggable(Level level) {
      return level.getSeverity() >= Level.INFO.getSeverity();
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      if (isLoggable(level)) {
        LINES.add(level + " " + message + (thrown == null ? "" : " " + thrown));
      }
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... values) {
      if (isLoggable(level)) {
        boolean plain = values == null || values.length == 0;
        LINES.add(level + " " + (plain ? format : MessageFormat.format(format, values)));
      }
    }
  }
}
