package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every strategy owes. A strategy inherits it, says how it is made and what share it promises,
 * and adds {@link RotationContract} if it takes turns, {@link LoadContract} if it looks at attempts
 * in flight and {@link KeyContract} if it heeds keys:
 *
 * <pre>{@code
 * final class RandomChoiceTest extends BalancingStrategyContract {
 *   @Override
 *   public BalancingStrategy newStrategy(RandomGenerator random) {
 *     return RandomChoice.create(random);
 *   }
 *
 *   @Override
 *   public Share share() {
 *     return Share.EQUAL_ON_AVERAGE;
 *   }
 * }
 * }</pre>
 */
public abstract class BalancingStrategyContract implements PartialPickerContract {
  private static final double[] WEIGHTS = {5, 1, 3, 1, 2};

  /** For subclasses. */
  protected BalancingStrategyContract() {}

  /**
   * A new strategy that takes all its chance from {@code random}, and the time, if it needs one,
   * from a clock that does not go on by itself.
   */
  @Override
  public abstract BalancingStrategy newStrategy(RandomGenerator random);

  /** What the strategy promises to endpoints that have nothing in flight. */
  public abstract Share share();

  private BalancingStrategy seeded() {
    return newStrategy(Randomness.seeded(42));
  }

  @Test
  final void has_a_name_in_lower_case_with_hyphens() {
    assertTrue(seeded().name().matches("[a-z0-9]+(-[a-z0-9]+)*"), seeded().name());
  }

  @Test
  final void picks_nothing_from_an_empty_set() {
    EndpointSet none = EndpointSet.of(List.of(), new double[0]);
    assertNull(seeded().newPicker(none, null).pick(PickContext.NONE));
  }

  @Test
  final void picks_nothing_when_all_weights_are_zero() {
    BalancingStrategy strategy = seeded();
    EndpointSet set = EndpointSet.of(Picks.endpoints(3, strategy), new double[3]);
    assertNull(strategy.newPicker(set, null).pick(PickContext.NONE));
  }

