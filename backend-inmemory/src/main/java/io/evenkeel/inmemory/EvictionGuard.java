package io.evenkeel.inmemory;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Doubts a mass expiry: when most instances fall silent at once, it is likelier that the network
 * between them and the registry failed than that they all crashed.
 *
 * <p>When more than half of the registered instances expire within one window, the expired ones
 * stay listed for one more TTL, time enough for those that live to renew. What is still silent then
 * goes in random order, at most 15 % of the registered per sweep (Eureka's self preservation keeps
 * the same 85 %), so that a service does not disappear before another one shrinks.
 *
 * <p>The window is 10 s, not one sweep: behind a cut network the leases run out one by one over a
 * renewal interval. Below 10 registered instances nothing is doubted, since there the crash of most
 * is an everyday event (one host, one developer's machine) and a dead one must go within its TTL.
 *
 * <p>For the sweeper's thread only.
 */
final class EvictionGuard {
  private static final System.Logger LOG =
      System.getLogger(InMemoryServiceRegistry.class.getName());
  private static final int MIN_REGISTERED = 10;
  private static final double RELEASED_SHARE = 0.15;
  private static final long WINDOW_NANOS = 10_000_000_000L;

  private final RandomGenerator random;
  private final List<Row> doubted = new ArrayList<>();
  private long releaseAt; // lease time
  private long windowEnd = Long.MIN_VALUE; // lease time
  private int evictedInWindow;

  EvictionGuard(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Evicts what may go now.
   *
   * @param expired what has expired since the last sweep
   * @param registered how many are registered, the expired ones and the doubted ones included
   * @param evict evicts a row unless it was renewed meanwhile, and tells whether it did
   */
  void sweep(List<Row> expired, int registered, long now, Predicate<Row> evict) {
    if (doubted.isEmpty() && !isSuspicious(expired.size(), registered, now)) {
      for (Row row : expired) {
        evictedInWindow += evict.test(row) ? 1 : 0;
      }
      return;
    }
    if (doubted.isEmpty()) {
      releaseAt = now + expired.stream().mapToLong(row -> row.ttlNanos).max().orElse(0);
      warn(expired.size(), registered);
    }
    doubted.addAll(expired);
    if (now >= releaseAt) {
      release(Math.max(1, (int) (registered * RELEASED_SHARE)), evict);
    }
  }

  private boolean isSuspicious(int expired, int registered, long now) {
    if (expired == 0) {
      return false;
    }
    if (now >= windowEnd) { // a window opens with the first expiry, lest a boundary halve a cut
      windowEnd = now + WINDOW_NANOS;
      evictedInWindow = 0;
    }
    int before = registered + evictedInWindow;
    return before >= MIN_REGISTERED && 2 * (expired + evictedInWindow) > before;
  }

  private void release(int atMost, Predicate<Row> evict) {
    int evicted = 0;
    while (evicted < atMost && !doubted.isEmpty()) {
      evicted += evict.test(takeAny()) ? 1 : 0;
    }
  }

  private Row takeAny() {
    int chosen = random.nextInt(doubted.size());
    Row last = doubted.remove(doubted.size() - 1);
    return chosen == doubted.size() ? last : doubted.set(chosen, last);
  }

  private static void warn(int expired, int registered) {
    LOG.log(
        Level.WARNING,
        () -> expired + " of " + registered + " instances expired at once: kept for one more TTL");
  }
}
