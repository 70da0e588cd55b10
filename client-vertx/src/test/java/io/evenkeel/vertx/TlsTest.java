package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Instances of scheme {@code https}, whose certificate names {@code localhost}. */
class TlsTest {
  private final TestBench bench = TestBench.open();
  private final SelfSignedCertificate certificate = SelfSignedCertificate.create("localhost");
  private final ServiceRegistry registry = InMemoryServiceRegistry.create();

  @AfterEach
  void close() throws IOException {
    bench.close();
    registry.close();
    certificate.delete();
  }

  private BalancedWebClient clientOfInstanceAt(String host) {
    TestServer server =
        bench.servers.http(
            new HttpServerOptions()
                .setHost("127.0.0.1")
                .setSsl(true)
                .setKeyCertOptions(certificate.keyCertOptions()),
            request -> request.response().end(request.isSSL() ? "secure" : "plain"));
    ServiceInstance instance =
        ServiceInstance.builder("orders", host, server.port()).scheme("https").build();
    Await.value(registry.register(instance, new Lease(Duration.ofMinutes(10), 1)));
    return BalancedWebClient.builder(bench.vertx, registry)
        .balancer(balancer -> balancer.strategy(bench.outcomes))
        .httpClientOptions(new HttpClientOptions().setTrustOptions(certificate.trustOptions()))
        .build();
  }

  @Test
  void an_instance_of_scheme_https_is_called_over_tls() {
    BalancedWebClient client = clientOfInstanceAt("localhost");

    assertEquals("secure", Await.value(client.get("orders", "/").send()).bodyAsString());
  }

  @Test
  void a_certificate_for_another_host_is_refused_before_anything_is_sent() {
    BalancedWebClient client = clientOfInstanceAt("127.0.0.1");

    Throwable failure = Await.failure(client.get("orders", "/").send());

    assertInstanceOf(SSLException.class, failure);
    assertFalse(bench.outcomes.all().get(0).sent());
  }
}
