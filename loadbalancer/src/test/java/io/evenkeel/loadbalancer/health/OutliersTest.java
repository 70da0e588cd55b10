package io.evenkeel.loadbalancer.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.Outcome;
import io.evenkeel.testkit.ScriptedRandom;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who stands out from the others, and who does not. */
class OutliersTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final EjectionOptions LENIENT =
      EjectionOptions.defaults().withConsecutiveFailures(1_000_000);

  private final Ejector ejector = ejector(LENIENT);

  @Test
  void one_that_fails_more_than_five_points_and_deviations_allow_is_out() {
    List<EndpointHealth> all = endpoints(5);
    all.forEach(each -> calls(each, 100, 0, 10 * MILLI));
    calls(all.get(2), 0, 10, 0);
    assertEquals(List.of(2), out(all));
    assertEquals(Suspicion.SUCCESS_RATE, all.get(2).suspicion());
  }

  @Test
  void five_points_are_not_too_many_though_all_others_are_flawless() {
    List<EndpointHealth> all = endpoints(10);
    all.forEach(each -> calls(each, 100, 0, 10 * MILLI));
    calls(all.get(2), 0, 5, 0);
    assertEquals(List.of(), out(all));
  }

  @Test
  void where_rates_differ_anyway_deviations_count() {
    List<EndpointHealth> all = endpoints(6);
    for (int i = 0; i < 6; i++) {
      calls(all.get(i), 200 - 20 * i, 20 * i, 10 * MILLI);
    }
    assertEquals(List.of(), out(all));
  }

  @Test
  void rates_of_fewer_than_five_endpoints_are_not_compared() {
    List<EndpointHealth> all = endpoints(5);
    all.subList(0, 4).forEach(each -> calls(each, 100, 0, 10 * MILLI));
    calls(all.get(4), 49, 50, 10 * MILLI);
    assertEquals(List.of(), out(all));
    all.forEach(each -> calls(each, 100, 0, 10 * MILLI));
    assertEquals(List.of(4), out(all));
  }

  @Test
  void among_four_endpoints_no_rate_is_compared_however_few_deviations_are_allowed() {
    OutlierOptions strict =
        new OutlierOptions(5, 1, 100, 2, 50, 5, 20, Duration.ofMillis(500), 5); // no share is 2
    Ejector eager = ejector(LENIENT.withOutliers(strict));
    List<EndpointHealth> all = endpoints(5);
    all.forEach(each -> calls(each, 100, 0, 10 * MILLI));
    calls(all.get(0), 0, 100, 0);
    assertFalse(eager.look(all.subList(0, 4)));
    all.forEach(each -> calls(each, 100, 0, 10 * MILLI));
    assertTrue(eager.look(all));
  }

  @Test
  void among_four_endpoints_one_that_only_fails_is_left_to_the_failures_in_a_row() {
    List<EndpointHealth> all = endpoints(4);
    all.subList(1, 4).forEach(each -> calls(each, 60, 0, 10 * MILLI));
    calls(all.get(0), 0, 60, 0);
    assertEquals(List.of(), out(all));
  }

  @Test
  void one_that_fails_at_eighty_five_percent_is_out_with_fifty_calls() {
    List<EndpointHealth> all = endpoints(5);
    all.forEach(each -> calls(each, 60, 0, 10 * MILLI));
    EndpointHealth bad = EndpointHealth.unknown(LENIENT);
    calls(bad, 9, 51, 10 * MILLI);
    assertEquals(List.of(5), out(Stream.concat(all.stream(), Stream.of(bad)).toList()));
    assertEquals(Suspicion.FAILURE_SHARE, bad.suspicion());
  }

  @Test
  void one_that_fails_a_little_less_or_was_hardly_called_stays() {
    List<EndpointHealth> all = endpoints(7);
    all.subList(0, 5).forEach(each -> calls(each, 60, 0, 10 * MILLI));
    calls(all.get(5), 10, 50, 10 * MILLI);
    calls(all.get(6), 0, 49, 10 * MILLI);
    assertEquals(List.of(), out(all));
  }

  @Test
  void a_gray_one_is_out_with_the_next_look() {
    List<EndpointHealth> all = endpoints(3);
    all.forEach(each -> calls(each, 20, 0, 10 * MILLI));
    assertEquals(List.of(), out(all));
    all.forEach(each -> calls(each, 10, 0, 10 * MILLI));
    calls(all.get(1), 40, 0, 100 * MILLI);
    assertEquals(List.of(1), out(all));
    assertEquals(Suspicion.SLOW, all.get(1).suspicion());
  }

  @Test
  void one_four_times_as_slow_is_not_gray() {
    List<EndpointHealth> all = endpoints(3);
    all.subList(1, 3).forEach(each -> calls(each, 20, 0, 10 * MILLI));
    calls(all.get(0), 20, 0, 40 * MILLI);
    assertEquals(List.of(), out(all));
  }

  @Test
  void twenty_answers_of_three_endpoints_are_wanted_to_call_one_gray() {
    List<EndpointHealth> all = endpoints(3);
    calls(all.get(0), 20, 0, 10 * MILLI);
    calls(all.get(1), 19, 0, 10 * MILLI);
    calls(all.get(2), 20, 0, 100 * MILLI);
    assertEquals(List.of(), out(all));
    all.forEach(each -> calls(each, 20, 0, 10 * MILLI));
    calls(all.get(2), 100, 0, 100 * MILLI);
    assertEquals(List.of(2), out(all));
  }

  @Test
  void equal_ones_are_never_out_in_ten_thousand_looks() {
    RandomGenerator random = Randomness.seeded(7);
    List<EndpointHealth> all = endpoints(6);
    for (int look = 0; look < 10_000; look++) {
      all.forEach(each -> randomCalls(each, random));
      assertFalse(ejector.look(all), "look " + look);
    }
  }

  @Test
  void a_tenth_is_out_at_most_however_many_are_gray() {
    List<EndpointHealth> all = endpoints(40);
    all.forEach(each -> calls(each, 50, 0, 10 * MILLI));
    all.subList(0, 15).forEach(each -> calls(each, 200, 0, 200 * MILLI));
    assertEquals(4, out(all).size());
  }

  @Test
  void a_comparison_that_found_no_room_is_dropped_when_it_no_longer_holds() {
    List<EndpointHealth> all = endpoints(5);
    all.forEach(each -> calls(each, 50, 0, 10 * MILLI));
    all.subList(0, 2).forEach(each -> calls(each, 100, 0, 100 * MILLI));
    assertEquals(List.of(0), out(all));
    assertEquals(Suspicion.SLOW, all.get(1).suspicion());
    calls(all.get(1), 500, 0, 10 * MILLI);
    ejector.look(all);
    assertEquals(Suspicion.NONE, all.get(1).suspicion());
    assertEquals(Suspicion.SLOW, all.get(0).suspicion());
  }

  @Test
  void failures_in_a_row_that_found_no_room_are_not_dropped_by_a_look() {
    EndpointHealth failing = EndpointHealth.unknown(EjectionOptions.defaults());
    calls(failing, 0, 5, 0);
    assertTrue(ejector.look(List.of(failing)));
    assertEquals(Suspicion.CONSECUTIVE_FAILURES, failing.suspicion());
  }

  @Test
  void after_its_return_nothing_of_what_was_seen_counts() {
    List<EndpointHealth> all = endpoints(3);
    all.forEach(each -> calls(each, 50, 0, 10 * MILLI));
    calls(all.get(0), 200, 3, 100 * MILLI);
    assertEquals(List.of(0), out(all));
    ejector.judge(all, 60 * SECOND);
    assertFalse(all.get(0).isEjected());
    assertEquals(0, all.get(0).seen().calls());
    assertEquals(List.of(), out(all));
  }

  @Test
  void switched_off_nobody_stands_out() {
    EjectionOptions off = LENIENT.withOutliers(OutlierOptions.off());
    Ejector blind = ejector(off);
    List<EndpointHealth> all = Stream.generate(() -> EndpointHealth.unknown(off)).limit(8).toList();
    all.forEach(each -> calls(each, 200, 0, 10 * MILLI));
    calls(all.get(0), 1_000, 0, 10 * SECOND);
    calls(all.get(1), 0, 10_000, 0);
    assertFalse(blind.look(all));
    assertEquals(Long.MAX_VALUE, blind.stallLimit());
  }

  private static Ejector ejector(EjectionOptions options) {
    return Ejector.with(options, ScriptedRandom.of(new long[1_000]));
  }

  private static List<EndpointHealth> endpoints(int count) {
    return Stream.generate(() -> EndpointHealth.unknown(LENIENT)).limit(count).toList();
  }

  private static void calls(EndpointHealth health, int answers, int failures, long latency) {
    for (int i = 0; i < answers; i++) {
      health.record(Outcome.success(), latency, 0);
    }
    for (int i = 0; i < failures; i++) {
      health.record(Outcome.failure(null), latency, 0);
    }
  }

  /** Thirty to fifty a second; a hundredth of them fail, in 1 to 100 ms. */
  private static void randomCalls(EndpointHealth health, RandomGenerator random) {
    for (int left = random.nextInt(30, 50); left > 0; left--) {
      boolean fails = random.nextInt(100) < 1;
      Outcome outcome = fails ? Outcome.failure(null) : Outcome.success();
      health.record(outcome, random.nextLong(MILLI, 100 * MILLI), 0);
    }
  }

  /** Looks and judges at the start of time; which ones are out then. */
  private List<Integer> out(List<EndpointHealth> all) {
    ejector.look(all);
    ejector.judge(all, 0);
    return IntStream.range(0, all.size()).filter(i -> all.get(i).isEjected()).boxed().toList();
  }
}
