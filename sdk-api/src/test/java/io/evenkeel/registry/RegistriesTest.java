package io.evenkeel.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistriesTest {
  private static String refusal(Executable connecting) {
    return assertThrows(IllegalArgumentException.class, connecting).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "inmemory:, evenkeel-backend-inmemory",
    "static:a=b:80, evenkeel-backend-inmemory",
    "hazelcast://host, evenkeel-backend-hazelcast",
    "hazelcast-member://host, evenkeel-backend-hazelcast",
    "consul+https://host, evenkeel-backend-http",
    "heartbeat://host, evenkeel-backend-http",
    "vertx-discovery:, evenkeel-client-vertx"
  })
  void a_missing_backend_is_named_by_its_artifact(String uri, String artifact) {
    String message = refusal(() -> Registries.connect(uri));
    assertTrue(message.contains("(expected: io.evenkeel:" + artifact + " on "), message);
  }

  @Test
  void an_unknown_scheme_is_answered_with_the_known_ones() {
    String message = refusal(() -> Registries.connect("zookeeper://host?token=canary"));
    assertTrue(message.contains("no backend for scheme zookeeper (expected: one of ["), message);
    assertTrue(message.contains("config-service, consul, hazelcast"), message);
    assertFalse(message.contains("canary"), message);
  }

  @Test
  void several_registries_are_refused_for_now() {
    assertTrue(refusal(() -> Registries.connect("inmemory: | consul://h")).contains("several"));
    assertTrue(refusal(() -> Registries.connect("inmemory: & consul://h")).contains("several"));
  }

  @Test
  void the_environment_names_the_registry() {
    String message =
        refusal(() -> Registries.fromEnvironment(Map.of("EVENKEEL_REGISTRY", "consul://h")));
    assertTrue(message.contains("evenkeel-backend-http"), message);
  }

  @Test
  void an_environment_without_a_registry_is_refused() {
    String message = refusal(() -> Registries.fromEnvironment(Map.of()));
    assertTrue(message.startsWith("EVENKEEL_REGISTRY: not set (expected: "), message);
    assertTrue(message.contains("CONFIG_SERVICE_URL, SERVICEKIT_ORCHESTRATOR_URL"), message);
    assertEquals(
        message, refusal(() -> Registries.fromEnvironment(Map.of("EVENKEEL_REGISTRY", " "))));
  }

  @Test
  void a_backend_that_knows_another_systems_variables_names_the_registry() {
    String message = refusal(() -> Registries.fromEnvironment(Map.of("OTHER_SYSTEM", "host")));
    assertTrue(message.startsWith("other:host: "), message);
  }

  @Test
  void our_own_variable_wins_over_those_of_another_system() {
    Map<String, String> both = Map.of("OTHER_SYSTEM", "host", "EVENKEEL_REGISTRY", "other:own");
    assertTrue(refusal(() -> Registries.fromEnvironment(both)).startsWith("other:own: "));
  }
}
