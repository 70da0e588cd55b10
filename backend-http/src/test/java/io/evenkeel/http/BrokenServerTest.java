package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server that answers badly is an error: never an empty or shorter list. For Consul see {@link
 * ConsulBrokenServerTest}.
 */
class BrokenServerTest {
  @RegisterExtension static final StubServer SERVER = StubServer.start();

  @RegisterExtension static final StubServer ELSEWHERE = StubServer.start();

  static Stream<Arguments> faults() {
    return Stream.of(Spoken.values())
        .flatMap(spoken -> Stream.of(Fault.values()).map(fault -> Arguments.of(spoken, fault)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_torn_connection_is_unavailable(Spoken spoken, Fault fault) {
    failed(Unavailable.class, spoken, "timeout=5s", aResponse().withFault(fault));
  }

  @ParameterizedTest
  @EnumSource
  void an_answer_that_does_not_come_ends_at_the_deadline(Spoken spoken) {
    Unavailable error =
        failed(Unavailable.class, spoken, "timeout=200ms", aResponse().withFixedDelay(20_000));
    assertTrue(error.getMessage().endsWith("(expected: within 200 ms)"), error::getMessage);
  }

  @ParameterizedTest
  @EnumSource
  void the_deadline_is_for_the_whole_answer_not_for_each_byte(Spoken spoken) {
    String list = spoken.list(spoken.row("a", "http://10.0.0.1:80"));
    failed(
        Unavailable.class,
        spoken,
        "timeout=300ms",
        okJson(list).withChunkedDribbleDelay(list.length(), 1_000 * list.length()));
  }

  @ParameterizedTest
  @EnumSource
  void a_page_of_html_is_no_answer(Spoken spoken) {
    Protocol error =
        failed(
            Protocol.class,
            spoken,
            "",
            aResponse().withHeader("Content-Type", "text/html").withBody("<html>log in</html>"));
    assertTrue(error.getMessage().contains("text/html"), error::getMessage);
  }

  @ParameterizedTest
  @EnumSource
  void no_content_is_no_answer(Spoken spoken) {
    failed(Protocol.class, spoken, "", aResponse().withStatus(204).withBody("[]"));
    failed(Protocol.class, spoken, "", okJson(""));
  }

  @ParameterizedTest
  @EnumSource
  void truncated_json_is_no_answer(Spoken spoken) {
    String list = spoken.list(spoken.row("a", "http://10.0.0.1:80"));
    failed(Protocol.class, spoken, "", okJson(list.substring(0, list.lastIndexOf('"'))));
    failed(Protocol.class, spoken, "", okJson(list + "x"));
    failed(Protocol.class, spoken, "", okJson("\"orders\""));
    failed(Protocol.class, spoken, "", okJson("null"));
  }

  @ParameterizedTest
  @EnumSource
  void json_that_is_deep_or_says_a_key_twice_is_no_answer(Spoken spoken) {
    String deep = "[".repeat(40) + "]".repeat(40);
    failed(Protocol.class, spoken, "", okJson(listWith(spoken, "\"x\": " + deep)));
    failed(Protocol.class, spoken, "", okJson(listWith(spoken, "\"x\": 1, \"x\": 1")));
    failed(Protocol.class, spoken, "", okJson(listWith(spoken, "\"x\": NaN")));
    String longText = "\"x\": \"" + "y".repeat(70_000) + "\"";
    failed(Protocol.class, spoken, "", okJson(listWith(spoken, longText)));
  }

  /** A good row with something more in it. */
  private static String listWith(Spoken spoken, String more) {
    String row = spoken.row("a", "http://10.0.0.1:80");
    return spoken.list(row.replaceFirst("\\{", "{" + more + ","));
  }

  @ParameterizedTest
  @EnumSource
  void a_redirect_is_not_followed(Spoken spoken) {
    ELSEWHERE.answer(okJson(spoken.list()));
    ResponseDefinitionBuilder redirect =
        aResponse().withStatus(307).withHeader("Location", ELSEWHERE.url() + "/");
    failed(Protocol.class, spoken, "token=canary", redirect);
    assertEquals(List.of(), ELSEWHERE.received());
  }

  @ParameterizedTest
  @EnumSource
  void a_body_is_never_decompressed(Spoken spoken) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[20 * 1024 * 1024]);
    }
    ResponseDefinitionBuilder bomb =
        okJson("").withHeader("Content-Encoding", "gzip").withBody(packed.toByteArray());
    Protocol error = failed(Protocol.class, spoken, "", bomb);
    assertTrue(error.getMessage().contains("Content-Encoding gzip"), error::getMessage);
    assertFalse(SERVER.last().containsHeader("Accept-Encoding"));
  }

  @ParameterizedTest
  @EnumSource
  void a_body_above_16_MB_is_cut_off(Spoken spoken) {
    String blanks = " ".repeat(17 * 1024 * 1024);
    Protocol error = failed(Protocol.class, spoken, "timeout=20s", okJson(blanks + "[]"));
    assertTrue(error.getMessage().contains("at most 16777216 bytes"), error::getMessage);
  }

  @ParameterizedTest
  @EnumSource
  void what_is_broken_for_lists_is_broken_for_registrations(Spoken spoken) {
    SERVER.answer(aResponse().withBody("<html>log in</html>"));
    ServiceRegistry registry = SERVER.registry(spoken, "");
    Outcomes.failure(Protocol.class, registry.register(Outcomes.ORDERS, Outcomes.LEASE));
    Outcomes.failure(Protocol.class, registry.deregister(Outcomes.ORDERS.key(), 7));
    Outcomes.failure(Protocol.class, registry.services());
  }

  private static <E extends RegistryException> E failed(
      Class<E> kind, Spoken spoken, String parameters, ResponseDefinitionBuilder answer) {
    SERVER.answer(answer);
    ServiceRegistry registry = SERVER.registry(spoken, parameters);
    return Outcomes.failure(kind, registry.instances("orders"));
  }
}