  @Test
  final void picks_the_only_endpoint_however_busy() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> only = Picks.endpoints(1, strategy);
    Picker picker = strategy.newPicker(Picks.alike(only), null);
    for (int i = 0; i < 100; i++) {
      assertSame(only.get(0).begin(), Picks.one(picker));
    }
  }

  @Test
  final void uses_both_of_two() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> two = Picks.endpoints(2, strategy);
    Picks picks = new Picks().take(strategy.newPicker(Picks.alike(two), null), 100);
    assertTrue(picks.of(two.get(0)) > 0 && picks.of(two.get(1)) > 0, picks.toString());
  }

  @Test
  final void never_picks_an_endpoint_of_weight_zero() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(3, strategy);
    Picker picker = strategy.newPicker(EndpointSet.of(endpoints, new double[] {1, 0, 2}), null);
    assertEquals(0, new Picks().take(picker, 1_000).of(endpoints.get(1)));
  }

  @Test
  final void no_set_holds_a_weight_that_is_negative_or_not_a_number() {
    List<TestEndpoint> one = Picks.endpoints(1, seeded());
    for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> EndpointSet.of(one, new double[] {bad}));
    }
  }

  @Test
  final void endpoints_of_equal_weight_get_equal_shares() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(7, strategy);
    Picks picks = new Picks().take(strategy.newPicker(Picks.alike(endpoints), null), 7_000);
    if (share().isExact()) {
      picks.assertExact(endpoints, i -> 1);
    } else {
      picks.assertByChance(endpoints, i -> 1);
    }
  }

  @Test
  final void unequal_weights_get_the_shares_promised() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(WEIGHTS.length, strategy);
    Picker picker = strategy.newPicker(EndpointSet.of(endpoints, WEIGHTS), null);
    Picks picks = new Picks().take(picker, 12_000);
    if (share().isExact()) {
      picks.assertExact(endpoints, i -> share().of(WEIGHTS[i]));
    } else if (share() != Share.NONE) {
      picks.assertByChance(endpoints, i -> share().of(WEIGHTS[i]));
    }
  }

  @Test
  @DisplayName("after 10,000 picks each share is within 1 % of all picks of what is promised")
  final void shares_are_near_after_ten_thousand_picks() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(10, strategy);
    double[] weights = IntStream.rangeClosed(1, 10).mapToDouble(i -> i + 0.1).toArray();
    Picker picker = strategy.newPicker(EndpointSet.of(endpoints, weights), null);
    Picks picks = new Picks().take(picker, 10_000);
    double sum = Arrays.stream(weights).map(share()::of).sum();
    for (int i = 0; i < 10 && share() != Share.NONE; i++) {
      double error = picks.of(endpoints.get(i)) / 10_000.0 - share().of(weights[i]) / sum;
      assertEquals(0, error, 0.01, "of " + i); // by chance the deviation is 0.4 %
    }
  }

  @Test
  final void a_hundred_endpoints_share_as_promised() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(100, strategy);
    double[] weights = IntStream.range(0, 100).mapToDouble(i -> 1 + i % 4).toArray();
    Picker picker = strategy.newPicker(EndpointSet.of(endpoints, weights), null);
    Picks picks = new Picks().take(picker, 25_000);
    if (share().isExact()) {
      picks.assertExact(endpoints, i -> share().of(weights[i]));
    } else if (share() != Share.NONE) {
      picks.assertByChance(endpoints, i -> share().of(weights[i]));
    }
  }

  @Test
  final void reaches_nearly_all_of_ten_thousand() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(10_000, strategy);
    Picker picker = strategy.newPicker(Picks.alike(endpoints), null);
    int reached = new Picks().take(picker, 20_000).distinct();
    int byChance = 8_400; // 10,000 × (1 − e^−2) = 8,647 with a deviation of 30
    assertTrue(reached >= (share().isExact() ? 10_000 : byChance), "reached: " + reached);
  }

  @Test
  @DisplayName("an endpoint that leaves or joins every 30 picks starves nobody and favours nobody")
  final void updates_disturb_no_share() {
    for (int flapping : new int[] {0, 1, 49, 98, 99}) {
      BalancingStrategy strategy = seeded();
      List<TestEndpoint> stable = Picks.endpoints(100, strategy);
      TestEndpoint guest = stable.get(flapping);
      EndpointSet with = Picks.alike(stable);
      stable.remove(guest);
      Picks picks = flap(strategy, with, Picks.alike(stable));
      for (TestEndpoint endpoint : stable) {
        int count = picks.of(endpoint); // 300 or so; by chance the deviation is 17
        assertTrue(count > 195 && count < 405, endpoint + " beside " + guest + ": " + count);
      }
    }
  }

  @Test
  @DisplayName("an endpoint that leaves or joins every 30 picks changes the share of no weight")
  final void updates_disturb_no_weighted_share() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> all = Picks.endpoints(100, strategy);
    double[] weights = IntStream.range(0, 100).mapToDouble(i -> i % 10 == 0 ? 10 : 1).toArray();
    double[] without = weights.clone();
    without[55] = 0;
    Picks picks = flap(strategy, EndpointSet.of(all, weights), EndpointSet.of(all, without));
    all.remove(55);
    double sum = IntStream.range(0, 99).mapToDouble(i -> share().of(i % 10 == 0 ? 10 : 1)).sum();
    for (int i = 0; i < 99 && share() != Share.NONE; i++) {
      double expected = 30_000 * share().of(weights[i < 55 ? i : i + 1]) / sum;
      int count = picks.of(all.get(i));
      assertTrue(Math.abs(count - expected) < 0.5 * expected, i + ": " + count + " of " + expected);
    }
  }

  private static Picks flap(BalancingStrategy strategy, EndpointSet one, EndpointSet other) {
    Picks picks = new Picks();
    Picker picker = null;
    for (int update = 0; update < 1_000; update++) {
      picker = strategy.newPicker(update % 2 == 0 ? one : other, picker);
      picks.take(picker, 30);
    }
    return picks;
  }

  @Test
  final void a_list_that_was_empty_for_a_moment_is_picked_from_again() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(5, strategy);
    Picker first = strategy.newPicker(Picks.alike(endpoints), null);
    Picker empty = strategy.newPicker(EndpointSet.of(List.of(), new double[0]), first);
    Picks picks = new Picks().take(strategy.newPicker(Picks.alike(endpoints), empty), 200);
    assertEquals(5, picks.distinct());
  }

  @Test
  final void an_update_leaves_trackers_and_load_as_they_are() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(3, strategy);
    Tracker tracker = endpoints.get(0).begin(4).tracker();
    Picker first = strategy.newPicker(Picks.alike(endpoints), null);
    strategy.newPicker(Picks.alike(endpoints.subList(0, 2)), first).pick(PickContext.NONE);
    assertEquals(4, endpoints.get(0).inFlight());
    assertSame(tracker, endpoints.get(0).tracker());
  }

  @Test
  final void picks_after_attempts_of_every_outcome() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(3, strategy);
    Picker picker = strategy.newPicker(Picks.alike(endpoints), null);
    for (Outcome.Kind kind : Outcome.Kind.values()) {
      TestEndpoint picked = (TestEndpoint) Picks.one(picker);
      picked.begin().end(new Outcome(kind, true, Duration.ZERO, null));
    }
    assertTrue(endpoints.contains(Picks.one(picker)));
  }

  @Test
  final void threads_together_keep_the_shares() {
    BalancingStrategy strategy = newStrategy(Randomness.perThread());
    List<TestEndpoint> endpoints = Picks.endpoints(5, strategy);
    Picker picker = strategy.newPicker(Picks.alike(endpoints), null);
    Picks together = new Picks();
    Racing.in(4, () -> new Picks().take(picker, 10_000)).forEach(together::addAll);
    together.assertByChance(endpoints, i -> 1);
  }

  @Test
  final void racing_picks_do_not_all_take_one_endpoint() {
    BalancingStrategy strategy = newStrategy(Randomness.perThread());
    Picker picker = strategy.newPicker(Picks.alike(Picks.endpoints(10, strategy)), null);
    Set<Endpoint> picked = new HashSet<>(Racing.in(32, () -> Picks.one(picker)));
    assertTrue(picked.size() > 3, "by chance 9.7 of 10, got " + picked);
  }

  @Test
  final void picks_only_from_its_own_set_while_sets_are_replaced() {
    BalancingStrategy strategy = newStrategy(Randomness.perThread());
    List<List<TestEndpoint>> lists = new ArrayList<>();
    List<TestEndpoint> all = Picks.endpoints(90, strategy);
    for (int i = 0; i < 10; i++) {
      lists.add(List.copyOf(all.subList(i, i + 1 + i)));
      lists.add(List.copyOf(all.subList(i, i + 55 + 2 * i))); // many, to some
    }
    UpdatesUnderLoad.run(strategy, lists);
    assertEquals(0, all.stream().mapToInt(TestEndpoint::inFlight).sum());
  }

  @Test
  final void a_pick_allocates_nothing() {
    for (int size : new int[] {0, 1, 2, 3, 100, 10_000}) {
      BalancingStrategy strategy = seeded();
      List<TestEndpoint> endpoints = Picks.endpoints(size, strategy);
      double[] weights = IntStream.range(0, size).mapToDouble(i -> 1 + i % 3).toArray();
      Picker picker = strategy.newPicker(EndpointSet.of(endpoints, weights), null);
      assertEquals(0, Allocation.least(() -> picker.pick(PickContext.NONE)), "bytes at " + size);
    }
  }
}
