package io.evenkeel.benchmarks.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

  @Test
  void without_options_everything_runs_and_ejection_where_servers_fail() {
    Options options = options(Map.of());
    assertEquals(Scenarios.all().size(), options.scenarios().size());
    assertTrue(names(options).contains("gray random+ejection"));
    assertTrue(!names(options).contains("equal-70 random+ejection"));
  }

  @Test
  void strategies_and_scenarios_are_chosen_by_name() {
    Options options =
        options(Map.of("lab.strategies", "oracle, random", "lab.scenarios", "gray,pauses"));
    assertEquals("[gray oracle, gray random, pauses oracle, pauses random]", names(options));
  }

  @Test
  void an_unknown_name_is_refused_with_the_known_ones() {
    String strategies = refusal(Map.of("lab.strategies", "best"));
    assertTrue(strategies.startsWith("lab.strategies: best (expected: oracle, round-robin,"));
    String scenarios = refusal(Map.of("lab.scenarios", "fine"));
    assertTrue(scenarios.startsWith("lab.scenarios: fine (expected: equal-30,"));
  }

  @Test
  void seeds_and_seconds_are_numbers() {
    Options options = options(Map.of("lab.seeds", "3", "lab.seconds", "7"));
    assertEquals(3, options.seeds());
    assertEquals(7, options.seconds());
  }

  private static String names(Options options) {
    return options.pairs().stream()
        .map(pair -> pair.scenario().name() + " " + pair.contender().name())
        .toList()
        .toString();
  }

  private static String refusal(Map<String, String> properties) {
    return assertThrows(IllegalArgumentException.class, () -> options(properties)).getMessage();
  }

  private static Options options(Map<String, String> properties) {
    return Options.from(name -> properties.getOrDefault(name, ""));
  }
}
