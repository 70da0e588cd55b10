package io.evenkeel.cli;

import io.evenkeel.registrar.Registrar;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** What is logged, as lines on standard error, until {@link #close()} puts all back as it was. */
final class Logs implements AutoCloseable {
  private static final String STATES = Registrar.class.getName();

  private final Deque<Tap> taps = new ArrayDeque<>();
  private final Lines lines;

  private Logs(PrintWriter err, boolean verbose) {
    lines = new Lines(err, verbose);
  }

  /** Evenkeel's warnings, but no changes of state; nothing of the libraries below it. */
  static Logs quiet(PrintWriter err) {
    return new Logs(err, false)
        .tap("", Level.OFF)
        .tap("io.evenkeel", Level.WARNING)
        .tap(STATES, Level.OFF);
  }

  /** Everything from INFO upwards, with stack traces. */
  static Logs verbose(PrintWriter err) {
    return new Logs(err, true)
        .tap("", Level.INFO)
        .tap("io.evenkeel", Level.INFO)
        .tap(STATES, Level.INFO);
  }

  /** A registrar's changes of state, each with its reason. */
  static Logs states(PrintWriter err) {
    return new Logs(err, false).tap(STATES, Level.INFO);
  }

  private Logs tap(String name, Level level) {
    Logger logger = Logger.getLogger(name);
    List<Handler> handlers = List.of(logger.getHandlers());
    taps.push(new Tap(logger, logger.getLevel(), logger.getUseParentHandlers(), handlers));
    handlers.forEach(logger::removeHandler);
    logger.setUseParentHandlers(false);
    logger.setLevel(level);
    logger.addHandler(lines);
    return this;
  }

  @Override
  public void close() {
    taps.forEach(tap -> tap.restore(lines));
    taps.clear();
  }

  /** A logger, held since its level would be lost otherwise, and how it was before. */
  private record Tap(Logger logger, @Nullable Level level, boolean parent, List<Handler> handlers) {
    void restore(Handler ours) {
      logger.removeHandler(ours);
      logger.setLevel(level);
      logger.setUseParentHandlers(parent);
      handlers.forEach(logger::addHandler);
    }
  }

  private static final class Lines extends Handler {
    private final PrintWriter err;
    private final boolean verbose;
    private final Formatter formatter = new SimpleFormatter();

    Lines(PrintWriter err, boolean verbose) {
      this.err = err;
      this.verbose = verbose;
    }

    @Override
    public void publish(LogRecord record) {
      if (!isLoggable(record)) {
        return;
      }
      String origin = verbose ? record.getLevel() + " " + record.getLoggerName() + ": " : "";
      err.println("evenkeel: " + origin + Terminal.oneLine(formatter.formatMessage(record)));
      if (verbose && record.getThrown() != null) {
        record.getThrown().printStackTrace(err);
      }
      err.flush();
    }

    @Override
    public void flush() {
      err.flush();
    }

    @Override
    public void close() {}
  }
}
