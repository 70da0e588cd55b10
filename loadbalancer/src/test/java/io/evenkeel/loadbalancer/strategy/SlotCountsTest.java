package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class SlotCountsTest {
  @Test
  void whole_weights_are_divided_by_their_common_divisor() {
    assertArrayEquals(new int[] {2, 3, 1}, counts(100, 200, 300, 100));
  }

  @Test
  void whole_weights_that_need_too_many_slots_are_rounded() {
    assertArrayEquals(new int[] {33, 67}, counts(100, 1_000, 2_001));
  }

  @Test
  void rounding_hands_out_every_slot_to_the_largest_remainders() {
    assertArrayEquals(new int[] {3, 3, 4}, counts(10, 0.31, 0.33, 0.36));
  }

  @Test
  void the_lightest_is_raised_to_one_slot() {
    assertArrayEquals(new int[] {1, 10}, counts(10, 1e-300, 1.5));
  }

  @Test
  void no_weights_need_no_slots() {
    assertEquals(0, Arrays.stream(counts(10)).sum());
  }

  private static int[] counts(int limit, double... weights) {
    return SlotCounts.of(weights, limit);
  }
}
