package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class StrategiesTest {
  @Test
  void every_name_makes_a_strategy_of_that_name() {
    assertEquals(15, Strategies.names().size());
    for (String name : Strategies.names()) {
      assertEquals(name, Strategies.named(name).name());
    }
  }

  @Test
  void every_call_makes_a_new_strategy() {
    assertNotSame(Strategies.named("round-robin"), Strategies.named("round-robin"));
  }

  @Test
  void an_unknown_name_is_told_the_known_ones() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Strategies.named("Round-Robin"))
            .getMessage();
    assertTrue(
        message.startsWith("strategy: Round-Robin (expected: round-robin, random,"), message);
  }

  @Test
  void the_default_is_one_of_them() {
    assertTrue(Strategies.names().contains(Strategies.DEFAULT));
  }
}
