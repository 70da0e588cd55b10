package io.evenkeel.benchmarks.peers.contract;

/** A thread's calls' keys: 1,024 different ones, over and over. Not for several threads. */
public final class Keys {
  private static final int COUNT = 1 << 10;

  private final String[] keys = new String[COUNT];
  private int next;

  /** The same keys for everybody. */
  public Keys() {
    for (int i = 0; i < COUNT; i++) {
      keys[i] = "user-" + (i * 7919 + 10_000_000);
    }
  }

  /** The next call's key, of 13 characters. */
  public String next() {
    return keys[next++ & (COUNT - 1)];
  }
}
