package io.evenkeel.benchmarks.forreal;

import static io.evenkeel.benchmarks.laboratory.world.Scenario.standard;

import io.evenkeel.benchmarks.laboratory.Disturbances;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import io.evenkeel.benchmarks.laboratory.world.Server.Mode;
import io.evenkeel.benchmarks.laboratory.world.Work;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * The worlds that two cores can carry: 5 clients, 10 servers of 4 cores, 80 ms of work, at most 400
 * requests a second for each contender.
 */
final class RealScenarios {
  /** Short, since a run waits for its last request. */
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final Work WORK = new Work(80e6, Work.truncatedNormal().law());
  private static final Duration LOOPBACK = Duration.ofNanos(500_000);

  private RealScenarios() {}

  /** Requests that cost nothing, as many as at that load they would be: what is left is HTTP. */
  static Scenario idle(double load) {
    Work nothing = new Work(WORK.mean(), random -> 0);
    return small("idle", "requests that cost nothing", load).doing(nothing, 0);
  }

  static List<Scenario> all() {
    return List.of(
        small("equal", "all equal, 80 %", 0.8),
        small("two-speeds", "half of the servers 2 x slower, 80 %", 0.8)
            .on(4, server -> server % 2 == 0 ? 4 / 3.0 : 2 / 3.0),
        small("gray", "one server 20 x slower, 70 %", 0.7).amid(Disturbances.gray(20, 1, 10)),
        small("black-hole", "one server fails in 1 ms, 70 %", 0.7)
            .amid(Disturbances.blackHole(0.5)),
        small("crash-refused", "one server crashes, refused for 3 s, 70 %", 0.7)
            .amid(Disturbances.crash(Mode.REFUSING, 3, 3)),
        small("rolling-deploy", "rolling deploy, cold instances, 55 %", 0.55)
            .amid(Disturbances.rollingDeploy(1.1, 4, 5)));
  }

  private static Scenario small(String name, String title, double load) {
    return standard(name, title, load).of(5, 10).doing(WORK, 0).within(LOOPBACK, DEADLINE);
  }

  /** Some of them, in their own order; all if none is named. */
  static List<Scenario> named(Collection<String> names) {
    List<String> known = all().stream().map(Scenario::name).toList();
    if (!known.containsAll(names)) {
      throw new IllegalArgumentException(
          "lab.scenarios: " + names + " (expected: " + String.join(", ", known) + ")");
    }
    return all().stream()
        .filter(scenario -> names.isEmpty() || names.contains(scenario.name()))
        .toList();
  }
}
