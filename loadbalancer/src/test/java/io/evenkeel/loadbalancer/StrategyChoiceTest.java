package io.evenkeel.loadbalancer;

import static io.evenkeel.loadbalancer.fakes.Instances.SERVICE;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.fakes.InTurn;
import io.evenkeel.loadbalancer.fakes.ScriptedRegistry;
import io.evenkeel.testkit.ManualTime;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code last-of} always picks the last one, which no other strategy here does. */
class StrategyChoiceTest {
  private final ManualTime time = ManualTime.start();
  private final ScriptedRegistry registry = ScriptedRegistry.watchable();
  private final BalancerBuilder builder =
      Balancer.forService(SERVICE).on(registry).scheduler(time).environment(Map.of());

  private String twentyPicks() {
    StringBuilder picked = new StringBuilder();
    try (Balancer balancer = builder.start()) {
      registry.push(upTo(3));
      time.runDue();
      for (int i = 0; i < 20; i++) {
        picked.append(balancer.acquire().instance().id());
      }
    }
    return picked.toString();
  }

  @Test
  void it_can_be_named_with_its_options() {
    builder.strategy("last-of?skip=1");
    assertEquals("i3".repeat(20), twentyPicks());
  }

  @Test
  void the_environment_names_it_where_the_code_does_not() {
    builder.environment(Map.of("EVENKEEL_STRATEGY", "last-of"));
    assertEquals("i3".repeat(20), twentyPicks());
  }

  @Test
  void the_code_comes_before_the_environment() {
    builder.environment(Map.of("EVENKEEL_STRATEGY", "last-of")).strategy("power-of-two-choices");
    assertNotEquals("i3".repeat(20), twentyPicks());
  }

  @Test
  void the_last_word_counts() {
    builder.strategy("last-of").strategy(new InTurn());
    assertNotEquals("i3".repeat(20), twentyPicks());
  }

  @Test
  void without_a_word_it_is_power_of_two_choices() {
    assertNotEquals("i3".repeat(20), twentyPicks());
  }

  @Test
  void what_is_named_wrongly_is_refused_where_it_is_written() {
    assertThrows(IllegalArgumentException.class, () -> builder.strategy("fastest"));
    assertThrows(IllegalArgumentException.class, () -> builder.strategy("last-of?x=1"));
  }

  @Test
  void what_the_environment_names_wrongly_is_refused_at_the_start() {
    builder.environment(Map.of("EVENKEEL_STRATEGY", "fastest"));
    String message = assertThrows(IllegalArgumentException.class, builder::start).getMessage();
    assertTrue(message.startsWith("EVENKEEL_STRATEGY: strategy: fastest"), message);
  }
}
