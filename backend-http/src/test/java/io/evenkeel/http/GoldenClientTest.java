package io.evenkeel.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.testkit.wire.Conversation;
import io.evenkeel.testkit.wire.Exchange;
import io.evenkeel.testkit.wire.Golden;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our client in the place of the golden files' clients: where it has a call for what they ask, it
 * asks the same, and it understands what they are answered.
 */
class GoldenClientTest {
  @RegisterExtension static final StubServer SERVER = StubServer.start();

  static Stream<Arguments> conversations() {
    return Stream.of(Spoken.values())
        .flatMap(
            spoken ->
                Stream.of(spoken.scheme, "foreign/" + spoken.scheme, "timed/" + spoken.scheme)
                    .filter(folder -> !folder.equals("timed/config-service")) // it has no leases
                    .flatMap(folder -> Golden.conversations(folder).stream())
                    .map(conversation -> Arguments.of(spoken, conversation)));
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void the_client_asks_as_the_golden_client_does(Spoken spoken, Conversation conversation) {
    GoldenClient client = new GoldenClient(SERVER, spoken);
    conversation.exchanges().forEach(client::replay);
  }

  @ParameterizedTest
  @MethodSource("lives")
  void most_of_a_life_can_be_replayed(Spoken spoken, List<String> kinds) {
    GoldenClient client = new GoldenClient(SERVER, spoken);
    for (Conversation conversation : Golden.conversations(spoken.scheme)) {
      if (conversation.name().equals("register")) {
        conversation.exchanges().forEach((Exchange exchange) -> client.replay(exchange));
      }
    }
    assertTrue(client.replayed().containsAll(kinds), () -> client.replayed().toString());
  }

  static Stream<Arguments> lives() {
    List<String> leased = List.of("register", "renew", "deregister", "instances", "services");
    return Stream.of(
        Arguments.of(
            Spoken.CONFIG_SERVICE, List.of("register", "deregister", "instances", "services")),
        Arguments.of(Spoken.HEARTBEAT, leased),
        Arguments.of(Spoken.ORCHESTRATOR, leased));
  }
}
