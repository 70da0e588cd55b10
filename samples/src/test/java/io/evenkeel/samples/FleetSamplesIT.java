package io.evenkeel.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.Protocol;
import io.evenkeel.server.RegistryServer;
import io.evenkeel.server.RegistryServerOptions;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FleetSamplesIT {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void four_dialects_find_what_each_of_them_announced() {
    FourDialects.run(out);
    String each = "[config-service, consul, heartbeat, orchestrator]";
    assertEquals(
        List.of(
            "consul finds " + each,
            "config-service finds " + each,
            "heartbeat finds " + each,
            "orchestrator finds " + each),
        lines());
  }

  @Test
  void a_service_joins_its_fleet_with_the_fleets_variables_and_leaves_it() {
    Vertx vertx = Vertx.vertx();
    ServiceRegistry store = Registries.connect("inmemory:");
    RegistryServerOptions options =
        RegistryServerOptions.none()
            .withWarmUp(Duration.ZERO)
            .withListener(Protocol.ORCHESTRATOR, "127.0.0.1", 0);
    RegistryServer server = RegistryServer.start(vertx, store, options).await();
    String url = "http://127.0.0.1:" + server.port(Protocol.ORCHESTRATOR) + "/services/$register";
    JoinFleet.stay(vertx, Map.of("SERVICEKIT_ORCHESTRATOR_URL", url), out, 3_000);
    vertx.close().await();
    assertTrue(lines().get(0).contains("ttl=PT30S"), lines()::toString);
    assertEquals(0, store.services().toCompletableFuture().join().size());
  }
}
