package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the server listens, and where it refuses to. */
class RegistryServerIT {
  private final Vertx vertx = Vertx.vertx();
  private final ServiceRegistry registry = InMemoryServiceRegistry.create();

  @AfterEach
  void stop() {
    TestServer.await(vertx.close());
    registry.close();
  }

  private static RegistryServerOptions on(String host) {
    return RegistryServerOptions.none()
        .withWarmUp(Duration.ZERO)
        .withListener(Protocol.HEARTBEAT, host, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "localhost.example", "127.0.0.1.example"})
  void the_world_is_not_served_without_tokens(String host) {
    RegistryServerOptions open = on(host);
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> RegistryServer.start(vertx, registry, open));
    assertTrue(refused.getMessage().startsWith("heartbeat listener: " + host));
  }

  @Test
  void the_world_is_served_with_tokens_or_where_it_is_allowed() {
    RegistryServerOptions guarded = on("0.0.0.0").withTokens(Map.of("t", "alice"));
    TestServer.await(RegistryServer.start(vertx, registry, guarded));
    RegistryServerOptions insecure = on("0.0.0.0").withAllowInsecure(true);
    TestServer.await(RegistryServer.start(vertx, registry, insecure));
  }

  @Test
  void a_port_that_is_taken_leaves_nothing_open() {
    RegistryServer first = TestServer.await(RegistryServer.start(vertx, registry, on("127.0.0.1")));
    int port = first.addresses().get(Protocol.HEARTBEAT).port();
    RegistryServerOptions same =
        RegistryServerOptions.none()
            .withListener(Protocol.ADMIN, "127.0.0.1", 0)
            .withListener(Protocol.HEARTBEAT, "127.0.0.1", port);
    assertThrows(
        Throwable.class, () -> TestServer.await(RegistryServer.start(vertx, registry, same)));
    assertEquals(1, vertx.deploymentIDs().size());
  }

  @Test
  void closing_twice_is_closing_once() {
    RegistryServer server =
        TestServer.await(RegistryServer.start(vertx, registry, on("127.0.0.1")));
    TestServer.await(server.close());
    TestServer.await(server.close());
    assertEquals(0, vertx.deploymentIDs().size());
  }

  @Test
  void a_query_that_waits_is_answered_when_the_server_closes() {
    RegistryServerOptions consul =
        RegistryServerOptions.none()
            .withWarmUp(Duration.ZERO)
            .withListener(Protocol.CONSUL, "127.0.0.1", 0);
    RegistryServer server = TestServer.await(RegistryServer.start(vertx, registry, consul));
    int port = server.addresses().get(Protocol.CONSUL).port();
    HttpClient client = vertx.createHttpClient();
    String list = "/v1/health/service/web";
    String index = TestServer.await(get(client, port, list)).getHeader("X-Consul-Index");
    Future<HttpClientResponse> waiting = get(client, port, list + "?wait=5m&index=" + index);
    TestServer.await(get(client, port, list)); // sent later, answered at once: the other waits
    TestServer.await(server.close());
    assertEquals(200, TestServer.await(waiting).statusCode());
    TestServer.await(client.close());
  }

  private static Future<HttpClientResponse> get(HttpClient client, int port, String target) {
    return client
        .request(HttpMethod.GET, port, "127.0.0.1", target)
        .compose(request -> request.send());
  }

  @Test
  void tls_is_served_where_there_is_a_certificate() {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
    RegistryServerOptions.Tls tls =
        new RegistryServerOptions.Tls(
            Path.of(certificate.certificatePath()), Path.of(certificate.privateKeyPath()));
    RegistryServer server =
        TestServer.await(RegistryServer.start(vertx, registry, on("127.0.0.1").withTls(tls)));
    int port = server.addresses().get(Protocol.HEARTBEAT).port();
    HttpClientOptions trusting =
        new HttpClientOptions()
            .setSsl(true)
            .setTrustOptions(new PemTrustOptions().addCertPath(certificate.certificatePath()));
    HttpClient client = vertx.createHttpClient(trusting); // held: one that is not is closed by GC
    int status =
        TestServer.await(
            client
                .request(HttpMethod.GET, port, "localhost", "/health")
                .compose(request -> request.send())
                .map(response -> response.statusCode()));
    assertEquals(200, status);
    TestServer.await(client.close());
    certificate.delete();
  }
}
