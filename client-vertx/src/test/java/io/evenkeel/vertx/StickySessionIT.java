package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientSession;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Browsers with their cookies, a gateway, and two instances that answer with their names. */
class StickySessionIT {
  private static final int MANY = 20;

  private final Vertx vertx = Vertx.vertx();
  private final Vertx browsers = Vertx.vertx();
  private final TestServers servers = new TestServers();
  private final ServiceRegistry registry = InMemoryServiceRegistry.create();
  private final Map<String, TestServer> instances =
      Stream.of("a", "b").collect(Collectors.toMap(id -> id, this::serverCalled));
  private int port; // of the gateway

  private TestServer serverCalled(String id) {
    return servers.http(request -> request.response().end(id));
  }

  @BeforeEach
  void register() {
    instances.keySet().forEach(id -> register(id, 1));
  }

  private void register(String id, long incarnation) {
    int itsPort = instances.get(id).port();
    ServiceInstance instance =
        ServiceInstance.builder("orders", "127.0.0.1", itsPort).id(id).build();
    Await.value(registry.register(instance, new Lease(Duration.ofMinutes(10), incarnation)));
  }

  @AfterEach
  void close() {
    Await.value(browsers.close());
    Await.value(vertx.close());
    servers.close();
    registry.close();
  }

  private void gateway(Stickiness stickiness, String strategy) {
    BalancedWebClient client =
        BalancedWebClient.builder(vertx, registry)
            .balancer(balancer -> balancer.strategy(strategy))
            .build();
    port =
        Await.value(
                vertx
                    .createHttpServer()
                    .requestHandler(incoming -> forward(client, stickiness.of(incoming), incoming))
                    .listen(0, "127.0.0.1"))
            .actualPort();
  }

  private static void forward(
      BalancedWebClient client, Session session, HttpServerRequest incoming) {
    client
        .get("orders", "/cart")
        .session(session)
        .send()
        .onSuccess(
            answer -> {
              session.cookie().ifPresent(incoming.response()::addCookie);
              incoming.response().end(answer.body());
            })
        .onFailure(error -> incoming.response().setStatusCode(502).end(error.toString()));
  }

  private WebClientSession browser() {
    return WebClientSession.create(WebClient.create(browsers));
  }

  private String answer(WebClientSession browser) {
    return Await.value(browser.get(port, "127.0.0.1", "/").send()).bodyAsString();
  }

  private Set<String> answers(WebClientSession browser, int times) {
    return IntStream.range(0, times).mapToObj(i -> answer(browser)).collect(Collectors.toSet());
  }

  private static String other(String id) {
    return id.equals("a") ? "b" : "a";
  }

  @Test
  void a_browser_stays_where_it_began_and_browsers_are_spread() {
    gateway(Stickiness.cookie("SHOP"), "round-robin");
    Set<String> used = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      Set<String> answers = answers(browser(), 5);
      assertEquals(1, answers.size());
      used.addAll(answers);
    }
    assertEquals(Set.of("a", "b"), used);
  }

  @Test
  void when_its_instance_is_killed_it_moves_without_an_error_and_stays_there() {
    gateway(Stickiness.cookie("SHOP"), "round-robin");
    WebClientSession browser = browser();
    String first = answer(browser);
    instances.get(first).kill();
    assertEquals(Set.of(other(first)), answers(browser, MANY));
  }

  @Test
  void when_its_instance_leaves_it_moves_and_does_not_come_back() {
    gateway(Stickiness.cookie("SHOP"), "power-of-two-choices");
    WebClientSession browser = browser();
    String first = answer(browser);
    Await.value(registry.deregister(new InstanceKey("orders", first), 1));
    String next = first;
    for (int i = 0; i < 10_000 && next.equals(first); i++) {
      next = answer(browser); // until the gateway has heard of it
    }
    assertEquals(other(first), next);
    assertEquals(Set.of(next), answers(browser, MANY));
    register(first, 2);
    assertEquals(Set.of(next), answers(browser, MANY));
  }

  @Test
  void another_gateway_with_the_same_secret_goes_on() {
    gateway(Stickiness.cookie("SHOP", "a secret of all gateways"), "random");
    WebClientSession browser = browser();
    String first = answer(browser);
    gateway(Stickiness.cookie("SHOP", "a secret of all gateways"), "random");
    assertEquals(Set.of(first), answers(browser, MANY));
  }

  @Test
  void a_cookie_of_a_stranger_begins_a_session() {
    gateway(Stickiness.cookie("SHOP"), "round-robin");
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < MANY; i++) {
      answers.add(answer(browser().addHeader("Cookie", "SHOP=forged; OTHER=x")));
    }
    assertEquals(Set.of("a", "b"), answers);
  }

  @Test
  void by_header_the_same_value_goes_to_the_same_instance() {
    gateway(Stickiness.header("X-Session"), "consistent-hashing");
    Set<String> used = new HashSet<>();
    for (int user = 0; user < MANY; user++) {
      String value = "user-" + user;
      String first = answer(browser().addHeader("X-Session", value));
      assertEquals(first, answer(browser().addHeader("X-Session", value)));
      used.add(first);
    }
    assertEquals(Set.of("a", "b"), used);
  }
}
