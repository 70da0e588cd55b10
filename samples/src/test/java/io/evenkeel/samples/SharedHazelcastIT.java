package io.evenkeel.samples;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("cluster")
class SharedHazelcastIT {
  @Test
  @Timeout(value = 3, unit = MINUTES, threadMode = SEPARATE_THREAD)
  void one_member_serves_vertx_and_the_registry() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SharedHazelcast.run(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertEquals("members 1, services [orders]", out.toString(StandardCharsets.UTF_8).strip());
  }
}
