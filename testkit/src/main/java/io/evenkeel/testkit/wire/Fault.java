package io.evenkeel.testkit.wire;

import java.time.Duration;

/**
 * What {@link FaultProxy} does to its connections. The factories are the list to choose from; a
 * fault of bytes works in both directions unless narrowed by {@link OfBytes#towardsClient()} or
 * {@link OfBytes#towardsUpstream()}. Immutable.
 */
public sealed interface Fault {

  /** Every byte arrives this much later, in order; throughput stays as it is. */
  static OfBytes latency(Duration delay) {
    return latency(delay, Duration.ZERO, 0);
  }

  /**
   * Every chunk arrives {@code delay} later, plus a random part of {@code jitter} that is the same
   * in every run with the same seed and order of connections. Bytes stay in order.
   */
  static OfBytes latency(Duration delay, Duration jitter, long seed) {
    return new Latency(delay, jitter, seed);
  }

  /**
   * Bytes, ends and resets vanish without a sign; connections are still accepted. What was
   * swallowed stays lost after healing, what ended meanwhile is then told.
   */
  static OfBytes blackHole() {
    return new BlackHole();
  }

  /** At most this many bytes per second, 1 or more, per connection and direction. */
  static OfBytes bandwidth(long bytesPerSecond) {
    return new Bandwidth(bytesPerSecond);
  }

  /** An orderly end (FIN) arrives this much later than it was sent. */
  static OfBytes slowClose(Duration delay) {
    return new SlowClose(delay);
  }

  /** Bytes arrive in pieces of at most this size, 1 or more, with a gap after each. */
  static OfBytes slices(int bytes, Duration gap) {
    return new Slices(bytes, gap);
  }

  /**
   * The connection is cut, with a FIN to both sides, once this many bytes have passed since the
   * fault was applied; 0 cuts at once.
   */
  static OfBytes limitData(long bytes) {
    return new LimitData(bytes);
  }

  /** The port is closed: new connections are refused, open ones stay. Healing opens it again. */
  static Fault refuse() {
    return OfConnection.REFUSE;
  }

  /** Both sides of a connection get a reset (RST); a new one right after it was accepted. */
  static Fault reset() {
    return OfConnection.RESET;
  }

  /**
   * The upstream side goes, the client side stays open and never hears of it: neither FIN nor RST,
   * and what it sends is swallowed. Such a connection does not recover by healing.
   */
  static Fault halfOpen() {
    return OfConnection.HALF_OPEN;
  }

  /** A fault of what flows; it can work in one direction only. */
  sealed interface OfBytes extends Fault {

    /** This fault for what the upstream sends only. */
    default Fault towardsClient() {
      return new OneWay(this, Direction.TO_CLIENT);
    }

    /** This fault for what the client sends only. */
    default Fault towardsUpstream() {
      return new OneWay(this, Direction.TO_UPSTREAM);
    }
  }

  /** Which way bytes flow. */
  enum Direction {
    /** What the client sends. */
    TO_UPSTREAM,
    /** What the upstream sends. */
    TO_CLIENT
  }

  /** A fault of a connection as a whole; see the factories. */
  enum OfConnection implements Fault {
    /** New connections are refused. */
    REFUSE,
    /** Connections are reset. */
    RESET,
    /** The upstream side of connections is gone. */
    HALF_OPEN
  }

  /**
   * A fault that works in one direction.
   *
   * @param fault what happens
   * @param direction to the bytes that flow this way
   */
  record OneWay(OfBytes fault, Direction direction) implements Fault {}

  /**
   * See {@link Fault#latency(Duration, Duration, long)}.
   *
   * @param delay zero or more
   * @param jitter zero or more; the random part is below it
   * @param seed of the random part
   */
  record Latency(Duration delay, Duration jitter, long seed) implements OfBytes {
    /** Checks the durations. */
    public Latency {
      notNegative("delay", delay);
      notNegative("jitter", jitter);
    }
  }

  /** See {@link Fault#blackHole()}. */
  record BlackHole() implements OfBytes {}

  /**
   * See {@link Fault#bandwidth(long)}.
   *
   * @param bytesPerSecond 1 or more
   */
  record Bandwidth(long bytesPerSecond) implements OfBytes {
    /** Checks the rate. */
    public Bandwidth {
      atLeast("bytesPerSecond", bytesPerSecond, 1);
    }
  }

  /**
   * See {@link Fault#slowClose(Duration)}.
   *
   * @param delay zero or more
   */
  record SlowClose(Duration delay) implements OfBytes {
    /** Checks the delay. */
    public SlowClose {
      notNegative("delay", delay);
    }
  }

  /**
   * See {@link Fault#slices(int, Duration)}.
   *
   * @param bytes 1 or more
   * @param gap zero or more
   */
  record Slices(int bytes, Duration gap) implements OfBytes {
    /** Checks size and gap. */
    public Slices {
      atLeast("bytes", bytes, 1);
      notNegative("gap", gap);
    }
  }

  /**
   * See {@link Fault#limitData(long)}.
   *
   * @param bytes 0 or more
   */
  record LimitData(long bytes) implements OfBytes {
    /** Checks the limit. */
    public LimitData {
      atLeast("bytes", bytes, 0);
    }
  }

  private static void atLeast(String name, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
    }
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
    }
  }
}
