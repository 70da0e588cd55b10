package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.time.Randomness;
import io.evenkeel.time.TimeSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StrategiesTest {
  private static String refusal(String text) {
    return assertThrows(IllegalArgumentException.class, () -> Strategies.named(text)).getMessage();
  }

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
  void an_unknown_name_is_told_the_known_ones_and_those_of_providers() {
    String message = refusal("Round-Robin");
    assertTrue(
        message.startsWith("strategy: Round-Robin (expected: round-robin, random,"), message);
    assertTrue(message.endsWith(", last-of)"), message);
  }

  @Test
  void the_default_is_one_of_them() {
    assertTrue(Strategies.names().contains(Strategies.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "power-of-d-choices?choices=3",
        "peak-ewma?decay=500ms",
        "least-response-time?decay=PT1M",
        "adaptive?decay=1m",
        "consistent-hashing?points=2048&bound=1.5",
        "maglev?table=1021&bound=none",
        "rendezvous?bound=2"
      })
  void every_number_that_makes_sense_to_set_can_be_set(String text) {
    assertEquals(StrategySpec.parse(text).name(), Strategies.named(text).name());
  }

  @Test
  void what_is_set_usually_can_be_asked_for_and_be_set() {
    for (String name : Strategies.names()) {
      Map<String, String> usual = Strategies.options(name);
      assertEquals(name, Strategies.named(new StrategySpec(name, usual).toString()).name());
    }
    assertEquals(
        Map.of("bound", "1.25", "points", "256"), Strategies.options("consistent-hashing"));
  }

  @Test
  void an_unknown_option_is_told_the_known_ones() {
    assertEquals("peak-ewma.dekay: 5s (expected: one of decay=10s)", refusal("peak-ewma?dekay=5s"));
    assertEquals("random.x: 1 (expected: no option, it has none)", refusal("random?x=1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "peak-ewma?decay=0s | peak-ewma.decay: 0s (expected: above 0, at most 24h)",
        "peak-ewma?decay=25h | peak-ewma.decay: 25h (expected: above 0, at most 24h)",
        "least-response-time?decay=PT-1S | least-response-time.decay: PT-1S (expected: above",
        "peak-ewma?decay=soon | peak-ewma.decay: soon (expected: a time such as 500ms",
        "power-of-d-choices?choices=65 | power-of-d-choices.choices: 65 (expected: 2..64)",
        "power-of-d-choices?choices=two | power-of-d-choices.choices: two (expected: a whole",
        "consistent-hashing?points=0 | consistent-hashing.points: 0 (expected: 1..4096)",
        "rendezvous?bound=NaN | bound: NaN (expected: above 1",
        "rendezvous?bound=1 | bound: 1.0 (expected: above 1",
        "rendezvous?bound=much | rendezvous.bound: much (expected: a number, or none)",
        "maglev?table=65536 | maglev.table: 65536 (expected: a prime",
        "maglev?table=-7 | maglev.table: -7 (expected: a prime"
      })
  void a_value_out_of_bounds_is_told_them(String text, String expected) {
    assertTrue(refusal(text).startsWith(expected), refusal(text));
  }

  @Test
  void one_of_your_own_is_found_with_its_options() {
    assertEquals("usual0", Strategies.named("last-of").name());
    assertEquals("x7", Strategies.named("last-of?label=x&skip=7").name());
    assertEquals(
        "last-of.lable: x (expected: one of label=usual, skip=0)", refusal("last-of?lable=x"));
  }

  @ParameterizedTest
  @CsvSource({"'', power-of-two-choices", "' ', power-of-two-choices", "maglev?bound=2, maglev"})
  void the_environment_says_which_to_use(String value, String name) {
    Map<String, String> environment = Map.of("EVENKEEL_STRATEGY", value);
    assertEquals(
        name,
        Strategies.fromEnvironment(environment, Randomness.perThread(), TimeSource.system())
            .name());
  }

  @Test
  void what_the_environment_says_wrongly_is_refused_with_the_variables_name() {
    Map<String, String> environment = Map.of("EVENKEEL_STRATEGY", "fastest");
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Strategies.fromEnvironment(
                        environment, Randomness.perThread(), TimeSource.system()))
            .getMessage();
    assertTrue(message.startsWith("EVENKEEL_STRATEGY: strategy: fastest (expected:"), message);
  }
}
