package io.evenkeel.loadbalancer.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class LatencyCountsTest {
  private static final long SHORTEST = 8_192; // nanoseconds
  private static final long LONGEST = 100_000_000_000L;

  private final LatencyCounts counts = new LatencyCounts();

  @Test
  void one_latency_is_known_to_a_fifth() {
    for (double nanos = SHORTEST; nanos < LONGEST; nanos *= 1.01) {
      counts.clear();
      counts.record((long) nanos);
      for (double share : new double[] {0.01, 0.5, 0.99, 1}) {
        assertEquals(1, quantile(share) / nanos, 0.26, nanos + " at " + share);
      }
      assertEquals(1, quantile(0.5) / nanos, 0.2, "the median of " + nanos);
    }
  }

  @Test
  void quantiles_of_many_are_right_to_a_fifth() {
    for (int millis = 1; millis <= 1_000; millis++) {
      counts.record(millis * 1_000_000L);
    }
    for (int percent : new int[] {1, 10, 50, 90, 99}) {
      assertEquals(1, quantile(percent / 100.0) / (percent * 10_000_000.0), 0.2, percent + " %");
    }
  }

  @Test
  void what_is_shorter_or_longer_than_the_buckets_is_in_the_first_or_the_last() {
    counts.record(0);
    assertTrue(quantile(1) <= 1.25 * SHORTEST);
    counts.clear();
    counts.record(Long.MAX_VALUE);
    assertTrue(quantile(0.5) > LONGEST);
  }

  @Test
  void of_none_every_quantile_is_zero() {
    assertEquals(0, quantile(0.5));
    assertEquals(0, answers());
  }

  @Test
  void one_answer_is_forgotten_within_fifteen_seconds_and_not_in_ten() {
    counts.record(SHORTEST);
    fade(10);
    assertTrue(answers() > 0);
    fade(5);
    assertEquals(0, answers());
  }

  @Test
  void a_tenth_of_many_is_forgotten_each_second() {
    for (int i = 0; i < 1_000; i++) {
      counts.record(SHORTEST);
    }
    fade(1);
    assertEquals(900, answers());
    fade(1);
    assertEquals(810, answers());
  }

  @Test
  void cleared_it_knows_of_none() {
    counts.record(LONGEST);
    counts.clear();
    assertEquals(0, answers());
  }

  @Test
  void threads_that_race_lose_nothing() throws InterruptedException {
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < 4; n++) {
      threads.add(new Thread(() -> recordOne(begin, 500_000)));
    }
    threads.forEach(Thread::start);
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(2_000_000, answers());
  }

  @Test
  void forgetting_loses_nothing_of_what_comes_meanwhile() throws InterruptedException {
    Thread adding = new Thread(() -> recordMany(200_000));
    adding.start();
    while (adding.isAlive()) {
      counts.fade();
      assertTrue(answers() >= 0);
    }
    adding.join();
    counts.clear();
    assertEquals(0, answers());
  }

  private void recordOne(CountDownLatch begin, int times) {
    try {
      begin.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (int i = 0; i < times; i++) {
      counts.record(SHORTEST);
    }
  }

  private void recordMany(int times) {
    for (int i = 0; i < times; i++) {
      counts.record(SHORTEST << (i % 8));
    }
  }

  private void fade(int seconds) {
    for (int i = 0; i < seconds; i++) {
      counts.fade();
    }
  }

  private double answers() {
    return counts.addTo(new long[LatencyCounts.SIZE]);
  }

  private double quantile(double share) {
    long[] sum = new long[LatencyCounts.SIZE];
    counts.addTo(sum);
    return LatencyCounts.quantile(sum, share);
  }
}
