package io.evenkeel.loadbalancer.feed;

import static io.evenkeel.loadbalancer.fakes.Instances.SERVICE;
import static io.evenkeel.loadbalancer.fakes.Instances.instance;
import static io.evenkeel.loadbalancer.fakes.Instances.snapshot;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.fakes.CollectedLogs;
import io.evenkeel.loadbalancer.fakes.ScriptedRegistry;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SnapshotFeedTest {
  private final RegistryException away = new RegistryException.Unavailable("away", null);
  private final ManualTime time = ManualTime.start();
  private final List<ServiceSnapshot> served = new ArrayList<>();
  private final List<Long> reads = new ArrayList<>();
  private SnapshotFeed feed;

  @AfterEach
  void close_leaves_no_pending_timer() {
    if (feed != null) {
      feed.close();
      assertEquals(0, time.pendingTasks());
    }
  }

  @Test
  void it_watches_where_it_can() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    registry.push(upTo(2));
    assertEquals(upTo(2), last().instances());
    assertEquals(1, registry.watches());
    assertEquals(List.of(), reads);
  }

  @Test
  void it_polls_at_once_and_then_within_a_tenth_of_the_interval_where_it_cannot_watch() {
    ScriptedRegistry registry = ScriptedRegistry.pollable();
    registry.answers(upTo(1));
    start(registry);
    time.advance(Duration.ofMinutes(10));
    assertEquals(0, registry.watches());
    assertEquals(0L, reads.get(0));
    assertGapsWithin(4_500, 5_500);
  }

  @Test
  void a_watch_is_repaired_every_minute_within_a_tenth() {
    ScriptedRegistry registry = ScriptedRegistry.watchable();
    registry.answers(upTo(1));
    start(registry);
    time.advance(Duration.ofHours(2));
    assertTrue(reads.get(0) >= 54_000 && reads.get(0) <= 66_000, () -> "first: " + reads);
    assertGapsWithin(54_000, 66_000);
  }

  @Test
  void a_repair_brings_what_the_watch_missed() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    registry.push(upTo(2));
    registry.answers(upTo(3));
    time.advance(Duration.ofSeconds(66));
    assertEquals(upTo(3), last().instances());
  }

  @Test
  void a_repair_that_is_older_than_what_the_watch_said_meanwhile_is_ignored() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    CompletableFuture<ServiceSnapshot> slow = new CompletableFuture<>();
    registry.answers(() -> slow);
    registry.push(upTo(1));
    while (reads.isEmpty()) {
      time.advance(Duration.ofSeconds(1));
    }
    registry.push(upTo(3));
    slow.complete(snapshot(upTo(2)));
    assertEquals(upTo(3), last().instances());
  }

  @Test
  void every_kind_of_error_keeps_the_list_and_makes_it_stale_until_the_registry_answers() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    for (RegistryException error : everyKind()) {
      registry.push(upTo(3));
      registry.pushError(error);
      assertEquals(Freshness.STALE, feed.snapshot().orElseThrow().freshness(), error::getMessage);
      assertEquals(upTo(3), feed.snapshot().orElseThrow().instances());
      registry.push(upTo(3));
      assertEquals(Freshness.FRESH, feed.snapshot().orElseThrow().freshness());
    }
    assertEquals(1, served.size());
  }

  @Test
  void every_kind_of_failed_poll_keeps_the_list_and_makes_it_stale() {
    ScriptedRegistry registry = ScriptedRegistry.pollable();
    registry.answers(upTo(3));
    start(registry);
    for (RegistryException error : everyKind()) {
      registry.fails(error);
      time.advance(Duration.ofMillis(5_500));
      assertEquals(Freshness.STALE, feed.snapshot().orElseThrow().freshness());
      registry.answers(upTo(3));
      time.advance(Duration.ofMillis(5_500));
      assertEquals(Freshness.FRESH, feed.snapshot().orElseThrow().freshness());
    }
  }

  @Test
  void a_read_that_hangs_ends_at_its_deadline_and_the_next_one_is_made() {
    ScriptedRegistry registry = ScriptedRegistry.pollable();
    registry.answers(upTo(1));
    start(registry);
    registry.hangs();
    time.advance(Duration.ofMillis(5_500));
    time.advance(Duration.ofSeconds(3));
    assertEquals(Freshness.STALE, feed.snapshot().orElseThrow().freshness());
    time.advance(Duration.ofMinutes(1));
    assertGapsWithin(4_500, 8_500);
  }

  @Test
  void an_answer_that_comes_after_the_deadline_is_not_heard() {
    ScriptedRegistry registry = ScriptedRegistry.pollable();
    CompletableFuture<ServiceSnapshot> late = new CompletableFuture<>();
    registry.answers(() -> late);
    start(registry);
    time.advance(Duration.ofSeconds(3));
    late.complete(snapshot(upTo(1)));
    assertEquals(List.of(), served);
  }

  @Test
  void errors_do_not_make_it_poll_faster() {
    ScriptedRegistry registry = ScriptedRegistry.pollable();
    registry.fails(away);
    start(registry);
    time.advance(Duration.ofMinutes(10));
    assertGapsWithin(4_500, 5_500);
  }

  @Test
  void a_registry_away_for_ten_minutes_changes_nothing_and_fills_no_log() {
    String service = "away-for-ten-minutes";
    ScriptedRegistry registry = ScriptedRegistry.pollable();
    registry.answers(upTo(3));
    start(registry, service, FeedOptions.defaults());
    registry.fails(away);
    time.advance(Duration.ofMinutes(10));
    assertEquals(1, served.size());
    assertEquals(upTo(3), feed.snapshot().orElseThrow().instances());
    int lines = CollectedLogs.holding(service).size();
    assertTrue(lines >= 10 && lines <= 20, () -> "lines: " + lines);
  }

  @Test
  void causes_that_take_turns_are_told_of_twice_a_minute_each() {
    String service = "taking-turns";
    ScriptedRegistry registry =
        start(ScriptedRegistry.watchable(), service, FeedOptions.defaults());
    for (int second = 0; second < 60; second++) {
      registry.pushError(second % 2 == 0 ? away : new RegistryException.Rejected("refused"));
      time.advance(Duration.ofSeconds(1));
    }
    assertEquals(2, CollectedLogs.holding(service, "away").size());
    assertEquals(2, CollectedLogs.holding(service, "refused").size());
  }

  @Test
  void a_registry_that_flaps_is_told_of_twice_a_minute() {
    String service = "flapping";
    ScriptedRegistry registry =
        start(ScriptedRegistry.watchable(), service, FeedOptions.defaults());
    for (int second = 0; second < 60; second++) {
      registry.pushError(away);
      registry.push(snapshot(service, upTo(2)));
      time.advance(Duration.ofSeconds(1));
    }
    assertEquals(2, CollectedLogs.holding(service, "away").size());
    assertEquals(2, CollectedLogs.holding(service, "answers again").size());
  }

  @Test
  void a_doubted_list_is_told_of_once_while_it_is_polled() {
    String service = "doubted";
    ScriptedRegistry registry = ScriptedRegistry.pollable();
    registry.answers(upTo(5));
    start(registry, service, FeedOptions.defaults());
    registry.answers(List.of());
    time.advance(Duration.ofSeconds(28));
    assertEquals(1, CollectedLogs.holding(service).size());
  }

  @Test
  void an_empty_list_is_believed_when_the_grace_is_over_without_another_event() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    registry.push(upTo(3));
    registry.push(List.of());
    assertEquals(Freshness.GUARDED, feed.snapshot().orElseThrow().freshness());
    time.advance(Duration.ofSeconds(29));
    assertEquals(upTo(3), last().instances());
    time.advance(Duration.ofSeconds(1));
    assertEquals(List.of(), last().instances());
    assertEquals(Freshness.FRESH, last().freshness());
  }

  @Test
  void the_age_counts_from_the_registrys_last_list_and_not_from_the_end_of_a_doubt() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    registry.push(upTo(3));
    registry.push(List.of());
    time.advance(Duration.ofSeconds(40));
    assertEquals(Duration.ofSeconds(40), feed.age());
  }

  @Test
  void a_registry_that_goes_away_while_doubted_is_not_believed_before_it_is_back() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    registry.push(upTo(3));
    registry.push(List.of());
    registry.pushError(away);
    time.advance(Duration.ofMinutes(10));
    registry.answers(List.of());
    registry.push(List.of());
    assertEquals(upTo(3), last().instances());
    time.advance(Duration.ofSeconds(30));
    assertEquals(List.of(), last().instances());
  }

  @Test
  void a_list_that_says_the_same_is_not_handed_on_again() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    registry.push(upTo(2));
    registry.push(upTo(2));
    assertEquals(1, served.size());
  }

  @Test
  void after_close_nothing_more_is_heard() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    registry.push(upTo(1));
    feed.close();
    registry.push(upTo(2));
    registry.pushError(away);
    assertEquals(1, served.size());
    assertEquals(upTo(1), feed.snapshot().orElseThrow().instances());
    assertEquals(Freshness.FRESH, feed.snapshot().orElseThrow().freshness());
  }

  @Test
  void closing_while_a_read_hangs_leaves_no_timer() {
    start(ScriptedRegistry.pollable());
    assertEquals(1, time.pendingTasks());
    feed.close();
    assertEquals(0, time.pendingTasks());
  }

  @Test
  void closing_while_a_list_is_doubted_leaves_no_timer() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    registry.push(upTo(2));
    registry.push(List.of());
    feed.close();
    assertEquals(0, time.pendingTasks());
  }

  @Test
  void the_watch_is_closed_once_and_not_under_the_lock() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    List<Boolean> lockHeld = new ArrayList<>();
    registry.onWatchClosed(() -> lockHeld.add(Thread.holdsLock(feed)));
    feed.close();
    feed.close();
    assertEquals(List.of(false), lockHeld);
  }

  @Test
  void a_registry_that_refuses_the_watch_is_read_all_the_same() {
    ScriptedRegistry registry = ScriptedRegistry.watchable();
    registry.refusesWatches(away);
    registry.answers(upTo(2));
    start(registry);
    time.advance(Duration.ofSeconds(66));
    assertEquals(upTo(2), last().instances());
  }

  @Test
  void a_backend_that_answers_null_does_not_end_the_polling() {
    ScriptedRegistry registry = ScriptedRegistry.pollable();
    registry.answers(() -> CompletableFuture.completedStage(null));
    start(registry);
    registry.answers(() -> null);
    time.advance(Duration.ofMillis(5_500));
    registry.answers(
        () -> {
          throw new IllegalStateException("a defect");
        });
    time.advance(Duration.ofMillis(5_500));
    registry.answers(upTo(1));
    time.advance(Duration.ofMillis(5_500));
    assertEquals(upTo(1), last().instances());
  }

  @Test
  void a_consumer_that_throws_does_not_end_the_polling() {
    ScriptedRegistry registry = ScriptedRegistry.pollable();
    registry.answers(upTo(1));
    registry.onRead(() -> reads.add(time.nanoTime()));
    feed =
        SnapshotFeed.start(
            registry,
            SERVICE,
            FeedOptions.defaults(),
            new FeedContext(time, Randomness.seeded(1), Runnable::run),
            snapshot -> {
              throw new RejectedExecutionException("a defect");
            });
    time.advance(Duration.ofMinutes(1));
    assertTrue(reads.size() > 10);
  }

  @Test
  void a_first_list_may_be_empty() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    assertFalse(feed.snapshot().isPresent());
    assertEquals(Duration.ZERO, feed.age());
    registry.push(List.of());
    assertEquals(List.of(), last().instances());
    assertEquals(Freshness.FRESH, last().freshness());
  }

  @Test
  void without_a_grace_everything_is_believed_at_once() {
    ScriptedRegistry registry =
        start(
            ScriptedRegistry.watchable(),
            SERVICE,
            FeedOptions.defaults().withGuardGrace(Duration.ZERO));
    registry.push(upTo(3));
    registry.push(List.of());
    assertEquals(List.of(), last().instances());
  }

  @Test
  void recovery_inside_the_grace_ends_the_doubt() {
    ScriptedRegistry registry = start(ScriptedRegistry.watchable());
    registry.push(upTo(3));
    registry.push(List.of(instance(9)));
    assertEquals(4, last().instances().size());
    registry.push(upTo(4));
    time.advance(Duration.ofSeconds(31));
    assertEquals(upTo(4), last().instances());
  }

  private List<RegistryException> everyKind() {
    return List.of(
        away,
        new RegistryException.Rejected("refused"),
        new RegistryException.Superseded("superseded", 2),
        new RegistryException.Protocol("garbage", null),
        new RegistryException.Closed("scripted:"));
  }

  private ScriptedRegistry start(ScriptedRegistry registry) {
    return start(registry, SERVICE, FeedOptions.defaults());
  }

  private ScriptedRegistry start(ScriptedRegistry registry, String service, FeedOptions options) {
    registry.onRead(() -> reads.add(Duration.ofNanos(time.nanoTime()).toMillis()));
    FeedContext context = new FeedContext(time, Randomness.seeded(1), Runnable::run);
    feed = SnapshotFeed.start(registry, service, options, context, served::add);
    return registry;
  }

  private ServiceSnapshot last() {
    return served.get(served.size() - 1);
  }

  private void assertGapsWithin(long leastMillis, long mostMillis) {
    assertTrue(reads.size() > 5, () -> "reads: " + reads);
    for (int i = 1; i < reads.size(); i++) {
      long gap = reads.get(i) - reads.get(i - 1);
      assertTrue(gap >= leastMillis && gap <= mostMillis, () -> "gap " + gap + " in " + reads);
    }
  }
}
