package io.evenkeel.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.benchmarks.peers.Lineup.Contestant;
import io.evenkeel.benchmarks.peers.Lineup.Entrant;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LineupTest {
  private static final Path PEERS = Path.of("peers");

  @Test
  void every_contestant_is_compared_with_a_floor_of_its_operation() {
    List<Contestant> all = Lineup.contestants();
    for (Contestant one : all) {
      Contestant floor = new Contestant(one.op(), "floor", one.floor(), "");
      assertTrue(one.isFloor() || all.contains(floor), () -> one + ": no such floor");
    }
  }

  @Test
  void every_peer_has_its_adapter_and_something_to_do() {
    Set<String> busy =
        Lineup.contestants().stream().map(Contestant::peer).collect(Collectors.toSet());
    for (Entrant entrant : Lineup.entrants()) {
      String source = "src/main/java/" + entrant.adapter().replace('.', '/') + ".java";
      Path folder = entrant.isForeign() ? PEERS.resolve(entrant.key()) : Path.of("");
      assertTrue(Files.exists(folder.resolve(source)), () -> entrant + ": no " + source);
      assertTrue(busy.contains(entrant.key()), () -> entrant + ": measured at nothing");
    }
  }

  @Test
  void every_choice_of_a_peer_is_known_to_its_adapter() throws Exception {
    for (Contestant one : Lineup.contestants()) {
      Entrant entrant = Lineup.entrant(one.peer());
      if (entrant.isForeign()) {
        Path source = Path.of("src/main/java", entrant.adapter().replace('.', '/') + ".java");
        String text = Files.readString(PEERS.resolve(entrant.key()).resolve(source));
        assertTrue(text.contains("case \"" + one.choice() + "\" ->"), one::toString);
      }
    }
  }

  @Test
  void a_peer_is_measured_beside_ours_and_the_floors() {
    List<Contestant> found = Lineup.matching(Pattern.compile("servicetalk"));
    assertEquals(Set.of("floor", "evenkeel", "servicetalk"), peers(found));
    assertEquals(
        Set.of("round robin", "two choices", "update"),
        found.stream().map(Contestant::op).collect(Collectors.toSet()));
  }

  @Test
  void an_operation_is_measured_of_all_that_have_it() {
    List<Contestant> found = Lineup.matching(Pattern.compile("^hash"));
    assertEquals(
        new TreeSet<>(List.of("floor", "evenkeel", "vertx", "armeria", "grpc", "dubbo")),
        new TreeSet<>(peers(found)));
  }

  private static Set<String> peers(List<Contestant> contestants) {
    return contestants.stream().map(Contestant::peer).collect(Collectors.toSet());
  }
}
