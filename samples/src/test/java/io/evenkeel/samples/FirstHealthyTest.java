package io.evenkeel.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.TestEndpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's strategy does what its one sentence says. */
class FirstHealthyTest {
  private static TestEndpoint endpoint(int port) {
    return TestEndpoint.of(
        ServiceInstance.builder("orders", "127.0.0.1", port).build(), new FirstHealthy());
  }

  @Test
  void picks_the_first_that_is_in_rotation() {
    TestEndpoint first = endpoint(1);
    TestEndpoint second = endpoint(2);
    Picker picker =
        new FirstHealthy()
            .newPicker(EndpointSet.of(List.of(first, second), new double[] {0, 1}), null);
    assertEquals(second, picker.pick(PickContext.NONE));
  }

  @Test
  void picks_nothing_from_nothing() {
    Picker picker = new FirstHealthy().newPicker(EndpointSet.of(List.of(), new double[0]), null);
    assertNull(picker.pick(PickContext.NONE));
  }
}
