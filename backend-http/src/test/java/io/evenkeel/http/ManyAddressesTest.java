package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.http.Fault;
import io.evenkeel.registry.RegistryException.Unavailable;
import io.evenkeel.registry.ServiceRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several addresses of one registry: the one that works is kept until it fails. */
class ManyAddressesTest {
  /** Too long for a label, so that no name server is asked. */
  private static final String UNKNOWN = "x".repeat(70);

  @RegisterExtension static final StubServer FIRST = StubServer.start();
  @RegisterExtension static final StubServer SECOND = StubServer.start();

  @Test
  void a_call_that_was_never_sent_goes_to_the_next_address() throws IOException {
    SECOND.answer(okJson("{\"instance_id\": \"orders-1\"}"));
    try (Socket closed = closedPort()) {
      ServiceRegistry registry =
          connect("timeout=20s", "127.0.0.1:" + closed.getLocalPort(), second());
      Outcomes.get(registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    }
    assertEquals(1, SECOND.received().size());
  }

  @Test
  void the_address_that_works_is_kept() {
    FIRST.answer(okJson("[]"));
    SECOND.answer(okJson("[]"));
    ServiceRegistry registry = connect("timeout=20s", first(), second());
    for (int i = 0; i < 5; i++) {
      Outcomes.list(registry);
    }
    assertEquals(5, FIRST.received().size());
  }

  @Test
  void a_read_that_failed_under_way_is_read_at_the_next_address() {
    FIRST.answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    SECOND.answer(okJson("[]"));
    ServiceRegistry registry = connect("timeout=20s", first(), second());
    assertEquals(List.of(), Outcomes.list(registry));
    assertEquals(List.of(), Outcomes.list(registry));
    assertEquals(1, FIRST.received().size());
  }

  @Test
  void a_write_that_failed_under_way_is_not_sent_twice() {
    FIRST.answer(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    SECOND.answer(okJson("{\"instance_id\": \"orders-1\"}"));
    ServiceRegistry registry = connect("timeout=20s", first(), second());
    Outcomes.failure(Unavailable.class, registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    assertEquals(List.of(), SECOND.received());
    Outcomes.get(registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    assertEquals(1, SECOND.received().size());
  }

  @Test
  void after_an_answer_that_did_not_come_the_next_address_is_asked() {
    FIRST.answer(aResponse().withFixedDelay(20_000));
    SECOND.answer(okJson("[]"));
    ServiceRegistry registry = connect("timeout=1s", first(), second());
    Outcomes.failure(Unavailable.class, registry.instances("orders"));
    assertTrue(IntStream.range(0, 30).anyMatch(i -> isAnswered(registry)));
  }

  private static boolean isAnswered(ServiceRegistry registry) {
    return Outcomes.get(registry.instances("orders").handle((list, error) -> error == null));
  }

  @Test
  void a_read_that_one_is_too_busy_for_is_read_at_the_next_address() {
    FIRST.answer(aResponse().withStatus(503));
    SECOND.answer(okJson("[]"));
    ServiceRegistry registry = connect("timeout=20s", first(), second());
    assertEquals(List.of(), Outcomes.list(registry));
  }

  @Test
  void a_pause_that_one_wants_fails_no_read_when_the_others_are_gone() throws IOException {
    FIRST.answer(aResponse().withStatus(429).withHeader("Retry-After", "60"));
    FIRST.answer(get(anyUrl()).willReturn(okJson("[]")));
    try (Socket closed = closedPort()) {
      ServiceRegistry registry =
          connect("timeout=20s", "127.0.0.1:" + closed.getLocalPort(), first());
      Outcomes.failure(Unavailable.class, registry.register(Outcomes.ORDERS, Outcomes.LEASE));
      assertEquals(List.of(), Outcomes.list(registry));
    }
  }

  @Test
  void when_all_want_a_pause_no_read_is_sent() {
    FIRST.answer(aResponse().withStatus(503).withHeader("Retry-After", "60"));
    SECOND.answer(aResponse().withStatus(503).withHeader("Retry-After", "60"));
    ServiceRegistry registry = connect("timeout=20s", first(), second());
    Outcomes.failure(Unavailable.class, registry.instances("orders"));
    Unavailable error = Outcomes.failure(Unavailable.class, registry.instances("orders"));
    assertTrue(error.getMessage().contains("not sent"), error::getMessage);
    assertEquals(1, SECOND.received().size());
  }

  @Test
  void a_name_that_cannot_be_looked_up_does_not_stop_the_others() {
    SECOND.answer(okJson("[]"));
    ServiceRegistry registry = connect("timeout=20s", UNKNOWN + ":8082", second());
    assertEquals(List.of(), Outcomes.list(registry));
  }

  @Test
  void without_any_address_the_error_says_so() {
    ServiceRegistry registry = connect("timeout=20s", UNKNOWN + ":8082");
    Unavailable error = Outcomes.failure(Unavailable.class, registry.instances("orders"));
    assertTrue(error.getMessage().contains(UNKNOWN), error::getMessage);
  }

  private static ServiceRegistry connect(String parameters, String... addresses) {
    return FIRST.registry("config-service://" + String.join(",", addresses) + "?" + parameters);
  }

  private static String first() {
    return "127.0.0.1:" + FIRST.port();
  }

  private static String second() {
    return "127.0.0.1:" + SECOND.port();
  }

  /** A port that is taken and not listened on. */
  private static Socket closedPort() throws IOException {
    Socket holder = new Socket();
    holder.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    return holder;
  }
}
