package io.evenkeel.http.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentUrisTest {
  /** {@code A=1;B=2}, where a value may be empty. */
  static Map<String, String> environment(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String pair : text.split(";", -1)) {
      String[] parts = pair.strip().split("=", 2);
      variables.put(parts[0], parts[1]);
    }
    return variables;
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIG_SERVICE_URL=http://config-service:8082/, config-service://config-service:8082",
    "CONFIG_SERVICE_URL=https://c/base/, config-service+https://c:443/base",
    "CONFIG_SERVICE_URL=http://c, config-service://c:80",
    "CONFIG_SERVICE_URL=c, config-service://c:8082",
    "SERVICEKIT_ORCHESTRATOR_URL=http://o:9000/services/$register, orchestrator://o:9000?ids=plain",
    "SERVICEKIT_ORCHESTRATOR_URL=http://o:9000/services/%24register, orchestrator://o:9000?ids=plain",
    "SERVICEKIT_ORCHESTRATOR_URL=http://o:9000/register, orchestrator://o:9000?ids=plain",
    "SERVICEKIT_ORCHESTRATOR_URL=http://o:9000/in/services/$register, orchestrator://o:9000/in?ids=plain",
    "SERVICEKIT_ORCHESTRATOR_URL=o, orchestrator://o:9000?ids=plain",
    "SERVICEKIT_ORCHESTRATOR_URL=http://o:1;SERVICEKIT_REGISTRATION_KEY=a b, "
        + "orchestrator://o:1?ids=plain&service-key=a+b",
    "REGISTRY_URL=http://localhost:8006/, heartbeat://localhost:8006?ids=plain",
    "REGISTRY_URL=[::1]:8006, heartbeat://[::1]:8006?ids=plain",
    "CONSUL_HTTP_ADDR=agent:8501, consul://agent:8501?ids=plain",
    "CONSUL_HTTP_ADDR=https://agent:8501, consul+https://agent:8501?ids=plain",
    "CONSUL_HTTP_ADDR=tcp://agent, consul://agent:8500?ids=plain",
    "CONSUL_HTTP_ADDR=a:1;CONSUL_HTTP_SSL=true;CONSUL_HTTP_TOKEN=t, consul+https://a:1?token=t&ids=plain",
    "CONSUL_HOST=agent, consul://agent:8500?ids=plain",
    "CONSUL_PORT=18500, consul://localhost:18500?ids=plain",
    "CONSUL_HOST=::1;CONSUL_PORT=1, consul://[::1]:1?ids=plain",
    "SERVICE_REGISTRY_HOST=r;SERVICE_REGISTRY_PORT=8501, consul://r:8501?ids=plain",
    "SERVICE_REGISTRY_HOST=r;SERVICE_REGISTRY_PORT=many, consul://r:8500?ids=plain",
    "SERVICE_REGISTRY_PORT=0, consul://localhost:8500?ids=plain"
  })
  void each_systems_variables_name_its_registry(String variables, String uri) {
    assertEquals(Optional.of(uri), EnvironmentUris.first(environment(variables)));
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIG_SERVICE_URL=http://a:1;SERVICEKIT_ORCHESTRATOR_URL=http://b:1, config-service",
    "SERVICEKIT_ORCHESTRATOR_URL=http://b:1;REGISTRY_URL=http://c:1, orchestrator",
    "REGISTRY_URL=http://c:1;CONSUL_HTTP_ADDR=d:1, heartbeat",
    "CONSUL_HTTP_ADDR=consul:1;CONSUL_HOST=e, consul://consul:1",
    "CONSUL_HOST=e;SERVICE_REGISTRY_HOST=f, consul://e:",
    "CONFIG_SERVICE_URL= ;CONSUL_HOST=e, consul://e:"
  })
  void the_first_that_is_set_wins(String variables, String start) {
    String uri = EnvironmentUris.first(environment(variables)).orElseThrow();
    assertEquals(start, uri.substring(0, start.length()));
  }

  @Test
  void nothing_set_names_nothing() {
    assertEquals(Optional.empty(), EnvironmentUris.first(Map.of("PATH", "x", "REGISTRY_URL", "")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://canary:pw@h", "http://", "unix:///canary.sock", "http://h?token=canary"})
  void what_is_not_understood_is_refused_without_its_value(String value) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> EnvironmentUris.first(Map.of("CONSUL_HTTP_ADDR", value)))
            .getMessage();
    assertEquals("CONSUL_HTTP_ADDR: not understood", message.substring(0, 32));
    assertFalse(message.contains("canary"), message);
  }
}
