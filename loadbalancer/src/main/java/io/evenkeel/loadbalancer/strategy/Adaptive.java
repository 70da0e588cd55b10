package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Compares two random endpoints and those that answered last, and picks the one with the smallest
 * expected latency × (attempts in flight + 1) × failures / weight. Choose it when tails matter: the
 * memory finds the endpoints that are fast now, the prior keeps a newcomer from looking best, and a
 * fast failure never looks like a fast answer.
 *
 * <p>Latency and failures are averages over 10 s, unless told otherwise, of what this client has
 * seen, drawn towards the fleet's mean by four attempts' worth. A single slow answer counts as
 * three times the mean; each further one in a row may count ten times more. The servers need not
 * help.
 *
 * <p>Source: the simulated test bed of Prequal (B. Wydrowski et al., NSDI 2024), in which this
 * score was found; power of two choices with memory: M. Mitzenmacher, B. Prabhakar, D. Shah, FOCS
 * 2002.
 */
public final class Adaptive implements BalancingStrategy {
  static final String NAME = "adaptive";

  private final RandomGenerator random;
  private final Fleet fleet;

  private Adaptive(RandomGenerator random, TimeSource time, Duration decay) {
    this.random = random;
    this.fleet = new Fleet(new CoarseClock(time), Decay.nanos(NAME, decay));
  }

  /** A strategy that draws from the given generator, which must bear as many threads as pick. */
  public static Adaptive create(RandomGenerator random, TimeSource time) {
    return create(random, time, Decay.USUAL);
  }

  static Adaptive create(StrategyContext with) {
    return create(with.random(), with.time(), Decay.of(with));
  }

  /** The same with averages over the given time, up to 24 h. */
  public static Adaptive create(RandomGenerator random, TimeSource time, Duration decay) {
    return new Adaptive(random, time, decay);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tracker newTracker(ServiceInstance instance) {
    return new Experience(fleet);
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return Cheapest.of(endpoints, fleet, random);
  }

  @Override
  public Picker newPartialPicker(EndpointSet some, @Nullable Picker previous) {
    return Cheapest.ofSome(some, fleet, random);
  }

  /** What the endpoints of one balancer have in common. */
  static final class Fleet {
    private static final long PAUSE = 20_000; // nanoseconds: threads need not meet here

    private final CoarseClock clock;
    private final Memory memory = new Memory();
    private final double tau; // nanoseconds
    private final DecayedTotals totals;

    Fleet(CoarseClock clock, double tau) {
      this.clock = clock;
      this.tau = tau;
      this.totals = newTotals();
    }

    DecayedTotals newTotals() {
      return new DecayedTotals(tau, clock.last());
    }

    CoarseClock clock() {
      return clock;
    }

    Memory memory() {
      return memory;
    }

    /** Takes a sample of the samples when they come fast. */
    void add(long now, double sample, boolean failed) {
      if (now - totals.stamp() > PAUSE) {
        totals.add(now, sample, failed);
      }
    }

    double meanLatency() {
      return totals.meanLatency();
    }

    double failureRate() {
      return totals.failureRate();
    }
  }
}
