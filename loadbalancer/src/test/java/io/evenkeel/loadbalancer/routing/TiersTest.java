package io.evenkeel.loadbalancer.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.fakes.Routed;
import io.evenkeel.model.ServiceInstance;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Some before others, with over-provisioning as Envoy has it. */
class TiersTest {
  private static final double CLOSE = 0.015;

  /** Ten of tier 0, numbers 1..10, and ten of tier 1, with so many of the first ones ejected. */
  private static Map<String, Double> tiersWith(int ejected) {
    Routed routed = Routed.by(Routing.everywhere().withTiers(Tiers.byPriority()));
    routed.show(
        IntStream.rangeClosed(1, 20)
            .mapToObj(n -> instance(n, n > 10 ? "1" : "0"))
            .map(ServiceInstance.Builder::build)
            .toList());
    for (int n = 1; n <= ejected; n++) {
      routed.eject("i" + n);
    }
    return routed.shares(TiersTest::tier);
  }

  private static String tier(ServiceInstance instance) {
    return instance.metadata().getOrDefault("priority", "0");
  }

  private static ServiceInstance.Builder instance(int n, String priority) {
    return Instances.instance(Instances.SERVICE, n).metadata("priority", priority);
  }

  @Test
  void the_first_tier_takes_all_while_five_sevenths_of_it_are_healthy() {
    assertEquals(1, tiersWith(0).get("0"), 1e-9);
    assertEquals(1, tiersWith(2).get("0"), 1e-9);
  }

  @Test
  void what_an_ill_tier_cannot_carry_goes_to_the_next() {
    Routed routed = Routed.by(Routing.everywhere().withTiers(Tiers.byPriority()));
    routed.add(instance(1, "0"), instance(2, "0"), instance(3, "1"), instance(4, "1"));
    Map<String, Double> shares = routed.eject("i1").wait(Routed.WARM).shares(TiersTest::tier);
    assertEquals(0.7, shares.get("0"), CLOSE);
    assertEquals(0.3, shares.get("1"), CLOSE);
  }

  @Test
  void a_tier_that_is_gone_leaves_all_to_the_next() {
    Routed routed = Routed.by(Routing.everywhere().withTiers(Tiers.byPriority()));
    routed.add(instance(1, "0"), instance(2, "5"), instance(3, "7"));
    assertEquals(1, routed.remove("i1").shares(TiersTest::tier).get("5"), 1e-9);
  }

  @Test
  void failover_uses_one_group_as_long_as_one_of_it_is_there() {
    InstanceFilter blue = InstanceFilter.tag("blue");
    Routed routed = Routed.by(Routing.everywhere().withTiers(Tiers.failover(List.of(blue))));
    routed.add(
        Instances.instance(Instances.SERVICE, 1).tag("blue"),
        Instances.instance(Instances.SERVICE, 2).tag("blue"),
        Instances.instance(Instances.SERVICE, 3));
    assertEquals(1, routed.eject("i1").share("i2"), 1e-9);
    assertEquals(1, routed.remove("i1", "i2").share("i3"), 1e-9);
  }

  @Test
  void a_priority_that_is_no_number_is_the_first() {
    Routed routed = Routed.by(Routing.everywhere().withTiers(Tiers.byPriority()));
    routed.add(instance(1, "high"), instance(2, "1"));
    assertEquals(1, routed.share("i1"), 1e-9);
  }

  @Test
  void over_provisioning_below_one_is_refused() {
    assertThrows(
        IllegalArgumentException.class, () -> Tiers.byPriority().withOverProvisioning(0.9));
    assertThrows(
        IllegalArgumentException.class, () -> Tiers.byPriority().withOverProvisioning(Double.NaN));
  }
}
