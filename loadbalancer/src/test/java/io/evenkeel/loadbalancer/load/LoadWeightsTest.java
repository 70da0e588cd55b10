package io.evenkeel.loadbalancer.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.strategy.LoadReport;
import io.evenkeel.testkit.ManualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadWeightsTest {
  private static final double[] EQUAL = {1, 1, 1};
  private static final double[] ONES = {1, 1, 1};

  private final ManualTime time = ManualTime.start();
  private final LoadWeights weights = LoadWeights.with(LoadWeightOptions.on(), time);
  private final List<ReportedCapacity> three =
      Stream.generate(weights::newCapacity).limit(3).toList();

  private void report(int index, double rate, double errors, double used) {
    three.get(index).report(new LoadReport(used, rate, errors, Double.NaN, Double.NaN));
  }

  /** Has all report at the beginning and the end of the blackout, and stops. */
  private void reportLong(double... utilizations) {
    for (int second = 0; second <= 10; second += 5) {
      for (int i = 0; i < utilizations.length; i++) {
        report(i, 100, 0, utilizations[i]);
      }
      time.advance(Duration.ofSeconds(5));
    }
  }

  private void assertFactors(double... expected) {
    assertArrayEquals(expected, weights.factors(three, EQUAL), 1e-9);
  }

  @Test
  void who_does_the_same_with_half_the_effort_gets_twice_the_share() {
    reportLong(0.25, 0.5, 1);
    assertFactors(1, 0.5, 0.25);
  }

  @Test
  void nobody_is_believed_before_ten_seconds_of_reports() {
    report(0, 100, 0, 0.2);
    report(1, 100, 0, 0.8);
    time.advance(Duration.ofMillis(9_999));
    assertFactors(ONES);
    time.advance(Duration.ofMillis(1));
    assertFactors(1, 0.25, 0.625);
  }

  @Test
  void an_unknown_one_gets_the_mean_of_the_known() {
    reportLong(0.25, 0.5);
    assertFactors(1, 0.5, 0.75);
  }

  @Test
  void one_alone_that_reports_changes_nothing() {
    reportLong(0.25);
    assertFactors(ONES);
  }

  @Test
  void after_three_minutes_without_a_report_it_is_forgotten_and_begins_anew() {
    reportLong(0.25, 0.5);
    time.advance(Duration.ofMinutes(3));
    assertFactors(ONES);
    report(0, 100, 0, 0.25);
    report(1, 100, 0, 0.5);
    assertFactors(ONES);
    time.advance(Duration.ofSeconds(10));
    assertFactors(1, 0.5, 0.75);
  }

  @Test
  void errors_count_as_utilization() {
    report(0, 100, 0, 0.25);
    report(1, 100, 25, 0.25); // a quarter fails, so it is taken for half full
    time.advance(Duration.ofSeconds(10));
    assertFactors(1, 0.5, 0.75);
  }

  @Test
  void what_the_registry_weighs_already_is_not_weighed_twice() {
    reportLong(0.25, 0.5, 0.5);
    double[] factors = weights.factors(three, new double[] {2, 1, 1});
    assertArrayEquals(ONES, factors, 1e-9);
  }

  @Test
  void one_out_of_rotation_counts_for_none() {
    reportLong(0.01, 0.5, 1);
    double[] factors = weights.factors(three, new double[] {0, 1, 1});
    assertArrayEquals(new double[] {1, 1, 0.5}, factors, 1e-9);
  }

  @Test
  void one_that_reports_nonsense_starves_nobody() {
    reportLong(1e-6, 0.5, 1);
    assertFactors(1, 0.05, 0.05);
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0.5", "100, 0, 0", "NaN, 0, 0.5", "100, 0, NaN", "1e-300, 1e300, 1e300"})
  void a_report_that_gives_no_weight_changes_nothing(double rate, double errors, double used) {
    reportLong(0.25, 0.5, 0.5);
    report(0, rate, errors, used);
    assertFactors(1, 0.5, 0.5);
  }

  @Test
  void switched_off_reports_change_nothing() {
    LoadWeights off = LoadWeights.with(LoadWeightOptions.off(), time);
    List<ReportedCapacity> two = Stream.generate(off::newCapacity).limit(2).toList();
    two.get(0).report(new LoadReport(0.1, 100, 0, 0, 0));
    two.get(1).report(new LoadReport(0.9, 100, 0, 0, 0));
    time.advance(Duration.ofMinutes(1));
    assertArrayEquals(new double[] {1, 1}, off.factors(two, new double[] {1, 1}));
  }

  @Test
  void options_have_bounds() {
    Duration second = Duration.ofSeconds(1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoadWeightOptions(true, second, second, Duration.ofMillis(99), 1, 0.05));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoadWeightOptions(true, second, second, second, Double.NaN, 0.05));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoadWeightOptions(true, second, second, second, 1, 0));
  }

  @Test
  void times_too_long_for_nanoseconds_are_refused_before_a_report_comes() {
    Duration second = Duration.ofSeconds(1);
    Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoadWeightOptions(true, endless, second, second, 1, 0.05));
    assertThrows(
        IllegalArgumentException.class,
        () -> new LoadWeightOptions(true, second, endless, second, 1, 0.05));
  }
}
