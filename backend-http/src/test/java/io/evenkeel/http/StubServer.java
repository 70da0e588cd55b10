package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server that a test class scripts, with the registries that speak to it. One for each class. */
final class StubServer implements AfterEachCallback, AfterAllCallback {
  private final WireMockServer server =
      new WireMockServer(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"));
  private final Vertx vertx = Vertx.vertx();
  private final List<ServiceRegistry> registries = new ArrayList<>();

  private StubServer() {
    server.start();
  }

  static StubServer start() {
    return new StubServer();
  }

  int port() {
    return server.port();
  }

  String url() {
    return server.baseUrl();
  }

  /** A registry of a dialect at this server, with parameters such as {@code token=x}. */
  ServiceRegistry registry(Spoken spoken, String parameters) {
    return registry(spoken.scheme + "://127.0.0.1:" + port() + "?" + parameters);
  }

  /** The timeout is 30 s unless the URI has one: this machine may have much else to do. */
  ServiceRegistry registry(String uri) {
    String separator = uri.contains("?") ? "&" : "?";
    String patient = uri.contains("timeout=") ? uri : uri + separator + "timeout=30s";
    ServiceRegistry registry = HttpRegistries.connect(vertx, patient);
    registries.add(registry);
    return registry;
  }

  /** Answers everything alike. */
  void answer(ResponseDefinitionBuilder answer) {
    server.stubFor(any(anyUrl()).willReturn(answer));
  }

  /** Answers some requests; the later stub goes first. */
  void answer(MappingBuilder stub) {
    server.stubFor(stub);
  }

  /** What was received, in order. */
  List<LoggedRequest> received() {
    return server.findAll(WireMock.anyRequestedFor(anyUrl()));
  }

  /** Forgets what was received. */
  void forget() {
    server.resetRequests();
  }

  /** What was received, once it is that much. */
  List<LoggedRequest> awaitReceived(int count) {
    CompletableFuture<List<LoggedRequest>> enough = new CompletableFuture<>();
    vertx.setPeriodic(
        1,
        timer -> {
          List<LoggedRequest> all = received();
          if (all.size() >= count && enough.complete(all)) {
            vertx.cancelTimer(timer);
          }
        });
    return Outcomes.get(enough);
  }

  LoggedRequest last() {
    List<LoggedRequest> all = received();
    return all.get(all.size() - 1);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    registries.forEach(ServiceRegistry::close);
    registries.clear();
    server.resetAll();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.stop();
    Outcomes.get(vertx.close().toCompletionStage());
  }
}
