package io.evenkeel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runnable jar, in processes of its own. */
class JarIT {
  @TempDir Path folder;

  @Test
  void it_knows_its_version_and_warns_of_nothing() throws Exception {
    try (Child child = Child.start(folder, "--version")) {
      assertTrue(child.line().matches("evenkeel \\d+\\.\\d+\\.\\d+.*"));
      assertEquals(List.of("exit 0"), child.end());
      assertEquals("", child.err());
    }
  }

  @Test
  void a_mistake_ends_it_with_2() throws Exception {
    try (Child child = Child.start(folder, "services")) {
      assertEquals(List.of("exit 2"), child.end());
      assertEquals(1, child.err().lines().count());
    }
  }

  @Test
  void a_failure_ends_it_with_1() throws Exception {
    String[] line = "call nobody / --registry static:orders=127.0.0.1:80".split(" ");
    try (Child child = Child.start(folder, line)) {
      assertEquals(List.of("exit 1"), child.end());
      assertEquals(1, child.err().lines().count());
    }
  }

  @Test
  void register_withdraws_on_sigterm_and_ends_with_0() throws Exception {
    String[] line = "register --service orders --url http://a:1 --registry inmemory:".split(" ");
    try (Child child = Child.start(folder, line)) {
      assertTrue(child.line().startsWith("registered orders/orders@a:1 "));
      assertEquals(0, child.terminate());
      assertTrue(child.err().contains("REGISTERED -> DEREGISTERED"), child.err());
    }
  }

  @Test
  void watch_ends_with_0_on_sigterm() throws Exception {
    String[] line = "watch orders --registry static:orders=127.0.0.1:80".split(" ");
    try (Child child = Child.start(folder, line)) {
      assertTrue(child.line().contains(" orders revision 1 FRESH 1: "));
      assertEquals(0, child.terminate());
      assertEquals("", child.err());
    }
  }

  @Test
  void serve_brings_hazelcast_along_and_leaves_its_cluster_on_sigterm() throws Exception {
    String[] line =
        "serve --listen heartbeat=127.0.0.1:0 --registry hazelcast-member://127.0.0.1:0".split(" ");
    try (Child child = Child.start(folder, line)) {
      String ready = child.line();
      assertTrue(ready.startsWith("evenkeel ready heartbeat=127.0.0.1:"), ready);
      assertEquals(0, child.terminate());
      assertFalse(child.err().contains("Hazelcast is starting"), child.err());
    }
  }
}
