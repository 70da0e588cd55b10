package io.evenkeel.hazelcast;

import static io.evenkeel.hazelcast.Samples.dead;
import static io.evenkeel.hazelcast.Samples.live;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  /** From the lowest rank to the highest. */
  private static final List<Registration> LADDER =
      List.of(live(1, 1), live(1, 2), dead(1, 0), dead(1, 5), live(2, 0), live(2, 9), dead(2, 1));

  @Test
  void incarnation_comes_before_the_tombstone_and_that_before_the_version() {
    for (int low = 0; low < LADDER.size(); low++) {
      for (int high = 0; high < LADDER.size(); high++) {
        assertEquals(high > low, LADDER.get(high).outranks(LADDER.get(low)), high + " > " + low);
      }
    }
  }

  @Test
  void one_rank_is_the_same_whatever_the_payload() {
    assertTrue(live(1, 1, 3).hasRankOf(live(1, 1, 4)));
    assertFalse(live(1, 1, 3).outranks(live(1, 1, 4)));
  }

  @Test
  void a_registration_refuses_older_lives_and_a_tombstone_its_own_too() {
    assertTrue(live(2, 1).refuses(1));
    assertFalse(live(2, 1).refuses(2));
    assertTrue(dead(2, 1).refuses(2));
    assertFalse(dead(2, 1).refuses(3));
  }

  @Test
  void the_map_forgets_well_after_the_lease() {
    assertEquals(21, ClusterLink.keptSeconds(live(1, 1)));
    assertEquals(61, ClusterLink.keptSeconds(dead(1, 1)));
  }
}
