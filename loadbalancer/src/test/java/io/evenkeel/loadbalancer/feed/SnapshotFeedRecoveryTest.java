package io.evenkeel.loadbalancer.feed;

import static io.evenkeel.loadbalancer.fakes.Instances.SERVICE;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.fakes.ScriptedRegistry;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A watch that says nothing when its registry comes back does not keep the list stale. */
class SnapshotFeedRecoveryTest {
  private final RegistryException away = new RegistryException.Unavailable("away", null);
  private final ManualTime time = ManualTime.start();
  private final List<Long> reads = new ArrayList<>();
  private final ScriptedRegistry registry = ScriptedRegistry.watchable();
  private final List<ServiceSnapshot> served = new ArrayList<>();
  private final SnapshotFeed feed = start();

  private SnapshotFeed start() {
    registry.onRead(() -> reads.add(Duration.ofNanos(time.nanoTime()).toMillis()));
    registry.answers(upTo(2));
    FeedContext context = new FeedContext(time, Randomness.seeded(1), Runnable::run);
    return SnapshotFeed.start(registry, SERVICE, FeedOptions.defaults(), context, served::add);
  }

  @AfterEach
  void close_leaves_no_pending_timer() {
    feed.close();
    assertEquals(0, time.pendingTasks());
  }

  @Test
  void after_an_error_of_the_watch_it_is_fresh_again_within_a_poll() {
    registry.push(upTo(2));
    registry.pushError(away);
    assertEquals(Freshness.STALE, feed.snapshot().orElseThrow().freshness());
    time.advance(Duration.ofMillis(5_500));
    assertEquals(Freshness.FRESH, feed.snapshot().orElseThrow().freshness());
  }

  @Test
  void while_the_registry_fails_it_is_asked_as_often_as_a_polled_one_and_then_each_minute() {
    registry.push(upTo(2));
    registry.fails(away);
    time.advance(Duration.ofMinutes(3));
    long inTheLastMinute = reads.stream().filter(read -> read >= 120_000).count();
    assertTrue(inTheLastMinute >= 10 && inTheLastMinute <= 14, () -> "reads: " + reads);
    registry.answers(upTo(2));
    time.advance(Duration.ofSeconds(6));
    reads.clear();
    time.advance(Duration.ofMinutes(1));
    assertTrue(reads.size() <= 1, () -> "reads: " + reads);
  }
}
