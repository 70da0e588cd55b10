package io.evenkeel.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.registry.RegistryException.Unavailable;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS fails closed: a certificate that is not right ends the call before anything is sent. */
class TlsTest {
  /** Made by the script that is there. */
  private static final Path TLS = Path.of("src/test/resources/tls");

  private static final String CA = "&ca=" + TLS.resolve("ca.pem");

  @TempDir Path directory;
  private final Vertx vertx = Vertx.vertx();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    Outcomes.get(vertx.close().toCompletionStage());
  }

  @Test
  void the_ca_file_of_the_uri_is_trusted() {
    int port = listen("localhost");
    for (String host : List.of("localhost", "127.0.0.1")) {
      try (ServiceRegistry registry = connect(host, port, CA)) {
        assertEquals(List.of(), Outcomes.list(registry));
      }
    }
  }

  @Test
  void a_certificate_of_an_unknown_authority_is_refused() {
    assertRefused(connect("localhost", listen("localhost"), ""));
  }

  @Test
  void a_certificate_for_another_host_is_refused() {
    int port = listen("elsewhere");
    assertRefused(connect("localhost", port, CA));
    assertRefused(connect("127.0.0.1", port, CA));
  }

  @Test
  void a_certificate_that_has_expired_is_refused() {
    assertRefused(connect("localhost", listen("expired"), CA));
  }

  @Test
  void a_server_that_speaks_no_tls_is_not_spoken_to() {
    int port = listen(new HttpServerOptions());
    assertRefused(connect("localhost", port, ""));
  }

  @Test
  void a_ca_file_must_be_there_and_be_one() throws Exception {
    Path empty = Files.writeString(directory.resolve("empty.pem"), "no certificate");
    assertRefused(connect("localhost", 1, "&ca=" + empty));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> connect("localhost", 1, "&ca=" + directory.resolve("nosuch.pem")));
    assertTrue(error.getMessage().endsWith("(expected: a PEM file that can be read)"));
  }

  private void assertRefused(ServiceRegistry registry) {
    try (registry) {
      Outcomes.failure(Unavailable.class, registry.instances("orders"));
      Outcomes.failure(Unavailable.class, registry.register(Outcomes.ORDERS, Outcomes.LEASE));
      assertEquals(List.of(), List.copyOf(received));
    }
  }

  private ServiceRegistry connect(String host, int port, String parameters) {
    String uri =
        "config-service+https://" + host + ":" + port + "?token=canary&timeout=30s" + parameters;
    return HttpRegistries.connect(vertx, uri);
  }

  private int listen(String certificate) {
    PemKeyCertOptions key =
        new PemKeyCertOptions()
            .setKeyPath(TLS.resolve("server.key").toString())
            .setCertPath(TLS.resolve(certificate + ".pem").toString());
    return listen(new HttpServerOptions().setSsl(true).setKeyCertOptions(key));
  }

  private int listen(HttpServerOptions options) {
    return Outcomes.get(
            vertx
                .createHttpServer(options)
                .requestHandler(
                    request -> {
                      received.add(request.uri());
                      request.response().putHeader("Content-Type", "application/json").end("[]");
                    })
                .listen(0, "127.0.0.1")
                .toCompletionStage())
        .actualPort();
  }
}
