package io.evenkeel.loadbalancer.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.loadbalancer.fakes.Routed;
import io.evenkeel.model.ServiceInstance;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Traffic stays in its zone as far as the zone can carry it, and every instance gets the same. */
class ZonePreferenceTest {
  private static final double CLOSE = 0.015;

  private static Routed from(String zone) {
    return Routed.by(Routing.everywhere().inZone(zone));
  }

  private static Map<String, Double> zones(Routed routed) {
    return routed.shares(ServiceInstance::zone);
  }

  @Test
  void with_equal_zones_nothing_leaves_its_own() {
    Routed routed = from("b").add(4, "a").add(4, "b").add(4, "c");
    assertEquals(Map.of("b", 1.0), rounded(zones(routed)));
  }

  @Test
  void a_zone_with_half_of_what_it_needs_sends_half_away() {
    Routed routed = from("a").add(2, "a").add(5, "b").add(5, "c"); // needs 4 of 12
    Map<String, Double> zones = zones(routed);
    assertEquals(0.5, zones.get("a"), CLOSE);
    assertEquals(0.25, zones.get("b"), CLOSE);
  }

  @Test
  void it_goes_where_there_is_room_in_proportion_to_the_room() {
    Routed routed = from("a").add(1, "a").add(5, "b").add(6, "c"); // room 1 and 2 of 12
    Map<String, Double> zones = zones(routed);
    assertEquals(0.25, zones.get("a"), CLOSE);
    assertEquals(0.25, zones.get("b"), CLOSE);
    assertEquals(0.5, zones.get("c"), CLOSE);
  }

  @Test
  void callers_in_all_zones_together_load_every_instance_alike() {
    Map<String, Double> sum = new TreeMap<>();
    for (String zone : new String[] {"a", "b", "c"}) {
      Routed routed = from(zone).add(1, "a").add(4, "b").add(7, "c");
      zones(routed).forEach((to, share) -> sum.merge(to, share / 3, Double::sum));
    }
    assertEquals(1 / 12.0, sum.get("a"), CLOSE);
    assertEquals(4 / 12.0, sum.get("b"), CLOSE);
    assertEquals(7 / 12.0, sum.get("c"), CLOSE);
  }

  @Test
  void what_an_ejected_instance_could_carry_goes_to_other_zones() {
    Routed routed = from("a").add(5, "a").add(5, "b").eject("i1").wait(Routed.WARM);
    assertEquals(4 / 9.0 * 2, zones(routed).get("a"), CLOSE);
  }

  @Test
  void a_zone_without_instances_uses_all_others() {
    Map<String, Double> zones = zones(from("d").add(4, "a").add(8, "b"));
    assertEquals(Map.of("b", 1.0), rounded(zones)); // a's own callers fill it
  }

  @Test
  void below_six_endpoints_zones_are_ignored() {
    Map<String, Double> zones = zones(from("a").add(1, "a").add(4, "b"));
    assertEquals(0.2, zones.get("a"), CLOSE);
  }

  @Test
  void where_the_callers_are_known_their_number_counts() {
    Routed routed = from("a").add(6, "a").add(6, "b");
    routed.rotation().accept(new Callers(0, 4, Map.of("a", 3, "b", 1)));
    assertEquals(0.5 / 0.75, zones(routed.add(0, "a")).get("a"), CLOSE);
  }

  @Test
  void an_empty_zone_and_a_minimum_of_zero_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> ZonePreference.of(""));
    assertThrows(IllegalArgumentException.class, () -> new ZonePreference("a", 0));
  }

  private static Map<String, Double> rounded(Map<String, Double> shares) {
    Map<String, Double> rounded = new TreeMap<>();
    shares.forEach((zone, share) -> rounded.put(zone, Math.round(share * 1000) / 1000.0));
    return rounded;
  }
}
