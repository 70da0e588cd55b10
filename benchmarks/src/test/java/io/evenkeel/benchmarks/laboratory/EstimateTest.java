package io.evenkeel.benchmarks.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {

  /** From the tables: Abramowitz and Stegun, 26.10. */
  @ParameterizedTest
  @CsvSource({"1, 12.706", "2, 4.303", "3, 3.182", "4, 2.776", "9, 2.262", "29, 2.045"})
  void students_quantile_is_that_of_the_tables(int freedom, double quantile) {
    assertEquals(quantile, Estimate.student(freedom), 0.005 * quantile);
  }

  @Test
  void the_margin_is_a_multiple_of_the_standard_error() {
    Estimate estimate = Estimate.of(1, 2, 3, 4, 5);
    assertEquals(3, estimate.mean(), 1e-9);
    assertEquals(2.776 * Math.sqrt(2.5 / 5), estimate.margin(), 0.01);
  }

  @Test
  void one_value_has_no_margin() {
    assertTrue(Double.isNaN(Estimate.of(7).margin()));
    assertEquals("7.00", Estimate.of(7).toString());
  }
}
