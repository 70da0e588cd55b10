package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.loadbalancer.routing.Route;
import io.evenkeel.loadbalancer.routing.SlowStart;
import java.time.Duration;
import java.util.List;

/**
 * Sets what part of its traffic each endpoint gets: its warmth times the part the route uses, both
 * relative to the others'. One thread at a time.
 */
final class Warmup {
  private static final int STEPS = 30; // in a window: a step changes a share by a thirtieth

  private final SlowStart slowStart;
  private boolean warming;

  Warmup(SlowStart slowStart) {
    this.slowStart = slowStart;
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
   * @param first whether these are the first endpoints of all, which are taken to be warm
   * @return whether some factor is below 1
   */
  boolean apply(List<LiveEndpoint> endpoints, Route route, long now, boolean first) {
    double[] factors = new double[endpoints.size()];
    double largest = 0;
    warming = false;
    for (int i = 0; i < factors.length; i++) {
      LiveEndpoint endpoint = endpoints.get(i);
      double part = route.part(i);
      endpoint.enter(part > 0, first ? now - slowStart.window().toNanos() : now);
      double warmth = slowStart.warmth(now - endpoint.enteredAt());
      warming |= part > 0 && warmth < 1;
      factors[i] = part * warmth;
      largest = Math.max(largest, factors[i]);
    }
    boolean thins = false;
    for (int i = 0; i < factors.length; i++) {
      double factor = factors[i] > 0 ? factors[i] / largest : 1;
      endpoints.get(i).setFactor(factor);
      thins |= factor < 1;
    }
    return thins;
  }
}
