package io.evenkeel.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("cluster")
class SharedHazelcastIT {
  @Test
  void one_member_serves_vertx_and_the_registry() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SharedHazelcast.run(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertEquals("members 1, services [orders]", out.toString(StandardCharsets.UTF_8).strip());
  }
}
