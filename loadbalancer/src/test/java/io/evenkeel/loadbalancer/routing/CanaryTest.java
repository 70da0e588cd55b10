package io.evenkeel.loadbalancer.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.loadbalancer.fakes.Instances;
import io.evenkeel.loadbalancer.fakes.Routed;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.PickContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A fixed share for some. */
class CanaryTest {
  private static final double CLOSE = 0.01;

  private static Routed canaries(double share) {
    Routing routing = Routing.everywhere().withCanary(InstanceFilter.version("2"), share);
    return Routed.by(routing)
        .add(of(1, "1.9"), of(2, "1.9"), of(3, "1.9"), of(4, "2.0"), of(5, "2.1"));
  }

  private static ServiceInstance.Builder of(int n, String version) {
    return Instances.instance(Instances.SERVICE, n).version(version);
  }

  @Test
  void canaries_get_their_share_whatever_their_number() {
    Routed routed = canaries(0.05);
    assertEquals(0.025, routed.share("i4"), CLOSE);
    assertEquals(0.025, routed.share("i5"), CLOSE);
    assertEquals(0.95 / 3, routed.share("i1"), CLOSE);
  }

  @Test
  void the_bounds_of_the_share_are_exact() {
    assertEquals(0, canaries(0).share("i4"));
    assertEquals(0, canaries(1).share("i1"));
  }

  @Test
  void without_canaries_the_others_take_all_and_the_other_way_round() {
    assertEquals(1 / 3.0, canaries(0.5).remove("i4", "i5").share("i1"), CLOSE);
    assertEquals(0.5, canaries(0).remove("i1", "i2", "i3").share("i4"), CLOSE);
  }

  @Test
  void canaries_keep_their_share_while_the_others_warm_up() {
    Routed routed = canaries(0.05).remove("i1", "i2", "i3");
    routed.show(
        List.of(
            of(4, "2.0").build(),
            of(5, "2.1").build(),
            of(6, "1.9").build(),
            of(7, "1.9").build(),
            of(8, "1.9").build()));
    assertEquals(0.025, routed.share("i4"), CLOSE);
    assertEquals(0.95 / 3, routed.share("i7"), CLOSE);
  }

  @Test
  void calls_with_one_key_go_to_one_side() {
    Routed routed = canaries(0.5);
    Set<String> versions = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      PickContext context = () -> "user 7";
      versions.add(routed.rotation().pick(context).instance().version().substring(0, 1));
    }
    assertEquals(1, versions.size());
  }

  @Test
  void a_share_out_of_bounds_is_refused() {
    for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> canaries(share));
    }
  }
}
