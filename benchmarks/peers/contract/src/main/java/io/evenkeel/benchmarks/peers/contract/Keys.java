package io.evenkeel.benchmarks.peers.contract;

import java.util.List;
import java.util.stream.IntStream;

/** A thread's calls' keys: 1,024 different ones, over and over. Not for several threads. */
public final class Keys {
  private static final int COUNT = 1 << 10;

  private final String[] keys = all().toArray(String[]::new);
  private int next;

  /** The same keys for everybody. */
  public Keys() {}

  /** All of them, by number. */
  public static List<String> all() {
    return IntStream.range(0, COUNT)
        .mapToObj(number -> "user-" + (number * 7919 + 10_000_000))
        .toList();
  }

  /** The next call's key, of 13 characters. */
  public String next() {
    return keys[nextNumber()];
  }

  /** The number of the next call's key, for a peer whose requests are objects made ahead. */
  public int nextNumber() {
    return next++ & (COUNT - 1);
  }

  /** 64 bits of a key, for a peer that leaves hashing to its user: FNV-1a with a last mixing. */
  public static long hash(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    hash ^= hash >>> 32;
    hash *= 0x9e3779b97f4a7c15L;
    return hash ^ (hash >>> 29);
  }
}
