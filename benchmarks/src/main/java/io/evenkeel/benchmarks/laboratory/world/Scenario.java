package io.evenkeel.benchmarks.laboratory.world;

import java.time.Duration;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What a world is like. As many components as there are things to vary; made from {@link #standard}
 * by changing one after the other.
 *
 * @param name as files and options call it
 * @param title as people read it
 * @param clients how many; each knows only what it saw itself
 * @param servers how many
 * @param cores of each server
 * @param speed of a server's cores, by its index; 1 is what work is stated for
 * @param load share of all servers' capacity that the clients ask for together
 * @param work what a request costs
 * @param swing share by which the rate of arrivals is above its mean for two seconds, then below
 * @param disturbances what happens meanwhile
 * @param roundTrip time on the wire, both ways together
 * @param deadline after which a client gives a request up
 */
public record Scenario(
    String name,
    String title,
    int clients,
    int servers,
    int cores,
    IntToDoubleFunction speed,
    double load,
    Work work,
    double swing,
    List<Disturbance> disturbances,
    Duration roundTrip,
    Duration deadline) {
  private static final double SWING_NANOS = 2e9;

  /**
   * Prequal's test bed: 100 clients, 100 servers of 4 cores, 40 ms of work (truncated normal), a
   * round trip of 0.5 ms, a deadline of 5 s.
   */
  public static Scenario standard(String name, String title, double load) {
    return new Scenario(
        name,
        title,
        100,
        100,
        4,
        server -> 1,
        load,
        Work.truncatedNormal(),
        0,
        List.of(),
        Duration.ofNanos(500_000),
        Duration.ofSeconds(5));
  }

  /** With so many clients and servers. */
  public Scenario of(int newClients, int newServers) {
    return new Scenario(
        name,
        title,
        newClients,
        newServers,
        cores,
        speed,
        load,
        work,
        swing,
        disturbances,
        roundTrip,
        deadline);
  }

  /** With servers like these. */
  public Scenario on(int newCores, IntToDoubleFunction newSpeed) {
    return new Scenario(
        name,
        title,
        clients,
        servers,
        newCores,
        newSpeed,
        load,
        work,
        swing,
        disturbances,
        roundTrip,
        deadline);
  }

  /** With requests like these. */
  public Scenario doing(Work newWork, double newSwing) {
    return new Scenario(
        name,
        title,
        clients,
        servers,
        cores,
        speed,
        load,
        newWork,
        newSwing,
        disturbances,
        roundTrip,
        deadline);
  }

  /** Disturbed like this. */
  public Scenario amid(Disturbance... newDisturbances) {
    return new Scenario(
        name,
        title,
        clients,
        servers,
        cores,
        speed,
        load,
        work,
        swing,
        List.of(newDisturbances),
        roundTrip,
        deadline);
  }

  /** With another wire and another patience, for comparisons with theory. */
  public Scenario within(Duration newRoundTrip, Duration newDeadline) {
    return new Scenario(
        name,
        title,
        clients,
        servers,
        cores,
        speed,
        load,
        work,
        swing,
        disturbances,
        newRoundTrip,
        newDeadline);
  }

  /** Mean requests per nanosecond. */
  public double rate() {
    return load * cores * IntStream.range(0, servers).mapToDouble(speed).sum() / work.mean();
  }

  /** The highest rate there is at any time. */
  double peak() {
    return rate() * (1 + swing);
  }

  /** Which share of the highest rate there is at a time. */
  double shareOfPeak(long time) {
    boolean high = (long) (time / SWING_NANOS) % 2 == 1;
    return swing == 0 || high ? 1 : (1 - swing) / (1 + swing);
  }
}
