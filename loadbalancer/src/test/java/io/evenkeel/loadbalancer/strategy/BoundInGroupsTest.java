package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.fakes.Routed;
import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound of a hashing strategy is that of the group it picks in, however routing divides. */
final class BoundInGroupsTest {
  private static final int BUSY = 1_000;
  private static final InstanceFilter CANARIES = InstanceFilter.version("2");

  /** Ten canaries, ten others, and a thousand attempts of others in flight. */
  private static Rotation divided(String strategy) {
    Routing routing = Routing.everywhere().withCanary(CANARIES, 0.5);
    Routed routed = Routed.of(Strategies.named(strategy), routing, 1);
    for (int n = 1; n <= 20; n++) {
      String version = n <= 10 ? "2" : "1";
      routed.add(Instances.instance(Instances.SERVICE, n).version(version));
    }
    InstanceFilter others = CANARIES.negate();
    for (int i = 0; i < BUSY; i++) {
      routed.rotation().pick(PickContext.NONE, others).begin();
    }
    return routed.rotation();
  }

  /** So many begin with one key, until its owner is full for the first time. */
  private static int taken(Rotation rotation, InstanceFilter filter, String key) {
    List<LiveEndpoint> begun = new ArrayList<>();
    PickContext context = () -> key;
    LiveEndpoint first = rotation.pick(context, filter);
    for (LiveEndpoint next = first; next == first; next = rotation.pick(context, filter)) {
      next.begin();
      begun.add(next);
    }
    begun.forEach(endpoint -> endpoint.end(0, Outcome.success()));
    return begun.size();
  }

  private static String keyOfACanary(Rotation rotation) {
    for (int n = 0; ; n++) {
      String key = "user " + n;
      if (CANARIES.matches(rotation.pick(() -> key).instance())) {
        return key;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"consistent-hashing", "maglev", "rendezvous"})
  void a_busy_group_does_not_loosen_the_bound_of_an_idle_one(String strategy) {
    Rotation rotation = divided(strategy);
    assertEquals(1, taken(rotation, null, keyOfACanary(rotation)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"consistent-hashing", "maglev", "rendezvous"})
  void nor_that_of_calls_with_a_filter(String strategy) {
    assertEquals(1, taken(divided(strategy), CANARIES, "user 1"));
  }
}
