package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.loadbalancer.routing.Route;
import io.evenkeel.loadbalancer.routing.SlowStart;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sets what part of its traffic each endpoint gets: its warmth, times the part the route uses,
 * times what its load leaves it, relative to the others on its side. One thread at a time.
 */
final class Warmup {
  private static final int STEPS = 30; // in a window: a step changes a share by a thirtieth

  private final SlowStart slowStart;
  private final long window; // nanoseconds
  private boolean thins; // whether some factor is below 1
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
    long entry = first ? now - window : now;
    warming = false;
    boolean whole = loads == null;
    for (int i = 0; i < endpoints.size(); i++) {
      double part = route.part(i);
      boolean warms = now - endpoints.get(i).enter(part > 0, entry) < window;
      warming |= warms && part > 0;
      whole &= part == 0 || part == 1;
    }
    if (whole && !warming && !thins) {
      return false; // as a rule: all have all of theirs, and had it before
    }
    thins = setFactors(endpoints, route, loads, now);
    return thins;
  }

  private boolean setFactors(
      List<LiveEndpoint> endpoints, Route route, double @Nullable [] loads, long now) {
    double[] factors = new double[endpoints.size()];
    double[] largest = new double[Route.SIDES];
    for (int i = 0; i < factors.length; i++) {
      double warmth = slowStart.warmth(now - endpoints.get(i).enteredAt());
      factors[i] = route.part(i) * warmth * (loads == null ? 1 : loads[i]);
      largest[route.side(i)] = Math.max(largest[route.side(i)], factors[i]);
    }
    boolean some = false;
    for (int i = 0; i < factors.length; i++) {
      double factor = factors[i] > 0 ? factors[i] / largest[route.side(i)] : 1;
      endpoints.get(i).setFactor(factor);
      some |= factor < 1;
    }
    return some;
  }
}
