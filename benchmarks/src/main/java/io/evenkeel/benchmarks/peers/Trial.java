package io.evenkeel.benchmarks.peers;

import io.evenkeel.benchmarks.peers.Lineup.Contestant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One measurement to make.
 *
 * @param size how many instances
 */
record Trial(Contestant contestant, int size, int threads) {

  /** Where trials meet: only within one can costs be compared. */
  record Heat(String op, int threads, int size) {}

  Heat heat() {
    return new Heat(contestant.op(), threads, size);
  }

  @Override
  public String toString() {
    return String.format(
        "%s, N=%,d, %d %s: %s %s",
        contestant.op(),
        size,
        threads,
        threads == 1 ? "thread" : "threads",
        Lineup.entrant(contestant.peer()).title(),
        contestant.choice());
  }

  /**
   * All of them, those of a heat next to each other, since machines change from minute to minute.
   */
  static List<Trial> of(List<Contestant> contestants, List<Integer> sizes, Set<Integer> twice) {
    Set<String> ops = new LinkedHashSet<>();
    contestants.forEach(contestant -> ops.add(contestant.op()));
    List<Trial> trials = new ArrayList<>();
    for (String op : ops) {
      List<Contestant> field =
          contestants.stream().filter(contestant -> contestant.op().equals(op)).toList();
      sizes.forEach(size -> field.forEach(one -> trials.add(new Trial(one, size, 1))));
      if (!op.equals(Lineup.UPDATE)) {
        twice.stream()
            .sorted(Comparator.naturalOrder())
            .forEach(size -> field.forEach(one -> trials.add(new Trial(one, size, 2))));
      }
    }
    return trials;
  }
}
