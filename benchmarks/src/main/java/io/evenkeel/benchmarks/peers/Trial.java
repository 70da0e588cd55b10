package io.evenkeel.benchmarks.peers;

import io.evenkeel.benchmarks.peers.Lineup.Contestant;
import java.util.ArrayList;
import java.util.List;

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

  /** Whether it is the same operation with as many threads. */
  boolean sharesTableWith(Trial other) {
    return contestant.op().equals(other.contestant.op()) && threads == other.threads;
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
   * All of them, those of a heat next to each other, since machines change from minute to minute. A
   * size goes through all operations before the next one begins, so that there is something of each
   * when time runs out.
   *
   * @param twice the sizes that are also measured with two threads, at the end; no update is
   */
  static List<Trial> of(List<Contestant> contestants, List<Integer> sizes, List<Integer> twice) {
    List<Trial> trials = new ArrayList<>();
    sizes.forEach(size -> contestants.forEach(one -> trials.add(new Trial(one, size, 1))));
    List<Contestant> inParallel =
        contestants.stream().filter(one -> !one.op().equals(Lineup.UPDATE)).toList();
    twice.forEach(size -> inParallel.forEach(one -> trials.add(new Trial(one, size, 2))));
    return trials;
  }
}
