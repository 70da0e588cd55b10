package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class CostOrderTest {
  @Test
  void those_of_one_cost_are_neighbours_in_the_order_they_came_in() {
    assertArrayEquals(
        new int[] {1, 4, 0, 3, 2}, CostOrder.of(new long[] {6, 2, Long.MAX_VALUE, 6, 2}));
  }

  @Test
  void nothing_has_an_order_too() {
    assertArrayEquals(new int[0], CostOrder.of(new long[0]));
  }

  @Test
  void with_many_different_costs_all_stay_where_they_are() {
    long[] costs = LongStream.range(0, 17).map(i -> 17 - i).toArray();
    assertArrayEquals(IntStream.range(0, 17).toArray(), CostOrder.of(costs));
  }
}
