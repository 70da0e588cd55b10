package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Randomness;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What a strategy owes of pickers for some of the endpoints that its other pickers have. Part of
 * {@link BalancingStrategyContract}.
 */
public interface PartialPickerContract {

  /** A new strategy that takes all its chance from {@code random}. */
  BalancingStrategy newStrategy(RandomGenerator random);

  /** Its part is 90 of 200, so that a strategy that keeps something for many must tell apart. */
  @Test
  default void a_partial_picker_picks_only_from_its_part() {
    BalancingStrategy strategy = newStrategy(Randomness.seeded(42));
    List<TestEndpoint> all = Picks.endpoints(200, strategy);
    List<TestEndpoint> part = all.subList(50, 140);
    Picker whole = strategy.newPicker(Picks.alike(all), null);
    Picker partial = strategy.newPartialPicker(Picks.alike(part), null);
    for (int i = 0; i < 2_000; i++) {
      Endpoint picked = Picks.one(i % 2 == 0 ? whole : partial);
      assertTrue(i % 2 == 0 || part.contains(picked), picked + " is not in the part");
      ((TestEndpoint) picked).begin().end(Outcome.success());
    }
  }

  /** Of its part it reaches each. */
  @Test
  default void a_partial_picker_reaches_all_of_its_part() {
    BalancingStrategy strategy = newStrategy(Randomness.seeded(42));
    List<TestEndpoint> all = Picks.endpoints(100, strategy);
    strategy.newPicker(Picks.alike(all), null);
    Picker partial = strategy.newPartialPicker(Picks.alike(all.subList(10, 15)), null);
    assertEquals(5, new Picks().take(partial, 500).distinct());
  }

  /** A part may be empty, as when nothing suits a call. */
  @Test
  default void a_partial_picker_of_nothing_picks_nothing() {
    BalancingStrategy strategy = newStrategy(Randomness.seeded(42));
    strategy.newPicker(Picks.alike(Picks.endpoints(3, strategy)), null);
    EndpointSet none = EndpointSet.of(List.of(), new double[0]);
    assertNull(strategy.newPartialPicker(none, null).pick(PickContext.NONE));
  }

  /** The picker of all picks the very same with a partial one beside it as without. */
  @Test
  default void a_partial_picker_takes_nothing_from_the_others() {
    String[] alone = picksOfTheWhole(0);
    for (int part : new int[] {3, 90}) {
      assertEquals(-1, Arrays.mismatch(alone, picksOfTheWhole(part)), "first other pick");
    }
  }

  private String[] picksOfTheWhole(int part) {
    RandomGenerator[] chance = {Randomness.seeded(1)};
    BalancingStrategy strategy = newStrategy(() -> chance[0].nextLong());
    List<TestEndpoint> all = Picks.endpoints(100, strategy);
    Picker whole = strategy.newPicker(Picks.alike(all), null);
    RandomGenerator itsOwn = chance[0];
    chance[0] = Randomness.seeded(2);
    Picker partial = strategy.newPartialPicker(Picks.alike(all.subList(0, part)), null);
    partial.pick(PickContext.NONE);
    chance[0] = itsOwn;
    String[] picked = new String[1_000];
    for (int i = 0; i < picked.length; i++) {
      TestEndpoint endpoint = ((TestEndpoint) Picks.one(whole)).begin();
      picked[i] = endpoint.toString();
      if (i % 3 == 0) {
        endpoint.end(Outcome.success());
      }
    }
    return picked;
  }

  /** What makes a partial picker look something up must not make it allocate. */
  @Test
  default void a_pick_of_a_partial_picker_allocates_nothing() {
    BalancingStrategy strategy = newStrategy(Randomness.seeded(42));
    List<TestEndpoint> all = Picks.endpoints(100, strategy);
    double[] weights = IntStream.range(0, 100).mapToDouble(i -> 1 + i % 3).toArray();
    strategy.newPicker(EndpointSet.of(all, weights), null);
    all.forEach(endpoint -> endpoint.begin().end(Outcome.success()));
    Picker partial = strategy.newPartialPicker(Picks.alike(all.subList(40, 100)), null);
    assertEquals(0, Allocation.least(() -> partial.pick(PickContext.NONE)), "bytes");
  }
}
