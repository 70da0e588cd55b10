package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Picker;
import io.evenkeel.time.Randomness;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What a strategy owes beyond {@link BalancingStrategyContract} when it looks at the attempts in
 * flight.
 */
public interface LoadContract {

  /** A new strategy that takes all its chance from {@code random}. */
  BalancingStrategy newStrategy(RandomGenerator random);

  private BalancingStrategy seeded() {
    return newStrategy(Randomness.seeded(7));
  }

  /** Of two, the one with less to do. */
  @Test
  default void takes_the_less_busy_of_two() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> two = Picks.endpoints(2, strategy);
    two.get(0).begin(2);
    two.get(1).begin();
    assertEquals(100, pick(strategy, two, 100).of(two.get(1)));
  }

  /** Load is read at each pick, not remembered from the last update. */
  @Test
  default void follows_load_as_it_comes_and_goes() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> two = Picks.endpoints(2, strategy);
    Picker picker = strategy.newPicker(Picks.alike(two), null);
    two.get(0).begin();
    assertSame(two.get(1), Picks.one(picker));
    two.get(0).end(Outcome.success());
    two.get(1).begin();
    assertSame(two.get(0), Picks.one(picker));
  }

  /** Those that tie share alike, wherever in the list they stand and whoever stands between. */
  @Test
  default void endpoints_that_tie_share_equally() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(6, strategy);
    TestEndpoint busy = endpoints.remove(3).begin(3);
    List<TestEndpoint> idle = List.copyOf(endpoints);
    endpoints.add(3, busy);
    Picks picks = pick(strategy, endpoints, 10_000);
    assertEquals(0, picks.of(busy));
    picks.assertByChance(idle, i -> 1);
  }

  /** Attempts that began before an update still count after it. */
  @Test
  default void does_not_restart_blind_after_an_update() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(3, strategy);
    endpoints.get(0).begin(5);
    Picker first = strategy.newPicker(Picks.alike(endpoints), null);
    Picker second = strategy.newPicker(Picks.alike(endpoints.subList(0, 2)), first);
    assertEquals(50, new Picks().take(second, 50).of(endpoints.get(1)));
  }

  /** 1,000 attempts that never end lie evenly on 10 endpoints. */
  @Test
  default void piles_nothing_up_under_load() {
    BalancingStrategy strategy = seeded();
    List<TestEndpoint> endpoints = Picks.endpoints(10, strategy);
    Picker picker = strategy.newPicker(Picks.alike(endpoints), null);
    for (int i = 0; i < 1_000; i++) {
      ((TestEndpoint) Picks.one(picker)).begin();
    }
    int most = endpoints.stream().mapToInt(TestEndpoint::inFlight).max().orElseThrow();
    assertTrue(most <= 105, "most in flight: " + most + " (by chance alone about 116)");
  }

  private static Picks pick(BalancingStrategy strategy, List<TestEndpoint> from, int picks) {
    return new Picks().take(strategy.newPicker(Picks.alike(from), null), picks);
  }
}
