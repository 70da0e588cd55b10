package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Tracker;
import java.util.concurrent.atomic.LongAdder;

/**
 * No endpoint takes more than a factor of its fair share of what is in flight, so that a popular
 * key cannot drown it.
 *
 * <p>Source: V. Mirrokni, M. Thorup, M. Zadimoghaddam, "Consistent Hashing with Bounded Loads",
 * SODA 2018.
 */
final class LoadBound {
  static final double FACTOR = 1.25;

  private final double factor;
  private final LongAdder inFlight = new LongAdder();
  private final Tracker tracker =
      new Tracker() {
        @Override
        public long begin() {
          inFlight.increment();
          return 0;
        }

        @Override
        public void end(long token, Outcome outcome) {
          inFlight.decrement();
        }
      };

  LoadBound(double factor) {
    if (!(factor > 1)) {
      throw new IllegalArgumentException(
          "bound: " + factor + " (expected: above 1; infinity, in text none, for none)");
    }
    this.factor = factor;
  }

  /** The option {@code bound} of a strategy. */
  static double of(StrategyContext with) {
    return with.number("bound", FACTOR);
  }

  /** Counts what is in flight on all endpoints. */
  Tracker tracker() {
    return tracker;
  }

  /** What all endpoints together may have in flight, one more attempt among it. */
  double now() {
    return factor * (inFlight.sum() + 1);
  }
}
