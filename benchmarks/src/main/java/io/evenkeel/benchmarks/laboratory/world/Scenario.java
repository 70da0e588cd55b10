package io.evenkeel.benchmarks.laboratory.world;

import java.time.Duration;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * What a world is like; made from {@link #standard} by changing one thing after the other. Seven
 * components: what it is called, and one for each party and for what happens to them.
 *
 * @param name as files and options call it
 * @param title as people read it
 * @param clients who asks
 * @param machines who answers
 * @param traffic what is asked
 * @param wire what is between them
 * @param disturbances what happens meanwhile
 */
public record Scenario(
    String name,
    String title,
    Clients clients,
    Machines machines,
    Traffic traffic,
    Wire wire,
    List<Disturbance> disturbances) {

  /**
   * Prequal's test bed: 100 clients, 100 servers of 4 cores, 40 ms of work (truncated normal), a
   * round trip of 0.5 ms, a deadline of 5 s.
   */
  public static Scenario standard(String name, String title, double load) {
    return new Scenario(
        name,
        title,
        Clients.alike(100),
        Machines.alike(100, 4),
        new Traffic(load, Work.truncatedNormal(), 0),
        new Wire(Duration.ofNanos(500_000), Duration.ofSeconds(5)),
        List.of());
  }

  /** With so many clients, all alike, and so many servers. */
  public Scenario of(int newClients, int newServers) {
    return by(Clients.alike(newClients)).on(machines.with(newServers));
  }

  /** With clients like these. */
  public Scenario by(Clients newClients) {
    return new Scenario(name, title, newClients, machines, traffic, wire, disturbances);
  }

  /** With as many servers, but like these. */
  public Scenario on(int cores, IntToDoubleFunction speed) {
    return on(new Machines(machines.count(), cores, machines.threads(), speed));
  }

  /** With servers that work on so many requests at once; others wait in the order they came in. */
  public Scenario threads(int threads) {
    return on(new Machines(machines.count(), machines.cores(), threads, machines.speed()));
  }

  private Scenario on(Machines newMachines) {
    return new Scenario(name, title, clients, newMachines, traffic, wire, disturbances);
  }

  /** With requests like these, and a rate that swings by this share. */
  public Scenario doing(Work work, double swing) {
    Traffic newTraffic = new Traffic(traffic.load(), work, swing);
    return new Scenario(name, title, clients, machines, newTraffic, wire, disturbances);
  }

  /** Disturbed like this. */
  public Scenario amid(Disturbance... these) {
    return new Scenario(name, title, clients, machines, traffic, wire, List.of(these));
  }

  /** With another wire and another patience, for comparisons with theory. */
  public Scenario within(Duration roundTrip, Duration deadline) {
    Wire newWire = new Wire(roundTrip, deadline);
    return new Scenario(name, title, clients, machines, traffic, newWire, disturbances);
  }

  /** Mean requests per nanosecond. */
  public double rate() {
    return traffic.load() * machines.capacity() / traffic.work().mean();
  }
}
