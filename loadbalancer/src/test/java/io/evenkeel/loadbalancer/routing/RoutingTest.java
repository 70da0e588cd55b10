package io.evenkeel.loadbalancer.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.fakes.CollectedLogs;
import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.fakes.Routed;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.loadbalancer.strategy.WeightedRandom;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All that routing says, together, and by every strategy. */
class RoutingTest {
  private static final double CLOSE = 0.015;

  private static Stream<String> strategies() {
    return Strategies.names().stream();
  }

  private static Routed weighted(Routing routing) {
    return Routed.of(WeightedRandom.create(Randomness.seeded(3)), routing, 1);
  }

  @Test
  void a_weight_function_replaces_the_registrys_weights() {
    Routed routed =
        weighted(Routing.everywhere().weighted(i -> i.version().equals("2") ? 3 : 1))
            .add(
                Instances.instance(Instances.SERVICE, 1).version("2"),
                Instances.instance(Instances.SERVICE, 2).version("1").weight(100));
    assertEquals(0.75, routed.share("i1"), CLOSE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY})
  void a_weight_that_is_none_is_refused_once_and_the_registrys_is_used(double nonsense) {
    Routed routed =
        weighted(Routing.everywhere().weighted(i -> nonsense))
            .add(
                Instances.instance(Instances.SERVICE, 1).weight(3),
                Instances.instance(Instances.SERVICE, 2));
    assertEquals(0.75, routed.share("i1"), CLOSE);
    assertEquals(1, CollectedLogs.holding("weight function", "is " + nonsense).size());
  }

  @Test
  void a_weight_of_zero_takes_no_traffic() {
    Routed routed = Routed.by(Routing.everywhere().weighted(i -> i.id().equals("i1") ? 0 : 2));
    assertEquals(0, routed.show(Instances.upTo(3)).share("i1"));
  }

  @Test
  void tiers_come_before_zones() {
    Routing routing =
        Routing.everywhere().inZone(new ZonePreference("a", 1)).withTiers(Tiers.byPriority());
    Routed routed =
        Routed.by(routing)
            .add(
                Instances.instance(Instances.SERVICE, 1).zone("a").metadata("priority", "1"),
                Instances.instance(Instances.SERVICE, 2).zone("b"));
    assertEquals(1, routed.share("i2"), 1e-9);
  }

  @Test
  void a_retry_leaves_zone_and_subset_when_nothing_else_is_left_there() {
    Routing routing = Routing.everywhere().inZone(new ZonePreference("a", 1));
    Routed routed = Routed.by(routing).add(1, "a").add(1, "b");
    LiveEndpoint[] tried = {routed.rotation().pick(PickContext.NONE)};
    LiveEndpoint other = routed.rotation().pickOther(PickContext.NONE, null, tried, 1);
    assertEquals("b", other.instance().zone());
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void every_strategy_keeps_to_the_shares_and_survives_filters(String name) {
    Routing routing = Routing.everywhere().inZone("a").withCanary(InstanceFilter.tag("new"), 0.25);
    Routed routed =
        Routed.of(Strategies.named(name, Randomness.seeded(7), ManualTime.start()), routing, 1)
            .add(8, "a")
            .add(8, "b")
            .add(Instances.instance(Instances.SERVICE, 17).zone("a").tag("new"));
    assertEquals(0.25, routed.share("i17"), CLOSE);
    Map<String, Double> zoneB = routed.shares(ServiceInstance::zone, InstanceFilter.zone("b"));
    assertEquals(Set.of("b"), zoneB.keySet());
    assertEquals(0.25, routed.share("i17"), CLOSE);
  }

  @ParameterizedTest
  @MethodSource("strategies")
  void every_strategy_uses_all_of_two_hundred_in_two_zones(String name) {
    Routing routing = Routing.everywhere().inZone("a");
    Routed routed =
        Routed.of(Strategies.named(name, Randomness.seeded(7), ManualTime.start()), routing, 1);
    routed.add(80, "a").add(120, "b");
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      LiveEndpoint endpoint = routed.rotation().pick(PickContext.NONE);
      assertNotNull(endpoint);
      endpoint.begin(); // never ends: the least loaded is another one each time
      ids.add(endpoint.instance().id());
    }
    assertEquals(200, ids.size());
  }

  @Test
  void an_empty_list_is_survived_with_everything_set() {
    Routing routing =
        Routing.everywhere()
            .inZone("a")
            .withTiers(Tiers.byPriority())
            .withCanary(InstanceFilter.tag("new"), 0.1)
            .withSubset(Subset.aperture());
    Routed routed = Routed.by(routing).show(List.of());
    assertEquals(0, routed.rotation().inRotation().size());
    assertTrue(routed.add(20, "b").rotation().inRotation().size() >= 12);
  }
}
