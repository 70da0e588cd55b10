package io.evenkeel.benchmarks.laboratory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The laboratory's short form: no strategy gets worse unseen. */
class BaselineTest {
  private static final String HEAD = "scenario,strategy,p99 / round robin\n";

  @Test
  void no_strategy_loses_more_than_the_margin_against_its_baseline() throws Exception {
    Baseline before = Baseline.read(Files.readString(Path.of(Baseline.FILE)));
    assertEquals(List.of(), before.lossesOf(Baseline.measured()));
  }

  @Test
  void the_baseline_holds_what_the_laboratory_began_with() throws IOException {
    assertTrue(Baseline.read(Files.readString(Path.of(Baseline.FILE))).size() >= 28);
  }

  @Test
  void a_loss_is_named_with_both_figures() {
    Baseline before = Baseline.read(HEAD + "s,a,0.5\ns,b,0.5\ns,c,0.5\n");
    Baseline after = Baseline.read(HEAD + "s,a,0.62\ns,b,0.63\ns,d,9\n");
    assertEquals("[s,b: 0.630 (expected: 0.500)]", before.lossesOf(after).toString());
  }

  @Test
  void what_is_written_is_what_is_read() {
    String text = HEAD + "s,a,0.500\ns,b,1.250\n";
    assertEquals(text, Baseline.read(text).toText());
  }
}
