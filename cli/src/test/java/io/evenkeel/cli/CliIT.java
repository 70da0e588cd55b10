package io.evenkeel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole day of the command: a registry, two instances, a caller, each a process of its own. */
@Tag("slow") // ten processes, one after the other
class CliIT {
  private static final List<String> DIALECTS =
      List.of("consul", "config-service", "heartbeat", "orchestrator");

  @TempDir Path folder;
  private final List<Child> children = new ArrayList<>();
  private Child server;
  private ObjectNode addresses;

  @BeforeEach
  void serve() throws Exception {
    String line = "serve --json --warm-up 0s --registry inmemory:?guard=off";
    for (String protocol :
        List.of("consul", "config-service", "heartbeat", "orchestrator", "admin")) {
      line += " --listen " + protocol + "=127.0.0.1:0";
    }
    server = start(line);
    addresses = (ObjectNode) json(server.line()).get("listen");
  }

  @AfterEach
  void close() {
    children.forEach(Child::close);
  }

  private Child start(String line) throws Exception {
    Child child = Child.start(folder, line.split(" "));
    children.add(child);
    return child;
  }

  /** Runs a command against the server, in a dialect, to its end. */
  private List<String> run(String dialect, String line) throws Exception {
    return start(line + registry(dialect)).end();
  }

  private String registry(String dialect) {
    // A JVM that has just begun, on a machine with much to do, may take its time.
    return " --registry " + dialect + "://" + addresses.get(dialect).asText() + "?timeout=30s";
  }

  private Child register(String dialect, String id, int port) throws Exception {
    String line = "register --service orders --id " + id + " --url http://127.0.0.1:" + port;
    Child child = start(line + registry(dialect));
    assertTrue(child.line().startsWith("registered orders/" + id + " "));
    return child;
  }

  private static JsonNode json(String line) throws Exception {
    return new ObjectMapper().readTree(line);
  }

  @Test
  void the_server_says_where_it_listens_and_ends_with_0_on_sigterm() throws Exception {
    assertEquals(5, addresses.size(), addresses::toString);
    assertEquals(0, server.terminate());
    assertEquals("", server.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"consul", "config-service", "heartbeat", "orchestrator"})
  void what_is_registered_in_one_dialect_is_seen_in_all(String dialect) throws Exception {
    Child instance = register(dialect, "a", 8081);
    for (String other : DIALECTS) {
      assertEquals(List.of("orders", "exit 0"), run(other, "services"));
    }
    assertEquals(0, instance.terminate());
    assertEquals(List.of("exit 0"), run(dialect, "services"));
  }

  @Test
  void a_watch_sees_instances_come_and_go() throws Exception {
    Child watch = start("watch orders --json --count 3" + registry("consul"));
    assertEquals(0, json(watch.line()).get("instances").size());
    Child instance = register("consul", "a", 8081);
    assertEquals("a", json(watch.line()).get("instances").get(0).get("id").asText());
    instance.terminate();
    assertEquals(0, json(watch.line()).get("instances").size());
    assertEquals(List.of("exit 0"), watch.end());
  }

  @Test
  void a_call_reaches_every_instance() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      register("consul", "a", answering(vertx));
      register("heartbeat", "b", answering(vertx));
      List<String> said = run("consul", "call orders / --json --count 20 --strategy round-robin");
      assertEquals("exit 0", said.get(1));
      assertEquals(Set.of("a", "b"), ids(json(said.get(0)).get("instances")));
      assertEquals(20, json(said.get(0)).get("requests").asInt());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  private static int answering(Vertx vertx) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> request.response().end("ok"))
        .listen(0, "127.0.0.1")
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .actualPort();
  }

  private static Set<String> ids(JsonNode instances) {
    Set<String> ids = new TreeSet<>();
    instances.forEach(each -> ids.add(each.get("id").asText()));
    return ids;
  }

  @Test
  void one_whose_id_another_process_takes_over_ends_with_1() throws Exception {
    Child first = register("consul", "a", 8081);
    register("consul", "a", 8082);
    assertEquals(List.of("exit 1"), first.end());
    assertTrue(first.err().contains("SUPERSEDED (another process"), first.err());
  }

  @Test
  void an_operator_withdraws_what_another_process_announced_once() throws Exception {
    run("consul", "register --once --service orders --id a --url http://127.0.0.1:8081");
    String line = "deregister --service orders --id a";
    assertEquals(List.of("deregistered orders/a", "exit 0"), run("consul", line));
    assertEquals(List.of("exit 0"), run("consul", "instances orders"));
  }

  @Test
  void a_registry_that_is_gone_is_a_failure_in_one_line() throws Exception {
    server.terminate();
    Child services = start("services" + registry("consul"));
    assertEquals(List.of("exit 1"), services.end());
    assertEquals(1, services.err().lines().count(), services.err());
  }
}
