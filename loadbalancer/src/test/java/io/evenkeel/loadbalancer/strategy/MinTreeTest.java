package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.testkit.Racing;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MinTreeTest {
  private static int[] leastOf(int[] keys) {
    int least = Arrays.stream(keys).min().orElseThrow();
    return IntStream.range(0, keys.length).filter(i -> keys[i] == least).toArray();
  }

  /** All that are drawn, by so many draws that none is missed. */
  private static int[] drawn(MinTree tree, int ties) {
    SplittableRandom random = new SplittableRandom(ties);
    return IntStream.generate(() -> new Ties(tree).draw(random))
        .limit(30L * ties)
        .sorted()
        .distinct()
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 16, 17, 65, 257})
  void it_names_exactly_those_with_the_least_key(int size) {
    SplittableRandom random = new SplittableRandom(size);
    int[] keys = IntStream.range(0, size).map(i -> random.nextInt(4)).toArray();
    MinTree tree = new MinTree(size, i -> keys[i]);
    for (int change = 0; change < 300; change++) {
      int leaf = random.nextInt(size);
      keys[leaf] = random.nextInt(6);
      tree.renew(leaf);
      int[] least = leastOf(keys);
      assertArrayEquals(least, drawn(tree, least.length), () -> "keys " + Arrays.toString(keys));
    }
  }

  @Test
  void threads_leave_a_tree_that_is_right() {
    for (int round = 0; round < 50; round++) {
      AtomicIntegerArray keys = new AtomicIntegerArray(100);
      MinTree tree = new MinTree(100, keys::get);
      int seed = round;
      Racing.in(
          4,
          () -> {
            SplittableRandom random = new SplittableRandom(seed + Thread.currentThread().getId());
            for (int change = 0; change < 2_000; change++) {
              int leaf = random.nextInt(100);
              keys.addAndGet(leaf, keys.get(leaf) > 3 ? -1 : 1);
              tree.renew(leaf);
            }
            return true;
          });
      int[] last = IntStream.range(0, 100).map(keys::get).toArray();
      int[] least = leastOf(last);
      assertArrayEquals(least, drawn(tree, least.length));
    }
  }

  @Test
  void a_leaf_of_another_tree_is_nothing() {
    MinTree tree = new MinTree(3, i -> 0);
    tree.renew(12);
    assertArrayEquals(new int[] {0, 1, 2}, drawn(tree, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 40, 1_000})
  void of_a_thousand_each_that_ties_is_as_likely_as_any_other(int ties) {
    SplittableRandom random = new SplittableRandom(ties);
    int[] keys = new int[1_001];
    Arrays.fill(keys, 1);
    keys[1_000] = 0;
    random.ints(0, 1_000).distinct().limit(ties - 1).forEach(leaf -> keys[leaf] = 0);
    Ties drawing = new Ties(new MinTree(1_001, leaf -> keys[leaf]));
    int[] counts = new int[1_001];
    for (int draw = 0; draw < 1_000 * ties; draw++) {
      counts[drawing.draw(random)]++;
    }
    for (int leaf = 0; leaf < keys.length; leaf++) {
      assertEquals(keys[leaf] == 0 ? 1_000 : 0, counts[leaf], 180, "leaf " + leaf); // 5.7 sigma
    }
  }
}
