package io.evenkeel.benchmarks.laboratory.world;

import java.util.random.RandomGenerator;

/**
 * Which requests come, when and from whom: an open loop, so nobody waits for an answer before the
 * next one is asked. Two with the same scenario and seed give the same requests. One thread.
 */
public final class Arrivals {
  private final Scenario scenario;
  private final RandomGenerator random;
  private final double meanGap; // nanoseconds between arrivals at the highest rate

  private long time;
  private int client;
  private double work;

  private Arrivals(Scenario scenario, RandomGenerator random) {
    this.scenario = scenario;
    this.random = random;
    this.meanGap = 1 / (scenario.rate() * scenario.traffic().peak());
  }

  /** Stands before the first one, at time 0. */
  public static Arrivals of(Scenario scenario, RandomGenerator random) {
    return new Arrivals(scenario, random);
  }

  /** Goes on to the next one. */
  public void advance() {
    do {
      time += Math.max(1, (long) (meanGap * Work.exponential(random)));
    } while (random.nextDouble() >= scenario.traffic().shareOfPeak(time));
    client = scenario.clients().draw(random);
    work = scenario.traffic().work().draw(random);
  }

  /** When it comes, in nanoseconds since the beginning. */
  public long time() {
    return time;
  }

  /** The index of the client that sends it. */
  public int client() {
    return client;
  }

  /** What it costs, in core-nanoseconds. */
  public double work() {
    return work;
  }
}
