package io.evenkeel.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the files say of Consul is true of the real one. One agent for all: each conversation takes
 * back what it registered.
 */
class RealConsulGoldenIT {
  private static final String VERSION = "1.8.7";

  @TempDir static Path data;
  private static String found;
  private static RealConsul consul;

  @BeforeAll
  static void start() {
    found = RealConsul.version().orElse("none");
    if (found.equals(VERSION)) {
      consul = RealConsul.start(data);
    }
  }

  /** Before each, so that each is reported as skipped, with the reason. */
  @BeforeEach
  void need() {
    assumeTrue(consul != null, "consul on the PATH: " + found + " (needed: " + VERSION + ")");
  }

  @AfterAll
  static void stop() {
    if (consul != null) {
      consul.close();
    }
  }

  @ParameterizedTest
  @MethodSource("conversations")
  void the_real_one_answers_as_written(Conversation conversation) {
    Golden.replay(conversation, consul.origin());
  }

  @Test
  void most_conversations_are_true_of_the_real_one() {
    List<Conversation> shared = conversations().toList();
    assertTrue(shared.size() >= 10, shared::toString);
  }

  static Stream<Conversation> conversations() {
    return Stream.of("consul", "foreign/consul")
        .flatMap(folder -> Golden.conversations(folder).stream())
        .filter(conversation -> conversation.isAlsoTrueOf("consul " + VERSION));
  }
}
