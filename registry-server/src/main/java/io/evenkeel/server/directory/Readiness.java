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
  private static final Duration UNKNOWN = Duration.ofMinutes(1);

  private final TimeSource time;
  private boolean loaded;
  private long readyAt; // once it is loaded

  /** Not ready yet. */
  public Readiness(TimeSource time) {
    this.time = time;
  }

  /**
   * The registry was read: it held something, or it did not and warms up for so long from now on.
   * While it could not be read, nobody could announce himself.
   */
  public void loaded(boolean heldSomething, Duration warmUp) {
    loaded = true;
    readyAt = time.nanoTime() + (heldSomething ? 0 : warmUp.toNanos());
  }

  /** How long lists are refused yet, as far as is known; zero when the server is ready. */
  public Duration left() {
    return loaded ? Duration.ofNanos(Math.max(0, readyAt - time.nanoTime())) : UNKNOWN;
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
