package io.evenkeel.server;

import io.evenkeel.testkit.wire.Conversation;
import io.evenkeel.testkit.wire.Golden;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden conversations in which time passes, in real time. */
@Tag("slow")
class TimedGoldenIT {
  static Stream<Conversation> conversations() {
    return Stream.of("timed/heartbeat", "timed/orchestrator")
        .flatMap(dialect -> Golden.conversations(dialect).stream());
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void the_server_answers_as_written(Conversation conversation) {
    Protocol protocol = Protocol.of(conversation.dialect().replace("timed/", ""));
    try (TestServer server = TestServer.start()) {
      Golden.replay(conversation, server.origin(protocol), TimedGoldenIT::pass);
    }
  }

  private static void pass(Duration duration) {
    try {
      boolean early = new CountDownLatch(1).await(duration.toMillis(), TimeUnit.MILLISECONDS);
      if (early) {
        throw new AssertionError("nobody counts down");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
