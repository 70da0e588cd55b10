package io.evenkeel.benchmarks.laboratory.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.strategy.RoundRobin;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One client that takes 4 servers in turn, at half of what they can do. */
class WorldTest {
  private static final Scenario QUIET =
      Scenario.standard("quiet", "quiet", 0.5).of(1, 4).doing(Work.constant(), 0);

  @Test
  void undisturbed_all_are_answered_and_none_faster_than_its_work_and_the_wire() {
    Measurement run = run(QUIET);
    assertEquals(0, run.errorPercent());
    assertTrue(run.latencies().quantile(0) > 40.4);
    assertEquals(1, run.imbalance(), 0.01);
  }

  @Test
  void a_silent_server_costs_its_clients_the_deadline() {
    Measurement run = run(QUIET.amid((stage, chance) -> stage.mode(0, Server.Mode.SILENT)));
    assertEquals(25, run.errorPercent(), 0.1);
    assertEquals(5000, run.latencies().quantile(0.76));
    assertTrue(run.latencies().quantile(0.74) < 1000);
  }

  @Test
  void a_failure_is_an_error_without_a_latency() {
    Measurement run = run(QUIET.amid((stage, chance) -> stage.mode(0, Server.Mode.FAILING)));
    assertEquals(25, run.errorPercent(), 0.1);
    assertEquals(0.75, run.latencies().total() / (double) run.requests(), 0.001);
  }

  @Test
  void a_refused_connection_says_that_nothing_was_sent_so_ejection_heeds_it() {
    Scenario refusing = QUIET.amid((stage, chance) -> stage.mode(0, Server.Mode.REFUSING));
    Measurement run = run(refusing, EjectionOptions.defaults());
    assertTrue(run.errorPercent() < 0.1, () -> "errors: " + run.errorPercent() + " %");
  }

  @Test
  void a_crash_loses_what_the_server_worked_on() {
    Scenario crashing =
        QUIET.amid(
            (stage, chance) -> stage.at(1, () -> stage.eachServer().forEach(s -> crash(stage, s))));
    Measurement run = run(crashing);
    double lost = run.errorPercent() / 100 * run.requests();
    assertEquals(8, lost, 6); // half of 16 cores are busy
  }

  private static void crash(Stage stage, int server) {
    stage.crash(server, Server.Mode.SERVING);
  }

  @Test
  void what_is_not_listed_gets_nothing_and_what_is_listed_anew_does() {
    Measurement without = run(QUIET.amid((stage, chance) -> stage.unlist(0)));
    assertEquals(4 / 3.0, without.imbalance(), 0.01);
    Scenario back =
        QUIET.amid(
            (stage, chance) -> {
              stage.unlist(0);
              stage.list(0);
            });
    assertEquals(1, run(back).imbalance(), 0.01);
  }

  @Test
  void a_server_that_stands_still_loses_nothing_and_holds_all_up() {
    Scenario pausing =
        QUIET.amid(
            (stage, chance) -> {
              stage.at(1, () -> stage.cores(0, 0));
              stage.at(2, () -> stage.cores(0, 4));
            });
    Measurement run = run(pausing);
    assertEquals(0, run.errorPercent());
    assertEquals(1600, run.latencies().quantile(0.999), 150); // a second, and to catch up
  }

  @Test
  void a_wire_longer_than_the_deadline_is_refused() {
    Duration deadline = Duration.ofSeconds(5);
    assertThrows(IllegalArgumentException.class, () -> QUIET.within(deadline, deadline));
  }

  @Test
  void the_busiest_of_zipfs_clients_sends_as_much_as_the_law_says() {
    Clients clients = Clients.zipf(4);
    int busiest = 0;
    for (int i = 0; i < 10_000; i++) {
      busiest += clients.draw(Randomness.seeded(i)) == 0 ? 1 : 0;
    }
    assertEquals(4_800, busiest, 200); // 1 of 1 + 1/2 + 1/3 + 1/4
  }

  private static Measurement run(Scenario scenario) {
    return run(scenario, EjectionOptions.defaults().withMaxShare(0));
  }

  private static Measurement run(Scenario scenario, EjectionOptions ejection) {
    return World.of(scenario, (world, random) -> RoundRobin.create(random), ejection, 1)
        .run(Duration.ofSeconds(1), Duration.ofSeconds(10));
  }
}
