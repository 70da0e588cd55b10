package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A token goes to the server and nowhere else, even when the server repeats it. */
class SecretTest {
  private static final String CANARY = "canary-4f1c";

  @RegisterExtension static final StubServer SERVER = StubServer.start();

  @ParameterizedTest
  @EnumSource
  void a_token_is_sent_as_a_bearer_token(Spoken spoken) {
    SERVER.answer(okJson(spoken.list()));
    Outcomes.list(SERVER.registry(spoken, "token=" + CANARY));
    assertEquals("Bearer " + CANARY, SERVER.last().getHeader("Authorization"));
  }

  @Test
  void the_orchestrator_takes_a_service_key() {
    SERVER.answer(okJson(Spoken.ORCHESTRATOR.list()));
    Outcomes.list(SERVER.registry(Spoken.ORCHESTRATOR, "service-key=" + CANARY));
    assertEquals(CANARY, SERVER.last().getHeader("X-Service-Key"));
    assertFalse(SERVER.last().containsHeader("Authorization"));
  }

  @ParameterizedTest
  @EnumSource
  void no_error_says_the_token_though_the_server_repeats_it(Spoken spoken) {
    for (ResponseDefinitionBuilder answer : answersThatRepeatIt(spoken)) {
      SERVER.answer(answer);
      ServiceRegistry registry = SERVER.registry(spoken, "token=" + CANARY);
      assertSecret(registry.name());
      assertSecret(registry.toString());
      assertSecret(said(Outcomes.failure(RegistryException.class, registry.instances("orders"))));
      assertSecret(
          said(
              Outcomes.failure(
                  RegistryException.class, registry.register(Outcomes.ORDERS, Outcomes.LEASE))));
    }
  }

  private static List<ResponseDefinitionBuilder> answersThatRepeatIt(Spoken spoken) {
    String bad = spoken.list(spoken.row(CANARY + "/", "http://" + CANARY + ":99999"));
    return List.of(
        aResponse().withStatus(403).withBody("token " + CANARY + " is unknown"),
        aResponse().withStatus(500).withBody("x".repeat(195) + CANARY),
        aResponse().withStatus(307).withHeader("Location", "http://x/" + CANARY),
        aResponse().withHeader("Content-Type", "text/" + CANARY),
        aResponse().withHeader("Content-Encoding", CANARY),
        okJson("[" + CANARY),
        okJson(bad));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%0d%0aX: 1", "a b", "%C3%A9", "%00"})
  void a_token_that_is_no_header_value_is_refused_and_not_shown(String end) {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> SERVER.registry(Spoken.HEARTBEAT, "token=" + CANARY + end.replace(" ", "%20")));
    assertSecret(said(error));
  }

  @Test
  void user_and_password_before_a_host_are_refused_and_not_shown() {
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> SERVER.registry("heartbeat://user:" + CANARY + "@127.0.0.1:8006"));
    assertSecret(said(error));
  }

  private static String said(Throwable error) {
    StringWriter all = new StringWriter();
    error.printStackTrace(new PrintWriter(all));
    return all.toString();
  }

  private static void assertSecret(String text) {
    assertFalse(text.contains(CANARY.substring(0, 6)), text);
  }
}
