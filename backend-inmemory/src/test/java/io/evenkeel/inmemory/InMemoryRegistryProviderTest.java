package io.evenkeel.inmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryRegistryProviderTest {
  @Test
  void every_connect_makes_a_registry_of_its_own() {
    try (ServiceRegistry first = Registries.connect("inmemory:");
        ServiceRegistry second = Registries.connect("inmemory:")) {
      ServiceInstance instance = ServiceInstance.builder("orders", "10.0.0.1", 80).build();
      Fleet.now(first.register(instance, new Lease(Duration.ofSeconds(30), 1)));
      assertEquals(Set.of("orders"), Fleet.now(first.services()));
      assertEquals(Set.of(), Fleet.now(second.services()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inmemory:?sweep=100ms",
        "inmemory:?sweep=1s&guard=off&tombstones=2m",
        "inmemory:?guard=on"
      })
  void its_parameters_are_understood(String uri) {
    try (ServiceRegistry registry = Registries.connect(uri)) {
      assertEquals("inmemory:", registry.name());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "inmemory:?colour=red | parameter colour (expected: one of guard, sweep, tombstones)",
        "inmemory:?sweep=fast | sweep=fast (expected: a time such as 500ms, 1s or 2m)",
        "inmemory:?sweep=2m | sweepPeriod: PT2M (expected: 1 ms..1 min)",
        "inmemory:?sweep=0ms | sweepPeriod: PT0S (expected: 1 ms..1 min)",
        "inmemory:?tombstones=0s | tombstoneRetention: PT0S (expected: > 0)",
        "inmemory:?guard=maybe | guard=maybe (expected: on or off)",
        "inmemory:orders | orders (expected: nothing after inmemory: but parameters)",
        "inmemory+https: | +https (expected: no TLS, since nothing is on a wire)",
        "static:a=10.0.0.1:80?x=1 | parameter x (expected: no parameters)"
      })
  void what_is_not_understood_is_named(String uri, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Registries.connect(uri));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }
}
