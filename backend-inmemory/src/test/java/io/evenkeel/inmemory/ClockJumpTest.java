package io.evenkeel.inmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registrar.RegistrarState;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Two lives of one id, and a wall clock that jumps back between them. */
class ClockJumpTest {
  private final ManualTime time = ManualTime.start();
  private final ServiceRegistry registry = InMemoryServiceRegistry.create(time);

  private Registrar announce(int port) {
    ServiceInstance instance =
        ServiceInstance.builder("orders", "127.0.0.1", port).id("one").build();
    return Registrar.announce(registry, instance, RegistrarOptions.defaults(), time);
  }

  @Test
  void the_later_life_wins_over_a_lease_from_the_future() {
    Registrar before = announce(1);
    time.jumpWallClock(Duration.ofHours(-1));
    Registrar after = announce(2);
    time.advance(Duration.ofSeconds(10));
    assertEquals(RegistrarState.REGISTERED, after.state());
    assertEquals(RegistrarState.SUPERSEDED, before.state());
  }

  @Test
  void the_later_life_wins_over_a_tombstone_from_the_future() {
    announce(1).close();
    time.jumpWallClock(Duration.ofHours(-1));
    assertEquals(RegistrarState.REGISTERED, announce(2).state());
  }

  @Test
  void an_earlier_life_that_comes_late_does_not_take_the_id_back() {
    announce(1);
    time.advance(Duration.ofSeconds(1));
    Registrar later = announce(2);
    time.advance(Duration.ofSeconds(10));
    assertEquals(RegistrarState.REGISTERED, later.state());
  }
}
