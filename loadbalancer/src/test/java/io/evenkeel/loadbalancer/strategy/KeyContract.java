package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.TestEndpoint;
import io.evenkeel.time.Randomness;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What a strategy owes that sends calls with the same key to the same endpoint. */
interface KeyContract {
  int KEYS = 20_000;

  /** The strategy with its usual load bound. */
  BalancingStrategy newStrategy(RandomGenerator random);

  /** The strategy without a load bound. */
  BalancingStrategy unbounded();

  private static double[] alike(int size) {
    double[] weights = new double[size];
    Arrays.fill(weights, 1);
    return weights;
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
    return endpoint == null ? -1 : Integer.parseInt(endpoint.instance().id());
  }

  /** A call with a key. */
  record Keyed(String key, int attempt) implements PickContext {}

  @Test
  default void a_key_stays_where_it_is() {
    BalancingStrategy strategy = unbounded();
    EndpointSet set = Sets.weighing(strategy, alike(10));
    Picker picker = strategy.newPicker(set, null);
    int[] first = owners(picker);
    assertTrue(Arrays.equals(first, owners(strategy.newPicker(set, picker))));
  }

  @Test
  default void keys_are_spread_over_ten_endpoints() {
    BalancingStrategy strategy = unbounded();
    Picker picker = strategy.newPicker(Sets.weighing(strategy, alike(10)), null);
    int[] counts = new int[10];
    Arrays.stream(owners(picker)).forEach(owner -> counts[owner]++);
    int most = Arrays.stream(counts).max().orElseThrow();
    assertTrue(most <= 1.15 * KEYS / 10, Arrays.toString(counts));
  }

  @Test
  default void weights_get_their_share_of_the_keys() {
    BalancingStrategy strategy = unbounded();
    Picker picker = strategy.newPicker(Sets.weighing(strategy, 1, 2, 5), null);
    int[] counts = new int[3];
    Arrays.stream(owners(picker)).forEach(owner -> counts[owner]++);
    assertEquals(KEYS / 8.0, counts[0], 0.15 * KEYS / 8, Arrays.toString(counts));
    assertEquals(KEYS * 5 / 8.0, counts[2], 0.08 * KEYS * 5 / 8, Arrays.toString(counts));
  }

  @Test
  default void when_one_leaves_little_moves_beside_its_own_keys() {
    BalancingStrategy strategy = unbounded();
    double[] weights = alike(10);
    EndpointSet all = Sets.weighing(strategy, weights);
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

  @Test
  default void a_popular_key_spills_when_its_owner_is_full() {
    BalancingStrategy strategy = newStrategy(Randomness.seeded(1));
    EndpointSet set = Sets.weighing(strategy, alike(10));
    Picker picker = strategy.newPicker(set, null);
    for (int i = 0; i < 1_000; i++) {
      ((TestEndpoint) set.get(owner(picker, "popular", 0))).begin();
    }
    for (int i = 0; i < 10; i++) {
      assertTrue(set.get(i).inFlight() <= 126, i + ": " + set.get(i).inFlight());
    }
  }

  @Test
  default void a_retry_goes_to_the_next_owner_of_the_key_and_always_to_the_same() {
    BalancingStrategy strategy = newStrategy(Randomness.seeded(1));
    Picker picker = strategy.newPicker(Sets.weighing(strategy, alike(10)), null);
    for (int i = 0; i < 100; i++) {
      String key = "user-" + i;
      int second = owner(picker, key, 1);
      assertNotEquals(owner(picker, key, 0), second);
      assertEquals(second, owner(picker, key, 1));
    }
  }
}
