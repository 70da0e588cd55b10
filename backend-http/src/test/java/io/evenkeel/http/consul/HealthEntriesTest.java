package io.evenkeel.http.consul;

import static io.evenkeel.http.consul.Entries.check;
import static io.evenkeel.http.consul.Entries.entry;
import static io.evenkeel.http.consul.Entries.ours;
import static io.evenkeel.http.consul.Entries.read;
import static io.evenkeel.http.consul.Entries.service;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.http.engine.Json;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthEntriesTest {
  private static final String LEASE_CHECK = check("service:web~a", "passing", "");

  private static ServiceInstance one(String entry) {
    return read(entry).get(0);
  }

  private static ServiceInstance judged(String service, String... checks) {
    return one(entry(service, "[" + String.join(",", checks) + "]"));
  }

  @Test
  void an_instance_of_ours_comes_back_as_it_was_registered() {
    ServiceInstance full =
        ServiceInstance.builder("web", "2001:db8::1", 8443)
            .id("a")
            .scheme("https")
            .weight(7)
            .zone("z")
            .version("1.2")
            .tags(List.of("blue", "version=9", "secure"))
            .metadata("team", "x")
            .status(InstanceStatus.STARTING)
            .healthCheck(HealthCheck.tcp())
            .build();
    assertEquals(full, thereAndBack(full));
    ServiceInstance idle = full.toBuilder().weight(0).status(InstanceStatus.UP).build();
    assertEquals(idle, thereAndBack(idle));
  }

  private static ServiceInstance thereAndBack(ServiceInstance instance) {
    Registration registration = new Registration(new WireIds(false), CheckOptions.read(Map.of()));
    ObjectNode body = registration.body(instance, new Lease(Duration.ofSeconds(30), 1));
    return one(entry(body.toString(), "[" + body.path("Check") + "]"));
  }

  @Test
  void one_of_another_says_version_and_scheme_with_its_tags() {
    String fields = "\"Meta\":{\"k\":\"v\"},\"Tags\":[\"version=1.0\",\"secure\",\"x\"]";
    ServiceInstance foreign = one(ours(fields).replace("web~a", "web-1"));
    assertEquals("1.0", foreign.version());
    assertEquals("https", foreign.scheme());
    assertEquals(Set.of("version=1.0", "secure", "x"), foreign.tags());
    assertEquals(Map.of("k", "v"), foreign.metadata());
    assertEquals("web-1", foreign.id());
  }

  @Test
  void one_without_an_address_is_where_its_node_is() {
    assertEquals("10.9.9.9", one(ours("").replace("\"10.0.0.1\"", "\"\"")).host());
    assertEquals("10.9.9.9", one(ours("").replace("\"10.0.0.1\"", "null")).host());
  }

  @Test
  void an_id_that_says_its_service_is_ours_without_it() {
    assertEquals("a", one(ours("\"Meta\":null")).id());
  }

  @Test
  void an_id_that_begins_as_nomads_do_is_taken_without_that() {
    String nomad = ours("\"Meta\":{}").replace("web~a", "_nomad-task-1");
    assertEquals("nomad-task-1", one(nomad).id());
  }

  @Test
  void one_id_on_two_nodes_is_two_instances() {
    String first = ours("\"Meta\":{}").replace("web~a", "web");
    String second = first.replace("\"n1\"", "\"n2\"").replace("10.0.0.1", "10.0.0.2");
    assertEquals(
        List.of("web@n1", "web@n2"),
        read(first, second).stream().map(ServiceInstance::id).toList());
    assertEquals("web", one(first).id());
  }

  @ParameterizedTest
  @CsvSource({"passing, UP", "warning, UP", "critical, DOWN", "strange, DOWN"})
  void the_checks_judge_one_that_says_it_is_up(String status, InstanceStatus expected) {
    assertEquals(expected, judged(service(""), check("service:web~a", status, "")).status());
  }

  @Test
  void the_worst_check_counts_and_those_of_the_node_do_too() {
    String warning = check("service:web~a", "warning", "");
    String node = check("serfHealth", "critical", "");
    assertEquals(InstanceStatus.DOWN, judged(service(""), warning, node, LEASE_CHECK).status());
  }

  @Test
  void without_checks_it_is_up() {
    assertEquals(InstanceStatus.UP, judged(service("")).status());
    assertEquals(InstanceStatus.UP, one(entry(service(""), "null")).status());
  }

  @Test
  void with_a_warning_it_has_the_weight_for_that() {
    String weighty = service("\"Weights\":{\"Passing\":10,\"Warning\":3}");
    assertEquals(10, judged(weighty, LEASE_CHECK).weight());
    assertEquals(3, judged(weighty, check("service:web~a", "warning", "")).weight());
    String out = service("\"Weights\":{\"Passing\":10,\"Warning\":0}");
    assertEquals(0, judged(out, check("service:web~a", "warning", "")).weight());
  }

  @ParameterizedTest
  @ValueSource(strings = {"_service_maintenance:web~a", "_node_maintenance"})
  void maintenance_takes_it_out_of_service(String id) {
    String maintenance = check(id, "critical", "");
    assertEquals(
        InstanceStatus.OUT_OF_SERVICE, judged(service(""), maintenance, LEASE_CHECK).status());
  }

  @Test
  void its_own_word_wins_unless_that_is_up() {
    String draining = service("\"Meta\":{\"evenkeel-status\":\"DRAINING\"}").replace("web~a", "w");
    String critical = check("service:web~a", "critical", "");
    assertEquals(InstanceStatus.DRAINING, judged(draining, critical).status());
  }

  @Test
  void one_whose_lease_ran_out_is_left_out() {
    String expired = check("service:web~a", "critical", "TTL expired (last output was fine)");
    assertEquals(List.of(), read(entry(service(""), "[" + expired + "]")));
    String failed = check("service:web~a", "critical", "out of memory");
    assertEquals(InstanceStatus.DOWN, judged(service(""), failed).status());
    String node = check("node-ttl", "critical", "TTL expired");
    assertEquals(InstanceStatus.DOWN, judged(service(""), node).status());
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 1", "1e308, 65535", "70000, 65535", "2.5, 2", "null, 1"})
  void a_weight_out_of_bounds_is_brought_within_them(String weight, int expected) {
    assertEquals(expected, one(ours("\"Weights\":{\"Passing\":" + weight + "}")).weight());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Weights\":{\"Passing\":\"NaN\"}",
        "\"Tags\":\"a\"",
        "\"Tags\":[1]",
        "\"Meta\":{\"evenkeel-id\":\"a/b\"}",
        "\"Meta\":{\"evenkeel-status\":\"up\"}",
        "\"Meta\":{\"evenkeel-scheme\":\"h t\"}",
        "\"Meta\":{\"evenkeel-health\":\"x\"}"
      })
  void wrong_types_and_values_spoil_the_entry(String fields) {
    assertThrows(IllegalArgumentException.class, () -> read(ours(fields)));
  }

  @ParameterizedTest
  @CsvSource({"80, 0", "80, 70000", "80, -1", "80, 8080.5", "80, \"80\"", "80, null"})
  void a_bad_port_spoils_the_entry(String port, String bad) {
    String entry = ours("").replace("\"Port\":" + port, "\"Port\":" + bad);
    assertThrows(IllegalArgumentException.class, () -> read(entry));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "null", "[]", "{}", "{\"Service\":5}", "{\"Service\":{}}"})
  void what_is_no_entry_is_refused(String row) {
    assertThrows(IllegalArgumentException.class, () -> read(row));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "{}", "[5]", "[{}]", "[{\"Status\":5}]"})
  void checks_that_are_none_are_refused(String checks) {
    assertThrows(IllegalArgumentException.class, () -> read(entry(service(""), checks)));
  }

  @Test
  void tags_and_pairs_that_are_too_long_or_too_many_cost_no_instance() {
    String longTag = "\"" + "x".repeat(256) + "\"";
    String meta = Json.object().put("k", "v".repeat(513)).put("", "v").put("ok", "1").toString();
    ServiceInstance one = one(ours("\"Tags\":[" + longTag + ",\"t\"],\"Meta\":" + meta));
    assertEquals(Set.of("t"), one.tags());
    assertEquals(Map.of("ok", "1"), one.metadata());
  }
}
