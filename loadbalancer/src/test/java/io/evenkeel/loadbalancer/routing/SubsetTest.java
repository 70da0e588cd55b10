package io.evenkeel.loadbalancer.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.fakes.Routed;
import io.evenkeel.loadbalancer.strategy.RoundRobin;
import io.evenkeel.model.ServiceInstance;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** One client uses some, all clients together use all alike. */
class SubsetTest {

  /** The shares of so many instances for client {@code place} of {@code clients}. */
  private static Map<String, Double> aperture(int instances, int place, int clients) {
    Routed routed = Routed.by(Routing.everywhere().withSubset(Subset.aperture()));
    routed.rotation().accept(new Callers(place, clients, Map.of()));
    return routed.show(Instances.upTo(instances)).shares(ServiceInstance::id);
  }

  @Test
  void apertures_of_known_clients_load_every_instance_alike() {
    Map<String, Double> sum = new TreeMap<>();
    for (int place = 0; place < 7; place++) {
      Map<String, Double> shares = aperture(50, place, 7);
      assertTrue(shares.size() >= 12 && shares.size() <= 17, shares.size() + " endpoints");
      shares.forEach((id, share) -> sum.merge(id, share / 7, Double::sum));
    }
    assertEquals(50, sum.size());
    sum.forEach((id, share) -> assertEquals(0.02, share, 0.003, id));
  }

  @Test
  void a_lone_client_uses_all() {
    assertEquals(50, aperture(50, 0, 1).size());
  }

  @Test
  void few_instances_are_used_by_everyone() {
    assertEquals(12, aperture(12, 3, 7).size());
  }

  @Test
  void without_callers_the_aperture_is_the_minimum_at_a_place_by_chance() {
    Set<String> used = new HashSet<>();
    for (int client = 0; client < 40; client++) {
      Routing routing = Routing.everywhere().withSubset(Subset.aperture());
      Routed routed = Routed.of(RoundRobin.startingAt(0), routing, client);
      Set<String> its = routed.show(Instances.upTo(100)).shares(ServiceInstance::id).keySet();
      assertTrue(its.size() == 12 || its.size() == 13, its.size() + " endpoints");
      used.addAll(its);
    }
    assertEquals(100, used.size(), 6);
  }

  @Test
  void an_aperture_that_has_lost_half_of_its_instances_opens() {
    Routed routed = Routed.by(Routing.everywhere().withSubset(new Subset.Aperture(2)));
    routed.show(Instances.upTo(20));
    Set<String> used = routed.shares(ServiceInstance::id).keySet();
    used.stream().limit(2).forEach(routed::eject); // as many as may be out
    assertEquals(18, routed.shares(ServiceInstance::id).size());
  }

  @Test
  void a_random_subset_has_its_size_and_changes_little() {
    Routed routed = Routed.by(Routing.everywhere().withSubset(Subset.random(10)));
    Set<String> before = routed.show(Instances.upTo(100)).shares(ServiceInstance::id).keySet();
    Set<String> after = routed.show(Instances.upTo(99)).shares(ServiceInstance::id).keySet();
    assertEquals(10, before.size());
    assertEquals(10, after.size());
    before.retainAll(after);
    assertTrue(before.size() >= 9);
  }

  @Test
  void random_subsets_of_many_clients_cover_all() {
    Set<String> used = new HashSet<>();
    for (int client = 0; client < 60; client++) {
      Routing routing = Routing.everywhere().withSubset(Subset.random(10));
      Routed routed = Routed.of(RoundRobin.startingAt(0), routing, client);
      used.addAll(routed.show(Instances.upTo(100)).shares(ServiceInstance::id).keySet());
    }
    assertEquals(100, used.size(), 2);
  }

  @Test
  void sizes_below_one_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> Subset.random(0));
    assertThrows(IllegalArgumentException.class, () -> new Subset.Aperture(0));
  }

  @Test
  void callers_are_counted_in_the_order_of_their_ids() {
    Callers callers =
        Callers.of(
            List.of(
                Instances.instance("web", 3).zone("a").build(),
                Instances.instance("web", 1).zone("b").build(),
                Instances.instance("web", 2).zone("a").weight(0).build()),
            "i3");
    assertEquals(new Callers(1, 2, Map.of("a", 1, "b", 1)), callers);
    assertEquals(-1, Callers.of(List.of(), "i3").place());
  }
}
