package io.evenkeel.loadbalancer.feed;

import io.evenkeel.time.TimeSource;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Logs at most one line per cause in 30 s, however often it happens. Safe from any thread. */
final class QuietLog {
  private static final Duration QUIET = Duration.ofSeconds(30);

  private final System.Logger log;
  private final TimeSource time;
  private final Map<String, Long> saidAt =
      new HashMap<>(); // guarded by this; a cause is a constant

  QuietLog(System.Logger log, TimeSource time) {
    this.log = log;
    this.time = time;
  }

  void say(Level level, String cause, String text) {
    if (isDue(cause)) {
      log.log(level, text);
    }
  }

  private synchronized boolean isDue(String cause) {
    long now = time.nanoTime();
    Long before = saidAt.get(cause);
    if (before != null && now - before < QUIET.toNanos()) {
      return false;
    }
    saidAt.put(cause, now);
    return true;
  }
}
