package io.evenkeel.loadbalancer.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.fakes.Routed;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.PickContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which instances suit, for a balancer and for one call. */
class InstanceFilterTest {
  private static final InstanceFilter BLUE = InstanceFilter.tag("blue");

  private static ServiceInstance.Builder plain(int n) {
    return Instances.instance(Instances.SERVICE, n);
  }

  private static Routed colours(Routing routing) {
    return Routed.by(routing)
        .add(plain(1).tag("blue"), plain(2).tag("blue"), plain(3), plain(4), plain(5), plain(6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "tag=blue; true",
        "tag=red; false",
        "zone=a; true",
        "version=2; true",
        "version=2.1; true",
        "version=2.1.0; false",
        "version=21; false",
        "metadata.region=eu; true",
        "metadata.region=us; false",
        "!metadata.region=us; true",
        "tag=blue, zone=a ,version=2; true",
        "tag=blue,zone=b; false",
        "''; true"
      })
  void conditions_are_read_from_text(String text, boolean suits) {
    ServiceInstance instance =
        plain(1).tag("blue").zone("a").version("2.1").metadata("region", "eu").build();
    assertEquals(suits, InstanceFilter.parse(text).matches(instance));
    assertEquals(InstanceFilter.parse(text), InstanceFilter.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"blue", "colour=blue", "tag=", "tag=a,,", "metadata.=x", "=x"})
  void what_is_no_condition_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> InstanceFilter.parse(text));
  }

  @Test
  void a_balancers_filter_leaves_the_others_out() {
    Routed routed = colours(Routing.everywhere().only(BLUE));
    assertEquals(0.5, routed.share("i1"), 1e-3);
    assertNull(routed.remove("i1", "i2").rotation().pick(PickContext.NONE));
  }

  @Test
  void a_preference_that_cannot_be_met_is_none() {
    Routed routed = colours(Routing.everywhere().only(BLUE.preferred()));
    assertEquals(0.5, routed.share("i1"), 1e-3);
    assertEquals(0.25, routed.remove("i1", "i2").share("i3"), 1e-3);
  }

  @Test
  void a_calls_filter_holds_for_that_call_and_keeps_the_strategys_order() {
    Routed routed = colours(Routing.everywhere());
    assertEquals(0.5, routed.shares(ServiceInstance::id, BLUE).get("i1"), 1e-9);
    assertEquals(1 / 6.0, routed.share("i1"), 1e-3);
  }

  @Test
  void a_calls_filter_narrows_the_balancers() {
    Routed routed = colours(Routing.everywhere().only(BLUE));
    assertNull(routed.rotation().pick(PickContext.NONE, BLUE.negate()));
  }

  @Test
  void when_all_that_suit_a_call_are_ejected_they_take_it_nevertheless() {
    Routed routed = colours(Routing.everywhere()).eject("i1");
    InstanceFilter onlyFirst = instance -> instance.id().equals("i1");
    assertEquals("i1", routed.rotation().pick(PickContext.NONE, onlyFirst).instance().id());
    assertEquals(0, routed.share("i1"));
  }

  @Test
  void calls_with_equal_filters_share_one_route_and_an_update_keeps_their_place() {
    Routed routed = colours(Routing.everywhere());
    InstanceFilter again = InstanceFilter.parse("tag=blue");
    LiveEndpoint first = routed.rotation().pick(PickContext.NONE, BLUE);
    LiveEndpoint second = routed.rotation().pick(PickContext.NONE, again);
    assertFalse(first == second);
    routed.remove("i6");
    assertSame(first, routed.rotation().pick(PickContext.NONE, again));
  }

  @Test
  void a_retry_stays_with_those_that_suit_while_another_is_there() {
    Routed routed = colours(Routing.everywhere());
    LiveEndpoint[] tried = {routed.rotation().pick(PickContext.NONE, BLUE)};
    LiveEndpoint other = routed.rotation().pickOther(PickContext.NONE, BLUE, tried, 1);
    assertFalse(other == tried[0]);
    assertTrue(BLUE.matches(other.instance()));
  }

  @Test
  void more_filters_than_are_kept_still_work() {
    Routed routed = colours(Routing.everywhere());
    for (int n = 0; n < 200; n++) {
      InstanceFilter unlike = InstanceFilter.metadata("n", "" + n).negate().and(BLUE);
      assertTrue(BLUE.matches(routed.rotation().pick(PickContext.NONE, unlike).instance()));
    }
  }

  @Test
  void more_filters_than_are_kept_reach_all_that_suit() {
    Routed routed = colours(Routing.everywhere());
    Map<String, Integer> counts = new HashMap<>();
    for (int n = 0; n < 1_000; n++) {
      InstanceFilter unlike = InstanceFilter.metadata("n", "" + n).negate().and(BLUE);
      LiveEndpoint picked = routed.rotation().pick(PickContext.NONE, unlike);
      counts.merge(picked.instance().id(), 1, Integer::sum);
    }
    assertEquals(500, counts.get("i1"), 95); // six deviations
  }

  @Test
  void calls_that_are_rarer_than_changes_keep_their_place() {
    Routed routed = colours(Routing.everywhere()).add(plain(7).tag("blue"));
    Set<LiveEndpoint> picked = new HashSet<>();
    for (int call = 0; call < 3; call++) {
      picked.add(routed.rotation().pick(PickContext.NONE, BLUE));
      routed.remove("none").remove("none").remove("none");
    }
    assertEquals(3, picked.size());
  }

  @Test
  void when_most_that_suit_the_balancers_filter_are_ejected_they_are_used_all_the_same() {
    Routed routed = colours(Routing.everywhere().only(BLUE));
    for (int n = 7; n <= 40; n++) {
      routed.add(plain(n));
    }
    routed.eject("i1").eject("i2");
    assertEquals(Set.of("i1", "i2"), routed.shares(ServiceInstance::id).keySet());
  }
}
