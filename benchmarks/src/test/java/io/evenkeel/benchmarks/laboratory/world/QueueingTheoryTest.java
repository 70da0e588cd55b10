package io.evenkeel.benchmarks.laboratory.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.strategy.RandomChoice;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The world against what queueing theory knows of it: random choice splits a Poisson stream into
 * Poisson streams, so each server is an M/G/c queue with processor sharing. Sources: L. Kleinrock,
 * "Queueing Systems", vol. 1, 1975 (M/M/1, Erlang C), vol. 2, 1976, 4.4 (processor sharing and its
 * insensitivity).
 */
class QueueingTheoryTest {
  private static final double MARGIN = 0.03;
  private static final int SERVERS = 20;
  private static final EjectionOptions NO_EJECTION = EjectionOptions.defaults().withMaxShare(0);

  @ParameterizedTest
  @CsvSource({"0.3, 57.14", "0.5, 80", "0.7, 133.33", "0.8, 200"})
  void one_shared_core_answers_after_the_mean_that_theory_gives(double load, double millis) {
    Measurement run = run(scenario(load, Work.exponential()).on(1, server -> 1));
    assertEquals(millis, run.meanMillis(), MARGIN * millis);
  }

  static Stream<Work> laws() {
    return Stream.of(
        Work.constant(), Work.truncatedNormal(), Work.lognormal(1), Work.dearer(0.05, 60));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void the_mean_does_not_depend_on_the_law_of_the_work(Work work) {
    Measurement run = run(scenario(0.5, work).on(1, server -> 1));
    assertEquals(80, run.meanMillis(), MARGIN * 80);
  }

  @ParameterizedTest
  @CsvSource({"2, 0.6", "4, 0.7", "4, 0.9", "8, 0.8"})
  void shared_cores_hold_as_many_requests_on_average_as_erlangs_formula_says(
      int cores, double load) {
    Measurement run = run(scenario(load, Work.exponential()).on(cores, server -> 1));
    double offered = cores * load;
    double expected = offered + erlangC(cores, offered) * load / (1 - load);
    double held = run.meanMillis() / 40 * offered; // Little's law
    assertEquals(expected, held, MARGIN * expected);
  }

  @Test
  void a_core_twice_as_fast_halves_the_time() {
    Measurement run = run(scenario(0.5, Work.exponential()).on(1, server -> 2));
    assertEquals(40, run.meanMillis(), MARGIN * 40);
  }

  /** Pollaczek and Khinchine: M/D/1, first come, first served. */
  @Test
  void one_thread_answers_in_order_after_the_mean_that_theory_gives() {
    Measurement run = run(scenario(0.7, Work.constant()).on(1, server -> 1).threads(1));
    double expected = 40 + 40 * 0.7 / (2 * (1 - 0.7));
    assertEquals(expected, run.meanMillis(), MARGIN * expected);
  }

  @Test
  void the_wire_adds_its_round_trip() {
    Duration wire = Duration.ofMillis(30);
    Scenario scenario = scenario(0.5, Work.exponential()).within(wire, Duration.ofHours(1));
    assertEquals(110, run(scenario.on(1, server -> 1)).meanMillis(), MARGIN * 110);
  }

  /** The chance that all cores are busy in M/M/c. */
  private static double erlangC(int cores, double offered) {
    double sum = 0;
    double term = 1; // offered^k / k!
    for (int k = 0; k < cores; k++) {
      sum += term;
      term *= offered / (k + 1);
    }
    double waiting = term * cores / (cores - offered);
    return waiting / (sum + waiting);
  }

  private static Scenario scenario(double load, Work work) {
    return Scenario.standard("theory", "theory", load)
        .of(1, SERVERS)
        .doing(work, 0)
        .within(Duration.ZERO, Duration.ofHours(1));
  }

  private static Measurement run(Scenario scenario) {
    Duration window = Duration.ofNanos((long) (800_000 / scenario.rate()));
    return World.of(scenario, (world, random) -> RandomChoice.create(random), NO_EJECTION, 1)
        .run(Duration.ofSeconds(20), window);
  }
}
