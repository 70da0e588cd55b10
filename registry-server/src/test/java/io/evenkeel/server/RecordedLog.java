package io.evenkeel.server;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Every line that is logged in this JVM until it is closed. */
final class RecordedLog extends Handler implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Queue<String> messages = new ConcurrentLinkedQueue<>();
  private final Level before = ROOT.getLevel();

  private RecordedLog() {
    setFormatter(new SimpleFormatter());
    setLevel(Level.ALL);
  }

  static RecordedLog start() {
    RecordedLog log = new RecordedLog();
    ROOT.addHandler(log);
    ROOT.setLevel(Level.FINE);
    return log;
  }

  String text() {
    return String.join("\n", lines);
  }

  /** What was said, without the lines that the format itself breaks. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  String holding(String part) {
    return lines.stream().filter(line -> line.contains(part)).findFirst().orElse("");
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLoggerName().startsWith("jdk.internal.httpclient")) {
      return; // the test's own client
    }
    lines.add(entry.getLoggerName() + " " + getFormatter().format(entry));
    messages.add(getFormatter().formatMessage(entry));
    for (Throwable error = entry.getThrown(); error != null; error = error.getCause()) {
      messages.add(error.toString());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    ROOT.removeHandler(this);
    ROOT.setLevel(before);
  }
}
