package io.evenkeel.benchmarks.laboratory.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyHistogramTest {
  private final LatencyHistogram histogram = new LatencyHistogram();

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.5, 1.023, 1.024, 7.77, 105.9, 5000, 16_000})
  void a_latency_is_known_to_two_parts_in_a_thousand(double millis) {
    histogram.add(Math.round(millis * 1e6));
    assertEquals(millis, histogram.quantile(1), 0.002 * millis);
  }

  @Test
  void a_quantile_is_what_that_share_does_not_exceed() {
    for (int millis = 1; millis <= 1000; millis++) {
      histogram.add(millis * 1_000_000L);
    }
    assertEquals(500, histogram.quantile(0.5), 1);
    assertEquals(990, histogram.quantile(0.99), 2);
    assertEquals(999, histogram.quantile(0.999), 2);
  }

  @Test
  void histograms_add_up() {
    LatencyHistogram other = new LatencyHistogram();
    other.add(1_000_000);
    histogram.add(3_000_000);
    histogram.add(other);
    assertEquals(2, histogram.total());
    assertEquals(1, histogram.quantile(0.5), 0.01);
  }
}
