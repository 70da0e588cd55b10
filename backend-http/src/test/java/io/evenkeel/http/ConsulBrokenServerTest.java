package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.RegistryException.Protocol;
import io.evenkeel.registry.RegistryException.Unavailable;
import io.evenkeel.registry.ServiceRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link BrokenServerTest} asks of the other dialects, asked of Consul's. */
class ConsulBrokenServerTest {
  @RegisterExtension static final StubServer SERVER = StubServer.start();

  @RegisterExtension static final StubServer ELSEWHERE = StubServer.start();

  private static final String LIST =
      """
      [{"Node":{"Node":"n","Address":"10.0.0.9"},"Checks":[],
        "Service":{"ID":"a","Service":"orders","Address":"10.0.0.1","Port":80}}]
      """;

  private static ServiceRegistry registry(String parameters) {
    return SERVER.registry("consul://127.0.0.1:" + SERVER.port() + "?" + parameters);
  }

  private static <E extends RegistryException> E failed(
      Class<E> kind, String parameters, ResponseDefinitionBuilder answer) {
    SERVER.answer(answer);
    return Outcomes.failure(kind, registry(parameters).instances("orders"));
  }

  @ParameterizedTest
  @EnumSource
  void a_torn_connection_is_unavailable(Fault fault) {
    failed(Unavailable.class, "timeout=5s", aResponse().withFault(fault));
  }

  @Test
  void an_answer_that_does_not_come_ends_at_the_deadline() {
    failed(Unavailable.class, "timeout=200ms", aResponse().withFixedDelay(20_000));
  }

  @Test
  void the_deadline_is_for_the_whole_answer_not_for_each_byte() {
    int length = LIST.length();
    ResponseDefinitionBuilder slow = okJson(LIST).withChunkedDribbleDelay(length, 1_000 * length);
    failed(Unavailable.class, "timeout=300ms", slow);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "{}", "\"orders\"", "[{\"Node\":{", "[]x"})
  void what_is_no_list_is_no_answer(String body) {
    failed(Protocol.class, "", okJson(body));
  }

  @Test
  void no_content_is_no_answer() {
    failed(Protocol.class, "", aResponse().withStatus(204).withBody("[]"));
  }

  @Test
  void a_redirect_is_not_followed() {
    ELSEWHERE.answer(okJson("[]"));
    String elsewhere = ELSEWHERE.url() + "/";
    failed(
        Protocol.class,
        "token=canary",
        aResponse().withStatus(307).withHeader("Location", elsewhere));
    assertEquals(List.of(), ELSEWHERE.received());
  }

  @Test
  void a_body_is_never_decompressed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[20 * 1024 * 1024]);
    }
    ResponseDefinitionBuilder bomb = okJson("").withHeader("Content-Encoding", "gzip");
    Protocol error = failed(Protocol.class, "", bomb.withBody(packed.toByteArray()));
    assertTrue(error.getMessage().contains("Content-Encoding gzip"), error::getMessage);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json"})
  void a_page_is_no_answer_to_anything(String type) {
    SERVER.answer(aResponse().withHeader("Content-Type", type).withBody("<html>log in</html>"));
    ServiceRegistry registry = registry("");
    Outcomes.failure(Protocol.class, registry.instances("orders"));
    Outcomes.failure(Protocol.class, registry.services());
    Outcomes.failure(Protocol.class, registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    Outcomes.failure(Protocol.class, registry.renew(Outcomes.ORDERS.key(), Outcomes.LEASE));
    Outcomes.failure(Protocol.class, registry.deregister(Outcomes.ORDERS.key(), 7));
  }
}
