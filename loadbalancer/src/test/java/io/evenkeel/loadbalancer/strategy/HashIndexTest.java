package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HashIndexTest {
  private static int searched(long[] hashes, long hash) {
    int found = Arrays.binarySearch(hashes, hash);
    return found < 0 ? -found - 1 : found;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 64, 1_000, 100_000})
  void it_finds_what_a_search_finds(int size) {
    SplittableRandom random = new SplittableRandom(size);
    long[] hashes = random.longs(size).sorted().distinct().toArray();
    HashIndex index = new HashIndex(hashes);
    for (int i = 0; i < 10_000; i++) {
      long hash = random.nextLong();
      assertEquals(searched(hashes, hash), index.ceiling(hash));
    }
    for (long hash : hashes) {
      assertEquals(searched(hashes, hash), index.ceiling(hash));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE})
  void the_ends_of_the_circle_are_found(long hash) {
    long[] hashes = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};
    assertEquals(searched(hashes, hash), new HashIndex(hashes).ceiling(hash));
  }
}
