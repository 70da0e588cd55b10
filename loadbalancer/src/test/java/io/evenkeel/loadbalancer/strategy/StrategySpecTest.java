package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StrategySpecTest {
  @Test
  void a_name_alone_has_no_options() {
    assertEquals(new StrategySpec("random", Map.of()), StrategySpec.parse(" random\n"));
  }

  @Test
  void options_follow_a_question_mark() {
    StrategySpec spec = StrategySpec.parse("maglev?table=1021&bound=1.5");
    assertEquals("maglev", spec.name());
    assertEquals(Map.of("table", "1021", "bound", "1.5"), spec.options());
  }

  @Test
  void a_value_may_hold_an_equals_sign() {
    assertEquals(Map.of("x", "a=b"), StrategySpec.parse("own?x=a=b").options());
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "own?b=1&a=2", "peak-ewma?decay=5s"})
  void its_text_is_read_as_the_same(String text) {
    assertEquals(text, StrategySpec.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "?a=1", "x?", "x?a", "x?a=", "x?=1", "x?a=1&", "x?a=1&a=2"})
  void what_is_not_of_the_form_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> StrategySpec.parse(text));
  }

  @Test
  void what_the_text_cannot_hold_is_refused() {
    Map<String, String> options = Map.of("x", "a&b");
    String message =
        assertThrows(IllegalArgumentException.class, () -> new StrategySpec("own", options))
            .getMessage();
    assertTrue(message.startsWith("strategy option: x=a&b (expected:"), message);
  }
}
