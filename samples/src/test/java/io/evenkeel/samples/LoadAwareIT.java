package io.evenkeel.samples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoadAwareIT {
  @Test
  void the_slow_one_gets_few_requests() {
    PrintStream nowhere =
        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    Vertx vertx = Vertx.vertx();
    try {
      int slow = LoadAware.run(vertx, nowhere);
      assertTrue(slow < 30, "requests to the slow one: " + slow);
    } finally {
      vertx.close().await();
    }
  }
}
