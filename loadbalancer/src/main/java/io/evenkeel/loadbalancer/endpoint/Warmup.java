package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.loadbalancer.routing.Route;
import io.evenkeel.loadbalancer.routing.SlowStart;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets what part of its traffic each endpoint gets: its warmth, times the part the route uses,
 * times what its load leaves it, relative to the others'. One thread at a time.
 */
final class Warmup {
  private static final int STEPS = 30; // in a window: a step changes a share by a thirtieth

  private final SlowStart slowStart;
  private final long window; // nanoseconds
  private boolean warming;

  Warmup(SlowStart slowStart) {
    this.slowStart = slowStart;
    this.window = slowStart.window().toNanos();
  }

  /** How long a step is. */
  Duration step() {
    return slowStart.window().dividedBy(STEPS);
  }

  /** Whether some endpoint will have another factor in a step from now. */
  boolean isWarming() {
    return warming;
  }

  /**
   * Sets every endpoint's factor.
   *
   * @param loads what each endpoint's own reports make of it, above 0 and up to 1; null for 1
   * @param first whether these are the first endpoints of all, which are taken to be warm
   * @return whether some factor is below 1
   */
  boolean apply(
      List<LiveEndpoint> endpoints,
      Route route,
      double @Nullable [] loads,
      long now,
      boolean first) {
    double[] factors = new double[endpoints.size()];
    double largest = 0;
    double least = Double.POSITIVE_INFINITY;
    long entry = first ? now - window : now;
    warming = false;
    for (int i = 0; i < factors.length; i++) {
      double part = route.part(i);
      long age = now - endpoints.get(i).enter(part > 0, entry);
      double factor = part * (loads == null ? 1 : loads[i]);
      if (part > 0 && age < window) {
        factor *= slowStart.warmth(age);
        warming = true;
      }
      factors[i] = factor;
      largest = Math.max(largest, factor);
      least = part > 0 ? Math.min(least, factor) : least;
    }
    for (int i = 0; i < factors.length; i++) {
      endpoints.get(i).setFactor(factors[i] > 0 ? factors[i] / largest : 1);
    }
    return least < largest;
  }
}
