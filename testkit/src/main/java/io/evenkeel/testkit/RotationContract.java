package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What a strategy owes beyond {@link BalancingStrategyContract} when it takes endpoints of equal
 * weight in turn: the order, whatever its counter has come to, and its place over an update.
 */
public interface RotationContract {

  /** The strategy as it goes on after so many picks, 0 or more. */
  BalancingStrategy startingAt(long picks);

  /** A counter of 31, 32 or any bits must not be seen in the order. */
  @Test
  default void the_order_holds_where_narrow_counters_wrap() {
    for (int bits : new int[] {15, 16, 31, 32, 53, 62}) {
      for (int size : new int[] {1, 2, 3, 5}) {
        BalancingStrategy strategy = startingAt((1L << bits) - 20);
        List<TestEndpoint> endpoints = Picks.endpoints(size, strategy);
        assertInTurn(strategy.newPicker(Picks.alike(endpoints), null), endpoints, 40);
      }
    }
  }

  private static void assertInTurn(Picker picker, List<TestEndpoint> endpoints, int picks) {
    int at = endpoints.indexOf(Picks.one(picker));
    for (int i = 1; i < picks; i++) {
      TestEndpoint expected = endpoints.get((at + i) % endpoints.size());
      assertSame(expected, Picks.one(picker), "pick " + i + " of " + endpoints.size());
    }
  }

  /** The first pick follows the start, so that random starts give random first instances. */
  @Test
  default void a_later_start_begins_at_a_later_endpoint() {
    Set<String> firsts = new HashSet<>();
    for (int start = 0; start < 5; start++) {
      BalancingStrategy strategy = startingAt(start);
      List<TestEndpoint> endpoints = Picks.endpoints(5, strategy);
      firsts.add(Picks.one(strategy.newPicker(Picks.alike(endpoints), null)).toString());
    }
    assertEquals(5, firsts.size());
  }

  /** An update that changes nothing cannot be seen in the order. */
  @Test
  default void keeps_its_place_when_the_list_stays_the_same() {
    BalancingStrategy strategy = startingAt(3);
    List<TestEndpoint> endpoints = Picks.endpoints(5, strategy);
    Picker picker = strategy.newPicker(Picks.alike(endpoints), null);
    int at = endpoints.indexOf(Picks.one(picker));
    for (int i = 1; i < 20; i++) {
      picker = strategy.newPicker(Picks.alike(endpoints), picker);
      assertSame(endpoints.get((at + i) % 5), Picks.one(picker), "pick " + i);
    }
  }

  /** Whoever leaves, the next pick is the next of those that stayed. */
  @Test
  default void continues_with_the_next_survivor_when_an_endpoint_leaves() {
    for (int leaver = 0; leaver < 7; leaver++) {
      BalancingStrategy strategy = startingAt(0);
      List<TestEndpoint> endpoints = Picks.endpoints(7, strategy);
      Picker picker = strategy.newPicker(Picks.alike(endpoints), null);
      int next = endpoints.indexOf(Picks.one(picker)) + 1;
      Endpoint expected = endpoints.get((next % 7 == leaver ? next + 1 : next) % 7);
      List<TestEndpoint> stayed = new ArrayList<>(endpoints);
      stayed.remove(leaver);
      assertSame(expected, Picks.one(strategy.newPicker(Picks.alike(stayed), picker)));
    }
  }

  /** Wherever a newcomer is put in the list, whose turn it was, it stays. */
  @Test
  default void continues_with_the_same_endpoint_when_one_joins() {
    for (int place = 0; place <= 7; place++) {
      BalancingStrategy strategy = startingAt(0);
      List<TestEndpoint> endpoints = Picks.endpoints(7, strategy);
      Picker picker = strategy.newPicker(Picks.alike(endpoints), null);
      Endpoint expected = endpoints.get((endpoints.indexOf(Picks.one(picker)) + 1) % 7);
      List<TestEndpoint> more = new ArrayList<>(endpoints);
      more.add(place, TestEndpoint.of("new", strategy));
      assertSame(expected, Picks.one(strategy.newPicker(Picks.alike(more), picker)));
    }
  }

  /** A list of which nothing stays is a new list of which all get their turn. */
  @Test
  default void takes_a_wholly_new_list_in_turn() {
    BalancingStrategy strategy = startingAt(12);
    EndpointSet old = Picks.alike(Picks.endpoints(20, strategy));
    List<TestEndpoint> fresh = Picks.endpoints(30, strategy);
    Picker picker = strategy.newPicker(Picks.alike(fresh), strategy.newPicker(old, null));
    new Picks().take(picker, 60).assertExact(fresh, i -> 1);
  }
}
