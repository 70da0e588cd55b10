package io.evenkeel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code services}, {@code instances} and {@code watch}. */
class ReadingTest {
  private final Shell shell =
      new Shell()
          .with(
              "EVENKEEL_REGISTRY",
              "static:orders=127.0.0.1:80*3@zone-a,[::1]:81;users=10.0.0.3:82");

  @Test
  void services_are_named_one_per_line_in_order() {
    assertEquals(0, shell.run("services"));
    assertEquals(List.of("orders", "users"), shell.outLines());
  }

  @Test
  void services_as_json_are_one_object() throws Exception {
    shell.run("services", "--json");
    assertEquals("[\"orders\",\"users\"]", json(shell.out()).get("services").toString());
  }

  @Test
  void instances_are_an_aligned_table() {
    assertEquals(0, shell.run("instances", "orders"));
    assertEquals(
        List.of(
            "ID                   ADDRESS              WEIGHT  ZONE    VERSION  STATUS  TAGS",
            "orders@127.0.0.1:80  http://127.0.0.1:80  3       zone-a  -        UP      -",
            "orders@::1:81        http://[::1]:81      1       -       -        UP      -"),
        shell.outLines());
  }

  @Test
  void instances_as_json_have_every_field() throws Exception {
    shell.run("instances", "orders", "--json");
    JsonNode first = json(shell.out()).get("instances").get(0);
    assertEquals(3, first.get("weight").asInt());
    assertEquals("zone-a", first.get("zone").asText());
    assertEquals("UP", first.get("status").asText());
    assertEquals("127.0.0.1", first.get("host").asText());
  }

  @Test
  void a_service_nobody_knows_is_said_beside_the_results() {
    assertEquals(0, shell.run("instances", "nobody"));
    assertEquals("", shell.out());
    assertTrue(shell.err().contains("nobody: no instance is registered"), shell::err);
  }

  @Test
  void a_watch_ends_after_so_many_lists() {
    assertEquals(0, shell.run("watch", "orders", "--count", "1"));
    assertEquals(1, shell.outLines().size());
    assertTrue(shell.out().contains(" orders revision 1 FRESH 2: "), shell::out);
  }

  @Test
  void a_watch_as_json_is_one_object_per_list() throws Exception {
    shell.run("watch", "orders", "--count", "1", "--json");
    JsonNode list = json(shell.out());
    assertEquals("FRESH", list.get("freshness").asText());
    assertEquals(1, list.get("revision").asInt());
    assertEquals(2, list.get("instances").size());
  }

  @Test
  void a_watch_ends_with_0_when_it_is_told_to() {
    CompletableFuture<Integer> watch = shell.start("watch", "orders");
    shell.awaitOut("FRESH");
    shell.signal();
    assertEquals(0, Shell.ended(watch));
  }

  @Test
  void a_registry_that_is_away_is_a_failure_in_one_line() {
    assertEquals(1, shell.run("services", "--registry", "flaky:services?away=1"));
    assertEquals(1, shell.errLines().size(), shell::err);
    assertTrue(shell.err().contains("flaky: away (is it running"), shell::err);
  }

  @Test
  void withdrawing_what_is_not_there_is_said_and_no_failure() {
    String[] line = "deregister --service orders --id a --registry inmemory:".split(" ");
    assertEquals(0, shell.run(line));
    assertEquals(List.of("was not registered: orders/a"), shell.outLines());
  }

  @Test
  void withdrawing_from_a_fixed_list_fails() {
    assertEquals(1, shell.run("deregister", "--service", "orders", "--id", "a"));
    assertTrue(shell.err().contains("the list is fixed"), shell::err);
  }

  private static JsonNode json(String line) throws Exception {
    return new ObjectMapper().readTree(line);
  }
}
