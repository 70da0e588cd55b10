package io.evenkeel.server.consul;

import io.evenkeel.testkit.wire.Conversation;
import io.evenkeel.testkit.wire.Golden;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden conversations in which time passes. */
class TimedGoldenIT {
  static List<Conversation> conversations() {
    return Golden.conversations("timed/consul");
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void time_does_to_checks_what_consul_does(Conversation conversation) {
    try (TimedConsul consul = new TimedConsul()) {
      Golden.replay(conversation, consul.origin(), consul::elapse);
    }
  }
}
