package io.evenkeel.http.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.http.engine.WireIds;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.testkit.wire.Conversation;
import io.evenkeel.testkit.wire.Exchange;
import io.evenkeel.testkit.wire.Golden;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every health list of the golden conversations, read as instances. */
class ConsulGoldenTest {
  private static final String LIST = "/v1/health/service/";

  /** A list, and the service that was asked for. */
  record Listed(String conversation, String service, JsonNode entries) {
    @Override
    public String toString() {
      return conversation + ": " + service + ", " + entries.size();
    }
  }

  static List<Listed> lists() {
    return Stream.of("consul", "timed/consul", "foreign/consul")
        .flatMap(folder -> Golden.conversations(folder).stream())
        .flatMap(ConsulGoldenTest::lists)
        .toList();
  }

  private static Stream<Listed> lists(Conversation conversation) {
    return conversation.exchanges().stream()
        .filter(exchange -> exchange.target().startsWith(LIST) && exchange.status() == 200)
        .map(exchange -> new Listed(conversation.toString(), service(exchange), entries(exchange)));
  }

  private static String service(Exchange exchange) {
    return exchange.target().substring(LIST.length()).replaceFirst("\\?.*", "");
  }

  private static JsonNode entries(Exchange exchange) {
    Map<String, String> values = new HashMap<>(Map.of("origin", "http://127.0.0.1:8500"));
    String body = exchange.answer().filled(values).body();
    try {
      return new ObjectMapper().readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(exchange + ": " + body, e);
    }
  }

  private static List<ServiceInstance> read(Listed list) {
    HealthEntries entries = HealthEntries.of(list.service(), new WireIds(false), list.entries());
    return StreamSupport.stream(list.entries().spliterator(), false)
        .map(entry -> withAddress(entry))
        .map(entries::read)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The example of a text is no host, and a node's address is such a hole. */
  private static JsonNode withAddress(JsonNode entry) {
    ((ObjectNode) entry.path("Node")).put("Address", "10.9.9.9");
    return entry;
  }

  @ParameterizedTest
  @MethodSource("lists")
  void every_entry_is_an_instance_with_its_native_fields(Listed list) {
    List<ServiceInstance> instances = read(list);
    for (ServiceInstance instance : instances) {
      JsonNode service = entry(list, instance.id());
      assertEquals(list.service(), instance.service());
      assertEquals(service.path("Port").asInt(), instance.port());
      assertTrue(Set.of(service.path("Address").asText(), "10.9.9.9").contains(instance.host()));
      assertEquals(texts(service.path("Tags")), instance.tags());
      assertEquals(service.path("Meta").size(), instance.metadata().size());
    }
  }

  private static JsonNode entry(Listed list, String id) {
    return StreamSupport.stream(list.entries().spliterator(), false)
        .map(entry -> entry.path("Service"))
        .filter(service -> service.path("ID").asText().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " in " + list));
  }

  private static Set<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }

  private static Set<InstanceStatus> statuses(String conversation) {
    return lists().stream()
        .filter(list -> list.conversation().equals(conversation))
        .flatMap(list -> read(list).stream())
        .map(ServiceInstance::status)
        .collect(Collectors.toSet());
  }

  @Test
  void maintenance_warnings_and_critical_checks_are_the_statuses_they_should_be() {
    assertEquals(
        Set.of(InstanceStatus.UP, InstanceStatus.OUT_OF_SERVICE), statuses("consul/maintenance"));
    assertEquals(Set.of(InstanceStatus.UP, InstanceStatus.DOWN), statuses("consul/ttl-check"));
  }

  @Test
  void there_are_lists_of_all_three_kinds() {
    assertTrue(lists().size() >= 20, () -> lists().toString());
  }
}
