package io.evenkeel.server.directory;

import io.evenkeel.server.web.Refusal;
import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.Map;

/**
 * Whether lists may be believed. A registry that was empty when the server started may have lost
 * everything a moment ago: until those who live have had time to announce themselves again, lists
 * are refused with 503 and {@code Retry-After}, and registrations are taken. Event loop only.
 */
public final class Readiness {
  private final TimeSource time;
  private final long startedAt;
  private long warmUpNanos = Long.MAX_VALUE; // until what the registry holds has been read

  /** Not ready yet. */
  public Readiness(TimeSource time) {
    this.time = time;
    this.startedAt = time.nanoTime();
  }

  /** The registry was read: it held something, or it did not and warms up for so long. */
  public void loaded(boolean heldSomething, Duration warmUp) {
    warmUpNanos = heldSomething ? 0 : warmUp.toNanos();
  }

  /** How long lists are refused yet; zero when the server is ready. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, warmUpNanos - (time.nanoTime() - startedAt)));
  }

  /** Refuses while it is not ready. */
  public void require() {
    Duration left = left();
    if (!left.isZero()) {
      long seconds = Math.min(60, left.toSeconds() + 1);
      throw new Refusal(
          503,
          "the registry has just started and does not know every instance yet",
          Map.of("Retry-After", Long.toString(seconds)));
    }
  }
}
