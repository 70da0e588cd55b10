package io.evenkeel.loadbalancer.routing;

import java.time.Duration;

/**
 * How an endpoint that enters the rotation is warmed up: its share of the traffic, whatever the
 * strategy, grows from the minimum to its whole one over the window. It enters when it is new, when
 * it is let back in after an ejection, when it is UP again, and when traffic comes back to its zone
 * or tier; those of a balancer's first list are taken to be warm.
 *
 * <p>Source: Envoy's slow start, {@code max(minimum, (t / window) ^ (1 / aggression))}; its
 * defaults.
 *
 * @param window until an endpoint has its whole share, 30 s by default, up to 24 h; zero for no
 *     slow start
 * @param minimum share it has at once, above 0 and up to 1; 0.1 by default
 * @param aggression above 0; 1, the default, grows linearly, more grows faster at first
 */
public record SlowStart(Duration window, double minimum, double aggression) {
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Checks the bounds. */
  public SlowStart {
    if (window.isNegative() || window.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "slowStart.window: " + window + " (expected: 0..24 h; 0 for none)");
    }
    if (!(minimum > 0 && minimum <= 1)) {
      throw new IllegalArgumentException(
          "slowStart.minimum: " + minimum + " (expected: above 0, up to 1)");
    }
    if (!(aggression > 0 && aggression <= Double.MAX_VALUE)) {
      throw new IllegalArgumentException(
          "slowStart.aggression: " + aggression + " (expected: finite and above 0)");
    }
  }

  /** From a tenth, over 30 s, linearly. */
  public static SlowStart defaults() {
    return over(Duration.ofSeconds(30));
  }

  /** From a tenth, over so long, linearly. */
  public static SlowStart over(Duration window) {
    return new SlowStart(window, 0.1, 1);
  }

  /** Everything at once. */
  public static SlowStart off() {
    return over(Duration.ZERO);
  }

  /** The share of its share that an endpoint has so long after it entered: minimum..1. */
  public double warmth(long nanosSinceEntry) {
    double elapsed = Math.max(0, nanosSinceEntry) / (double) window.toNanos();
    return elapsed < 1 ? Math.max(minimum, Math.pow(elapsed, 1 / aggression)) : 1; // NaN is 0 / 0
  }
}
