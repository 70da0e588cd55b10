package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Randomness;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What a strategy owes beyond {@link BalancingStrategyContract} when it sends calls with the same
 * key to the same endpoint.
 */
public interface KeyContract {
  /** So many keys are looked at. */
  int KEYS = 20_000;

  /** A new strategy with its usual load bound, which takes all its chance from {@code random}. */
  BalancingStrategy newStrategy(RandomGenerator random);

  /** A new strategy without a load bound. */
  BalancingStrategy unbounded();

  private static double[] alike(int size) {
    double[] weights = new double[size];
    Arrays.fill(weights, 1);
    return weights;
  }

  private static EndpointSet weighing(BalancingStrategy strategy, double... weights) {
    return EndpointSet.of(Picks.endpoints(weights.length, strategy), weights);
  }

  private static int[] owners(Picker picker) {
    int[] owners = new int[KEYS];
    for (int i = 0; i < KEYS; i++) {
      owners[i] = owner(picker, "user-" + i, 0);
    }
    return owners;
  }

  private static int owner(Picker picker, String key, int attempt) {
    Endpoint endpoint = picker.pick(new Keyed(key, attempt));
    return endpoint == null ? -1 : Integer.parseInt(endpoint.instance().id().substring(1));
  }

  /**
   * A call with a key.
   *
   * @param key of the call
   * @param attempt which one of it, from 0
   */
  record Keyed(String key, int attempt) implements PickContext {}

  /** An update that changes nothing moves no key. */
  @Test
  default void a_key_stays_where_it_is() {
    BalancingStrategy strategy = unbounded();
    EndpointSet set = weighing(strategy, alike(10));
    Picker picker = strategy.newPicker(set, null);
    int[] first = owners(picker);
    assertTrue(Arrays.equals(first, owners(strategy.newPicker(set, picker))));
  }

  /** The fullest of ten has at most 1.15 times the mean. */
  @Test
  default void keys_are_spread_over_ten_endpoints() {
    BalancingStrategy strategy = unbounded();
    Picker picker = strategy.newPicker(weighing(strategy, alike(10)), null);
    int[] counts = new int[10];
    Arrays.stream(owners(picker)).forEach(owner -> counts[owner]++);
    int most = Arrays.stream(counts).max().orElseThrow();
    assertTrue(most <= 1.15 * KEYS / 10, Arrays.toString(counts));
  }

  /** Keys are spread by weight. */
  @Test
  default void weights_get_their_share_of_the_keys() {
    BalancingStrategy strategy = unbounded();
    Picker picker = strategy.newPicker(weighing(strategy, 1, 2, 5), null);
    int[] counts = new int[3];
    Arrays.stream(owners(picker)).forEach(owner -> counts[owner]++);
    assertEquals(KEYS / 8.0, counts[0], 0.15 * KEYS / 8, Arrays.toString(counts));
    assertEquals(KEYS * 5 / 8.0, counts[2], 0.08 * KEYS * 5 / 8, Arrays.toString(counts));
  }

  /** At most 1.5 times what the leaver had. */
  @Test
  default void when_one_leaves_little_moves_beside_its_own_keys() {
    BalancingStrategy strategy = unbounded();
    double[] weights = alike(10);
    EndpointSet all = weighing(strategy, weights);
    int[] before = owners(strategy.newPicker(all, null));
    weights[4] = 0;
    EndpointSet left = EndpointSet.of(List.of(all.toArray()), weights);
    int[] after = owners(strategy.newPicker(left, null));
    int moved = 0;
    for (int i = 0; i < KEYS; i++) {
      moved += before[i] == after[i] ? 0 : 1;
    }
    assertTrue(moved <= 1.5 * KEYS / 10, "moved: " + moved + " of " + KEYS);
  }

  /** Nobody has more than 1.25 times its share of what is in flight, give or take one. */
  @Test
  default void a_popular_key_spills_when_its_owner_is_full() {
    BalancingStrategy strategy = newStrategy(Randomness.seeded(1));
    EndpointSet set = weighing(strategy, alike(10));
    Picker picker = strategy.newPicker(set, null);
    for (int i = 0; i < 1_000; i++) {
      ((TestEndpoint) set.get(owner(picker, "popular", 0))).begin();
    }
    for (int i = 0; i < 10; i++) {
      assertTrue(set.get(i).inFlight() <= 126, i + ": " + set.get(i).inFlight());
    }
  }

  /** Retries of a key meet again. */
  @Test
  default void a_retry_goes_to_the_next_owner_of_the_key_and_always_to_the_same() {
    BalancingStrategy strategy = newStrategy(Randomness.seeded(1));
    Picker picker = strategy.newPicker(weighing(strategy, alike(10)), null);
    for (int i = 0; i < 100; i++) {
      String key = "user-" + i;
      int second = owner(picker, key, 1);
      assertNotEquals(owner(picker, key, 0), second);
      assertEquals(second, owner(picker, key, 1));
    }
  }

  /** A pick by key costs no memory either. */
  @Test
  default void a_pick_by_key_allocates_nothing() {
    BalancingStrategy strategy = newStrategy(Randomness.seeded(1));
    Picker picker = strategy.newPicker(weighing(strategy, alike(100)), null);
    PickContext context = new Keyed("user-7", 0);
    assertEquals(0, Allocation.least(() -> picker.pick(context)), "bytes");
  }

  /** With one endpoint it owns all keys, with none nobody does. */
  @Test
  default void one_owns_all_keys_and_of_none_nobody_does() {
    BalancingStrategy strategy = newStrategy(Randomness.seeded(1));
    assertEquals(0, owner(strategy.newPicker(weighing(strategy, 1), null), "user-7", 3));
    assertEquals(-1, owner(strategy.newPicker(weighing(strategy), null), "user-7", 0));
  }
}
