package io.evenkeel.benchmarks.forreal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.benchmarks.laboratory.Disturbances;
import io.evenkeel.benchmarks.laboratory.world.Arrivals;
import io.evenkeel.benchmarks.laboratory.world.Disturbance;
import io.evenkeel.benchmarks.laboratory.world.Measurement;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import io.evenkeel.benchmarks.laboratory.world.Server.Mode;
import io.evenkeel.benchmarks.laboratory.world.Work;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two clients and four servers of one core on loopback; nothing here depends on how fast it is. */
class TrialIT {
  private static final Duration WINDOW = Duration.ofSeconds(2);
  private static final Work WORK = new Work(40e6, random -> 1);
  private static final Scenario QUIET =
      Scenario.standard("quiet", "quiet", 0.3)
          .of(2, 4)
          .on(1, server -> 1)
          .doing(WORK, 0)
          .within(Duration.ZERO, Duration.ofSeconds(20));

  @Test
  void every_request_of_the_schedule_is_sent_by_everyone_and_answered() {
    List<Measurement> runs = run(QUIET, "round-robin", "vertx:round-robin");
    for (Measurement run : runs) {
      assertEquals(due(), run.requests());
      assertEquals(due(), run.latencies().total());
      assertEquals(0, run.errorPercent());
    }
  }

  @Test
  void none_is_answered_before_its_work_is_done() {
    Measurement run = run(QUIET, "power-of-two-choices").get(0);
    assertTrue(run.latencies().quantile(0) >= 39.9, () -> "ms: " + run.latencies().quantile(0));
  }

  @Test
  void round_robin_over_http_spreads_evenly() {
    Measurement run = run(QUIET, "round-robin").get(0);
    assertEquals(1, run.imbalance(), 0.25);
  }

  @Test
  void a_server_that_fails_costs_its_share_and_no_latency() {
    Disturbance failing = (stage, chance) -> stage.mode(0, Mode.FAILING);
    Measurement run = run(QUIET.amid(failing), "round-robin").get(0);
    assertEquals(25, run.errorPercent(), 6);
    assertEquals(run.requests(), run.latencies().total() + errors(run));
  }

  @Test
  void a_refused_connection_is_an_error_that_ejection_heeds() {
    Scenario refusing = QUIET.amid((stage, chance) -> stage.crash(0, Mode.REFUSING));
    List<Measurement> runs = run(refusing, "round-robin", "round-robin+ejection");
    assertTrue(errors(runs.get(0)) > errors(runs.get(1)), () -> runs.get(1).errorPercent() + " %");
  }

  @Test
  void servers_that_are_deployed_anew_are_found_by_everyone() {
    Scenario rolling = QUIET.amid(Disturbances.rollingDeploy(-1, 1, 0));
    for (Measurement run : run(rolling, "random", "vertx:power-of-two-choices")) {
      assertTrue(run.latencies().total() > run.requests() / 3);
    }
  }

  private static List<Measurement> run(Scenario scenario, String... contenders) {
    return new Trial(scenario, Duration.ZERO, WINDOW).run(List.of(contenders), 1);
  }

  private static int due() {
    Arrivals arrivals = Arrivals.of(QUIET, Randomness.seeded(Randomness.seeded(1).nextLong()));
    int due = 0;
    for (arrivals.advance(); arrivals.time() < WINDOW.toNanos(); arrivals.advance()) {
      due++;
    }
    return due;
  }

  private static long errors(Measurement run) {
    return Math.round(run.errorPercent() * run.requests() / 100);
  }
}
