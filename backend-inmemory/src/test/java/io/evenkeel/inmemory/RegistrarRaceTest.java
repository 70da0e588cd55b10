package io.evenkeel.inmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registrar.RegistrarState;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A registrar that is closed at any moment, over a network that delays, reorders and loses. */
class RegistrarRaceTest {
  private static final ServiceInstance INSTANCE =
      ServiceInstance.builder("orders", "10.0.0.1", 80).id("a").build();
  private static final Duration STEP = Duration.ofMillis(50);
  private static final Duration TTL = RegistrarOptions.defaults().ttl();

  private final ManualTime time = ManualTime.start();
  private final InMemoryServiceRegistry registry = InMemoryServiceRegistry.create(time);

  @Test
  void no_id_is_resurrected_in_1000_interleavings() {
    int withdrawn = 0;
    for (int seed = 0; seed < 1000; seed++) {
      RegistrarRaceTest run = new RegistrarRaceTest();
      withdrawn += run.isWithdrawn(Randomness.seeded(seed), seed) ? 1 : 0;
    }
    assertTrue(withdrawn > 500, withdrawn + " heard that they were withdrawn");
  }

  private boolean isWithdrawn(RandomGenerator random, int seed) {
    FlakyNetwork network = new FlakyNetwork(registry, time, random);
    Registrar registrar = Registrar.announce(network, INSTANCE, RegistrarOptions.defaults(), time);
    time.advance(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 50 : 20_000)));
    registrar.update(instance -> instance.toBuilder().weight(9).build());
    time.advance(Duration.ofMillis(random.nextInt(10)));
    CompletionStage<Boolean> closed = registrar.closeAsync();
    watchForAFullMemory(network, seed);
    assertEquals(RegistrarState.DEREGISTERED, registrar.state());
    assertEquals(List.of(), listed(), "seed " + seed + ": gone after all");
    assertEquals(1, time.pendingTasks(), "seed " + seed + ": the registry's sweep alone");
    return !closed.toCompletableFuture().isCompletedExceptionally();
  }

  /** Two TTLs and the 15 s in which a registrar deregisters. */
  private void watchForAFullMemory(FlakyNetwork network, int seed) {
    Duration left = TTL.multipliedBy(2).plusSeconds(15);
    for (; !left.isNegative(); left = left.minus(STEP)) {
      time.advance(STEP);
      if (network.deregisterArrived) {
        assertEquals(List.of(), listed(), "seed " + seed + ": resurrected");
      }
    }
  }

  private List<ServiceInstance> listed() {
    return Fleet.now(registry.instances("orders")).instances();
  }
}
