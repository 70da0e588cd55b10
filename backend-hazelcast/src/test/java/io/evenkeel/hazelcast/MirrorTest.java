package io.evenkeel.hazelcast;

import static io.evenkeel.hazelcast.Samples.KEY;
import static io.evenkeel.hazelcast.Samples.TTL;
import static io.evenkeel.hazelcast.Samples.dead;
import static io.evenkeel.hazelcast.Samples.instance;
import static io.evenkeel.hazelcast.Samples.live;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.hazelcast.Mirror.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MirrorTest {
  private static final long TTL_NANOS = TTL.toNanos();

  private final List<String> changes = new ArrayList<>();
  private final Mirror mirror = new Mirror(changes::add);

  @Test
  void what_ranks_lower_is_not_believed() {
    assertEquals(Verdict.NEWS, mirror.offer(live(2, 5), 0));
    assertEquals(Verdict.KNOWN, mirror.offer(live(2, 5), 0));
    assertEquals(Verdict.OUTRANKED, mirror.offer(live(2, 4), 0));
    assertEquals(Verdict.OUTRANKED, mirror.offer(dead(1, 9), 0));
    assertEquals(List.of(instance(1)), mirror.list("orders").instances());
  }

  @Test
  void a_renewal_changes_no_list() {
    mirror.offer(live(1, 1), 0);
    Mirror.Listing before = mirror.list("orders");
    mirror.offer(live(1, 2), 0);
    assertSame(before.instances(), mirror.list("orders").instances());
    assertEquals(before.revision(), mirror.list("orders").revision());
    assertEquals(List.of("orders"), changes);
  }

  @Test
  void a_tombstone_and_the_next_life_change_it() {
    mirror.offer(live(1, 1), 0);
    mirror.offer(dead(1, 2), 0);
    assertEquals(List.of(), mirror.list("orders").instances());
    assertEquals(Set.of(), mirror.services());
    mirror.offer(live(2, 1, 7), 0);
    assertEquals(List.of(instance(7)), mirror.list("orders").instances());
    assertEquals(3, mirror.list("orders").revision());
  }

  @Test
  void silence_is_counted_from_the_last_change_of_rank() {
    mirror.offer(live(1, 1), 0);
    mirror.offer(live(1, 2), 5);
    mirror.offer(live(1, 2), 9); // heard again is not renewed
    assertEquals(List.of(), mirror.takeSilent(TTL_NANOS + 4));
    assertEquals(List.of(live(1, 2)), mirror.takeSilent(TTL_NANOS + 5));
  }

  @Test
  void a_silent_one_is_asked_for_once_until_it_is_doubted() {
    mirror.offer(live(1, 1), 0);
    assertEquals(1, mirror.takeSilent(TTL_NANOS).size());
    assertEquals(0, mirror.takeSilent(TTL_NANOS).size());
    mirror.doubted(live(1, 1));
    assertEquals(1, mirror.takeSilent(TTL_NANOS).size());
  }

  @Test
  void an_ended_one_is_not_listed_and_its_copy_in_the_map_not_believed() {
    mirror.offer(live(1, 1), 0);
    assertTrue(mirror.end(live(1, 1)));
    assertEquals(List.of(), mirror.list("orders").instances());
    assertEquals(Verdict.KNOWN, mirror.offer(live(1, 1), TTL_NANOS));
    assertEquals(List.of(), mirror.list("orders").instances());
  }

  @Test
  void any_other_sign_of_life_brings_an_ended_one_back() {
    mirror.offer(live(1, 5), 0);
    mirror.end(live(1, 5));
    assertEquals(Verdict.NEWS, mirror.offer(live(1, 3), 0)); // registered anew elsewhere
    assertEquals(List.of(instance(1)), mirror.list("orders").instances());
  }

  @Test
  void news_while_it_was_asked_for_keeps_it() {
    mirror.offer(live(1, 1), 0);
    mirror.takeSilent(TTL_NANOS);
    mirror.offer(live(1, 2), TTL_NANOS);
    assertFalse(mirror.end(live(1, 1)));
    assertEquals(List.of(instance(1)), mirror.list("orders").instances());
  }

  @Test
  void a_tombstone_is_kept_for_its_time() {
    mirror.offer(dead(1, 1), 0);
    mirror.takeSilent(Duration.ofSeconds(60).toNanos() - 1);
    assertEquals(dead(1, 1), mirror.known(KEY).registration());
    mirror.takeSilent(Duration.ofSeconds(60).toNanos());
    assertNull(mirror.known(KEY));
    assertEquals(0, mirror.size());
  }

  @Test
  void revisions_go_on_when_a_service_was_forgotten() {
    mirror.offer(live(1, 1), 0);
    mirror.end(live(1, 1));
    long last = mirror.list("orders").revision();
    mirror.takeSilent(Duration.ofHours(1).toNanos());
    assertEquals(0, mirror.size());
    assertEquals(last, mirror.list("orders").revision());
    mirror.offer(live(1, 1), 0);
    assertTrue(mirror.list("orders").revision() > last);
  }

  @Test
  void what_this_node_announced_is_its_own_until_another_life_or_the_end() {
    mirror.offer(live(1, 1), 0);
    mirror.own(KEY);
    assertEquals(List.of(live(1, 1)), mirror.own());
    mirror.offer(live(1, 2), 0);
    assertTrue(mirror.isOwn(KEY));
    mirror.offer(live(2, 1), 0);
    assertFalse(mirror.isOwn(KEY));
  }
}
