package io.evenkeel.testkit;

import java.util.random.RandomGenerator;

/**
 * A generator that returns what it was told to, so that a test decides every draw. {@code
 * nextInt()} and {@code nextLong()} return the next value as it is; everything else {@link
 * RandomGenerator} offers is derived from them. It fails the test when it is asked for more than it
 * was given.
 */
public final class ScriptedRandom implements RandomGenerator {
  private final long[] values;
  private int next;

  private ScriptedRandom(long[] values) {
    this.values = values;
  }

  /** Returns these values, in this order. */
  public static ScriptedRandom of(long... values) {
    return new ScriptedRandom(values.clone());
  }

  /** How many values have not been asked for. */
  public int remaining() {
    return values.length - next;
  }

  @Override
  public int nextInt() {
    return (int) nextLong();
  }

  @Override
  public long nextLong() {
    if (next == values.length) {
      throw new AssertionError("random draws: " + (next + 1) + " (expected: " + next + ")");
    }
    return values[next++];
  }
}
