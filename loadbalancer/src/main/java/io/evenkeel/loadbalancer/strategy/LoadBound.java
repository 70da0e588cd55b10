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

  /** What endpoints that have so many in flight together may have, with one attempt more. */
  double limit(long inFlight) {
    return factor * (Math.max(0, inFlight) + 1);
  }

  /** Counts the endpoint's attempts among those of the picker it belongs to. */
  static final class Member implements Tracker {
    private volatile LongAdder inFlight = new LongAdder();

    /**
     * The endpoint belongs to another picker, with all it has in flight. One that begins or ends
     * meanwhile may be counted wrong until the next move.
     */
    void moveTo(LongAdder others, int own) {
      others.add(own);
      inFlight = others;
    }

    @Override
    public long begin() {
      inFlight.increment();
      return 0;
    }

    @Override
    public void end(long token, Outcome outcome) {
      inFlight.decrement();
    }
  }
}
