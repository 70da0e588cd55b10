package io.evenkeel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** {@code register}: what it announces, how long, and how it ends. */
class RegisterTest {
  private final Shell shell = new Shell();

  private CompletableFuture<Integer> register(String registry, String... more) {
    String line = "register --service orders --id a --url http://127.0.0.1:8081 --registry ";
    return shell.start((line + registry + " " + String.join(" ", more)).strip().split(" "));
  }

  @Test
  void it_says_once_that_it_is_registered_and_withdraws_when_told_to_end() {
    CompletableFuture<Integer> command = register("inmemory:");
    shell.awaitOut("registered orders/a at 127.0.0.1:8081 in inmemory:");
    shell.signal();
    assertEquals(0, Shell.ended(command));
    assertEquals(1, shell.outLines().size(), shell::out);
    assertTrue(shell.err().contains("REGISTERED -> DEREGISTERED"), shell::err);
  }

  @Test
  void what_was_typed_is_what_is_announced() throws Exception {
    int code =
        Shell.ended(
            register(
                "inmemory:",
                "--once --json --tag x --tag y --metadata k=v=w --weight 7 --zone z",
                "--service-version 1.2 --ttl 1m --health /health --status draining"));
    JsonNode said = new ObjectMapper().readTree(shell.out());
    assertEquals(0, code);
    assertEquals("[\"x\",\"y\"]", said.get("tags").toString());
    assertEquals("v=w", said.get("metadata").get("k").asText());
    assertEquals(7, said.get("weight").asInt());
    assertEquals("z 1.2 /health DRAINING", texts(said, "zone", "version", "health", "status"));
    assertEquals(60_000, said.get("ttlMillis").asInt());
  }

  private static String texts(JsonNode object, String... fields) {
    StringBuilder texts = new StringBuilder();
    for (String field : fields) {
      texts.append(' ').append(object.get(field).asText());
    }
    return texts.substring(1);
  }

  @Test
  void once_registers_and_leaves_and_says_what_becomes_of_it() {
    assertEquals(0, Shell.ended(register("inmemory:", "--once")));
    assertTrue(shell.out().contains("leaves when its lease of 30s runs out"), shell::out);
  }

  @Test
  void a_registry_that_is_away_is_tried_until_it_answers() {
    CompletableFuture<Integer> command = register("flaky:register?away=2");
    shell.awaitOut("registered orders/a");
    shell.signal();
    assertEquals(0, Shell.ended(command));
    assertTrue(shell.err().contains("flaky: away; trying again until it answers"), shell::err);
  }

  @Test
  void changes_of_state_are_told_on_standard_error() {
    CompletableFuture<Integer> command = register("flaky:renew?away=1000000", "--ttl", "1s");
    shell.awaitErr("REGISTERED -> RETRYING: flaky: away");
    shell.awaitErr("RETRYING -> REGISTERED");
    shell.signal();
    assertEquals(0, Shell.ended(command));
  }

  @Test
  void once_does_not_try_again() {
    assertEquals(1, Shell.ended(register("flaky:register?away=1", "--once")));
    assertTrue(shell.err().contains("flaky: away"), shell::err);
  }

  @Test
  void a_registry_that_refuses_ends_it() {
    assertEquals(1, Shell.ended(register("flaky:register?refused=1")));
    assertTrue(shell.err().contains("flaky: refused"), shell::err);
    assertEquals("", shell.out());
  }

  @Test
  void one_that_was_never_registered_ends_with_1() {
    CompletableFuture<Integer> command = register("flaky:register?away=1000000");
    shell.awaitErr("RETRYING");
    shell.signal();
    assertEquals(1, Shell.ended(command));
    assertTrue(shell.err().contains("was never registered"), shell::err);
  }

  @Test
  void a_registry_that_cannot_be_told_of_the_end_makes_it_1() {
    CompletableFuture<Integer> command = register("flaky:deregister?away=1000000");
    shell.awaitOut("registered orders/a");
    shell.signal();
    assertEquals(1, Shell.ended(command));
    assertTrue(shell.err().contains("flaky: away"), shell::err);
  }
}
