package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

  private static int[] allLeast(MinTree tree) {
    return IntStream.range(0, tree.ties()).map(tree::least).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 8, 9, 64, 65, 513, 4_097})
  void it_names_exactly_those_with_the_least_key(int size) {
    SplittableRandom random = new SplittableRandom(size);
    int[] keys = IntStream.range(0, size).map(i -> random.nextInt(4)).toArray();
    MinTree tree = new MinTree(size, i -> keys[i]);
    for (int change = 0; change < 1_000; change++) {
      int leaf = random.nextInt(size);
      keys[leaf] = random.nextInt(6);
      tree.renew(leaf);
      assertTrue(
          Arrays.equals(leastOf(keys), allLeast(tree)), () -> "keys " + Arrays.toString(keys));
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
      assertEquals(Arrays.toString(leastOf(last)), Arrays.toString(allLeast(tree)));
    }
  }

  @Test
  void a_leaf_of_another_tree_is_nothing() {
    MinTree tree = new MinTree(3, i -> 0);
    tree.renew(12);
    assertEquals(3, tree.ties());
  }
}
