package io.evenkeel.server;

import io.evenkeel.testkit.wire.Conversation;
import io.evenkeel.testkit.wire.Golden;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden conversations, each with a fresh server. */
class GoldenIT {
  static Stream<Conversation> conversations() {
    return Stream.of("config-service", "heartbeat", "orchestrator", "consul")
        .flatMap(dialect -> Golden.conversations(dialect).stream());
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void the_server_answers_as_written(Conversation conversation) {
    try (TestServer server = TestServer.start()) {
      Golden.replay(conversation, server.origin(Protocol.of(conversation.dialect())));
    }
  }
}
