package io.evenkeel.loadbalancer.feed;

import static io.evenkeel.loadbalancer.fakes.Instances.instance;
import static io.evenkeel.loadbalancer.fakes.Instances.snapshot;
import static io.evenkeel.loadbalancer.fakes.Instances.upTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MassRemovalGuardTest {
  private static final long SECOND = 1_000_000_000L;

  private final MassRemovalGuard guard = new MassRemovalGuard(Duration.ofSeconds(30));

  @Test
  void the_first_list_is_believed_even_when_it_is_empty() {
    ServiceSnapshot empty = snapshot(List.of());
    assertSame(empty, guard.judge(empty, 0));
  }

  @Test
  void an_empty_list_is_doubted_and_the_missing_are_served_as_guarded() {
    guard.judge(snapshot(upTo(1)), 0);
    ServiceSnapshot judged = guard.judge(snapshot(List.of()), SECOND);
    assertEquals(Freshness.GUARDED, judged.freshness());
    assertEquals(upTo(1), judged.instances());
  }

  @Test
  void exactly_half_is_believed_at_once() {
    guard.judge(snapshot(upTo(10)), 0);
    ServiceSnapshot half = snapshot(upTo(5));
    assertSame(half, guard.judge(half, SECOND));
  }

  @Test
  void one_less_than_half_is_doubted() {
    guard.judge(snapshot(upTo(10)), 0);
    assertEquals(Freshness.GUARDED, guard.judge(snapshot(upTo(4)), SECOND).freshness());
  }

  @Test
  void half_of_an_odd_number_is_rounded_in_favour_of_doubt() {
    guard.judge(snapshot(upTo(3)), 0);
    assertEquals(Freshness.GUARDED, guard.judge(snapshot(upTo(1)), SECOND).freshness());
  }

  @Test
  void a_guarded_list_shows_the_new_payload_of_survivors_and_the_newcomers() {
    guard.judge(snapshot(upTo(5)), 0);
    ServiceInstance heavier = instance(2).toBuilder().weight(7).build();
    List<ServiceInstance> judged =
        guard.judge(snapshot(List.of(heavier, instance(9))), SECOND).instances();
    assertEquals(
        List.of(instance(1), heavier, instance(3), instance(4), instance(5), instance(9)), judged);
  }

  @Test
  void a_doubted_list_is_believed_when_the_grace_is_over() {
    guard.judge(snapshot(upTo(5)), 0);
    ServiceSnapshot empty = snapshot(List.of());
    guard.judge(empty, SECOND);
    assertEquals(Freshness.GUARDED, guard.judge(empty, 31 * SECOND - 1).freshness());
    assertSame(empty, guard.judge(empty, 31 * SECOND));
  }

  @Test
  void the_grace_counts_from_the_first_doubted_list() {
    guard.judge(snapshot(upTo(9)), 0);
    guard.judge(snapshot(List.of()), SECOND);
    guard.judge(snapshot(upTo(1)), 20 * SECOND);
    assertEquals(11 * SECOND, guard.remaining(20 * SECOND));
  }

  @Test
  void recovery_inside_the_grace_ends_the_doubt() {
    guard.judge(snapshot(upTo(5)), 0);
    guard.judge(snapshot(List.of()), SECOND);
    assertEquals(Freshness.FRESH, guard.judge(snapshot(upTo(5)), 2 * SECOND).freshness());
    assertEquals(Long.MAX_VALUE, guard.remaining(2 * SECOND));
    guard.judge(snapshot(List.of()), 40 * SECOND);
    assertEquals(30 * SECOND, guard.remaining(40 * SECOND));
  }

  @Test
  void a_doubt_that_was_interrupted_begins_anew() {
    guard.judge(snapshot(upTo(5)), 0);
    guard.judge(snapshot(List.of()), SECOND);
    guard.interrupt();
    assertEquals(Freshness.GUARDED, guard.judge(snapshot(List.of()), 100 * SECOND).freshness());
    assertEquals(30 * SECOND, guard.remaining(100 * SECOND));
  }

  @Test
  void repeated_small_removals_are_believed_each() {
    for (int left = 16; left >= 1; left /= 2) {
      ServiceSnapshot list = snapshot(upTo(left));
      assertSame(list, guard.judge(list, 0));
    }
  }

  @Test
  void without_a_grace_everything_is_believed_at_once() {
    MassRemovalGuard trusting = new MassRemovalGuard(Duration.ZERO);
    trusting.judge(snapshot(upTo(5)), 0);
    ServiceSnapshot empty = snapshot(List.of());
    assertSame(empty, trusting.judge(empty, 0));
  }

  @Test
  void what_is_assumed_is_the_measure_of_the_next_list() {
    guard.judge(snapshot(List.of()), 0);
    guard.assume(snapshot(upTo(3)));
    assertEquals(upTo(3), guard.judge(snapshot(List.of()), 0).instances());
  }
}
