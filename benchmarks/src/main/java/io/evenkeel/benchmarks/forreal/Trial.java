package io.evenkeel.benchmarks.forreal;

import io.evenkeel.benchmarks.laboratory.world.Arrivals;
import io.evenkeel.benchmarks.laboratory.world.Disturbance;
import io.evenkeel.benchmarks.laboratory.world.LatencyHistogram;
import io.evenkeel.benchmarks.laboratory.world.Measurement;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * One run of one scenario, of all contenders side by side: each has servers and clients of its own,
 * and each request of the schedule is sent by all of them, another one first each time. So they
 * meet the same requests, the same weather, and the same noise of the machine at the same moment.
 *
 * <p>An open loop: a request is measured from when it was due, whenever it was sent. How late that
 * was is measured too.
 */
final class Trial {
  private static final long AHEAD = 100_000_000; // nanoseconds until the first request
  private static final long GLANCE = 5_000_000; // nanoseconds between looks at what is pending

  private final Scenario scenario;
  private final Duration before;
  private final Duration window;
  private final TimeSource time = TimeSource.system();
  private final LatencyHistogram lateness = new LatencyHistogram();

  Trial(Scenario scenario, Duration before, Duration window) {
    this.scenario = scenario;
    this.before = before;
    this.window = window;
  }

  /** How late requests were sent, once the trial is over. */
  LatencyHistogram lateness() {
    return lateness;
  }

  /** Runs it; one measurement for each contender, in their order. */
  List<Measurement> run(List<String> contenders, long seed) {
    try (Site servers = new Site();
        Site clients = new Site()) {
      List<Side> sides =
          contenders.stream()
              .map(contender -> Side.start(contender, scenario, servers, clients))
              .toList();
      List<Measurement> measurements = run(sides, clients, seed);
      sides.forEach(Side::close);
      return measurements;
    }
  }

  private List<Measurement> run(List<Side> sides, Site clients, long seed) {
    RandomGenerator seeds = Randomness.seeded(seed); // as in a simulated world
    Arrivals arrivals = Arrivals.of(scenario, Randomness.seeded(seeds.nextLong()));
    long weather = seeds.nextLong();
    long begins = time.nanoTime() + AHEAD;
    long opens = begins + before.toNanos();
    long closes = opens + window.toNanos();
    int servers = scenario.machines().count();
    List<Measurement> measurements =
        sides.stream().map(side -> new Measurement(opens, closes, servers)).toList();
    sides.forEach(side -> side.fleet().begin(opens, () -> disturb(side.fleet(), weather)).await());
    int turn = 0;
    arrivals.advance();
    while (begins + arrivals.time() < closes) {
      parkUntil(begins + arrivals.time());
      Request request =
          new Request(begins + arrivals.time(), arrivals.client(), "/?" + arrivals.work(), turn++);
      clients.context().runOnContext(go -> send(request, sides, measurements));
      arrivals.advance();
    }
    long patience = closes + 2 * scenario.wire().deadline().toNanos();
    while (time.nanoTime() < patience && !sides.stream().allMatch(Side::isIdle)) {
      parkUntil(time.nanoTime() + GLANCE);
    }
    return measurements;
  }

  private void disturb(RealFleet fleet, long weather) {
    RandomGenerator chance = Randomness.seeded(weather);
    for (Disturbance disturbance : scenario.disturbances()) {
      disturbance.begin(fleet, Randomness.seeded(chance.nextLong()));
    }
  }

  private void send(Request request, List<Side> sides, List<Measurement> measurements) {
    for (int i = 0; i < sides.size(); i++) {
      int side = (request.turn + i) % sides.size();
      lateness.add(Math.max(0, time.nanoTime() - request.due));
      sides.get(side).send(request.due, request.client, request.uri, measurements.get(side));
    }
  }

  private void parkUntil(long nanoTime) {
    for (long left = nanoTime - time.nanoTime(); left > 0; left = nanoTime - time.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private record Request(long due, int client, String uri, int turn) {}
}
