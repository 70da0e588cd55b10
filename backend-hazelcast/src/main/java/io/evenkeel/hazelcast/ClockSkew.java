package io.evenkeel.hazelcast;

import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Says once that clocks are apart, and again only after they were not. Nobody's life depends on it:
 * an entry that the map forgets early is put again by the next renewal. It costs writes, and an
 * operator wants to know. For one thread.
 */
final class ClockSkew {
  private static final System.Logger LOG =
      System.getLogger(HazelcastServiceRegistry.class.getName());

  /** What a busy machine measures without any skew. */
  private static final Duration LEAST = Duration.ofSeconds(1);

  private boolean known;

  /** Warns of a difference above a third of the shortest lease; answers whether it did. */
  boolean check(Duration skew, Duration shortestTtl) {
    Duration bound = shortestTtl.dividedBy(3);
    boolean apart = skew.abs().compareTo(bound.compareTo(LEAST) > 0 ? bound : LEAST) > 0;
    boolean news = apart && !known;
    known = apart;
    if (news) {
      String text = "the cluster's clock differs from this machine's by %s (expected: at most %s)";
      LOG.log(Level.WARNING, () -> text.formatted(skew, bound));
    }
    return news;
  }
}
