package io.evenkeel.cli;

import java.time.Duration;

/**
 * How many requests are sent, and when.
 *
 * @param count at most so many
 * @param duration none is begun later than this
 * @param rate so many are due each second, whether earlier ones were answered or not; 0: each of
 *     {@code concurrency} is sent when one before it was answered
 * @param concurrency under way at once at most
 */
record LoadPlan(long count, Duration duration, double rate, int concurrency) {
  private static final Duration LONGEST = Duration.ofDays(365); // no sum of nanoTimes overflows
  private static final int CLOSED_CONCURRENCY = 10;
  private static final int OPEN_CONCURRENCY = 1_000;
  private static final long USUAL_COUNT = 100;

  LoadPlan {
    atLeastOne("count", count);
    atLeastOne("concurrency", concurrency);
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("duration: " + duration + " (expected: > 0)");
    }
    if (!(rate >= 0 && rate <= 1e6)) {
      throw new IllegalArgumentException("rate: " + rate + " (expected: 0..1000000 per second)");
    }
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
  }

  /** 100 requests, ten at a time. */
  static LoadPlan usual() {
    return new LoadPlan(USUAL_COUNT, LONGEST, 0, CLOSED_CONCURRENCY);
  }

  LoadPlan withCount(long requests) {
    return new LoadPlan(requests, LONGEST, rate, concurrency);
  }

  LoadPlan withDuration(Duration time) {
    return new LoadPlan(Long.MAX_VALUE, time, rate, concurrency);
  }

  /** An open loop, with room for as many as a slow service makes pile up. */
  LoadPlan withRate(double perSecond) {
    return new LoadPlan(count, duration, perSecond, OPEN_CONCURRENCY);
  }

  LoadPlan withConcurrency(int atOnce) {
    return new LoadPlan(count, duration, rate, atOnce);
  }

  boolean isOpenLoop() {
    return rate > 0;
  }

  /** When a request is due, in nanoseconds after the first; it may be sent later. */
  long dueNanos(long number) {
    return isOpenLoop() ? (long) (number * (1e9 / rate)) : 0;
  }
}
