package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server by configuration alone. */
class RegistryServerVerticleIT {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    TestServer.await(vertx.close());
  }

  private String deploy(String config) {
    DeploymentOptions options = new DeploymentOptions().setConfig(new JsonObject(config));
    return TestServer.await(vertx.deployVerticle(new RegistryServerVerticle(), options));
  }

  @Test
  void it_serves_until_it_is_undeployed() {
    String id = deploy("{\"listeners\":{\"heartbeat\":\"127.0.0.1:0\"},\"warmUp\":\"PT0S\"}");
    assertEquals(2, vertx.deploymentIDs().size()); // it, and the server within
    TestServer.await(vertx.undeploy(id));
    assertEquals(0, vertx.deploymentIDs().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'listners':{}}|listners:",
        "{'registry':7}|registry:",
        "{'registry':'nosuch:'}|nosuch",
        "{'listeners':{'heartbeat':'8006'}}|listeners.heartbeat:",
        "{'listeners':{'smtp':'127.0.0.1:0'}}|protocol: smtp",
        "{'listeners':{'heartbeat':'0.0.0.0:0'}}|heartbeat listener: 0.0.0.0",
        "{'tokens':{'s3cret':7}}|tokens:",
        "{'tls':{'key':'x'}}|tls:",
        "{'warmUp':'soon'}|warmUp:",
        "{'quota':{'instances':0}}|quota.instances:",
        "{'quota':{'bogus':1}}|quota.bogus:",
        "{'checkHosts':[1]}|checkHosts:"
      },
      quoteCharacter = '^')
  void what_is_not_understood_is_named(String config, String named) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> deploy(config.replace('\'', '"')));
    assertTrue(error.getMessage().contains(named), error.getMessage());
    assertTrue(!error.getMessage().contains("s3cret"), error.getMessage());
    assertEquals(0, vertx.deploymentIDs().size());
  }
}
