package io.evenkeel.benchmarks.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where there is next to nothing to choose, and where there is. */
class LaboratoryPageTest {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "lab.scenarios", "equal-30,antagonists-90,black-hole",
          "lab.strategies", "oracle,round-robin,adaptive,adaptive+ejection",
          "lab.seeds", "3",
          "lab.seconds", "2");
  private static String page = "";

  @BeforeAll
  static void write() throws Exception {
    Options options = Options.from(name -> PROPERTIES.getOrDefault(name, ""));
    List<Result> results = options.experiment().run(options.pairs(), result -> {});
    page = LaboratoryPage.of(new ResultTable(results), options);
  }

  @Test
  void a_simpler_strategy_is_named_where_it_does_as_well_and_nowhere_else() {
    List<String> named = page.lines().filter(line -> line.startsWith("- ")).toList();
    assertEquals(1, named.size(), () -> named.toString());
    assertTrue(named.get(0).startsWith("- all equal, 30 %: round-robin 1."), named.get(0));
  }

  @Test
  void each_world_has_its_row_in_each_table() {
    assertEquals(8, page.lines().filter(line -> line.startsWith("| antagonists-90 |")).count());
    assertEquals(9, page.lines().filter(line -> line.startsWith("| black-hole |")).count());
  }

  @Test
  void ejection_stands_apart() {
    List<String> heads = page.lines().filter(line -> line.startsWith("| world |")).toList();
    assertEquals("| world | oracle | round-robin | adaptive |", heads.get(0));
    assertEquals("| world | adaptive+ejection |", heads.get(heads.size() - 1));
  }
}
