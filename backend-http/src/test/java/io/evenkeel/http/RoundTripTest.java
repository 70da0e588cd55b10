package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.HealthCheck;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException.Protocol;
import io.evenkeel.registry.ServiceRegistry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is announced comes back as it was, from a server that keeps the rows as they were sent. */
class RoundTripTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ServiceInstance FULL =
      ServiceInstance.builder("orders", "2001:db8::1", 8443)
          .id("orders@a:1")
          .scheme("https")
          .weight(7)
          .zone("zone-a")
          .version("1.2.3")
          .tags(Set.of("blue,green"))
          .metadata("status", "mine")
          .metadata("team", "β")
          .healthCheck(HealthCheck.http("/health"))
          .build();

  @RegisterExtension static final StubServer SERVER = StubServer.start();

  @ParameterizedTest
  @EnumSource
  void every_field_comes_back(Spoken spoken) {
    assertEquals(List.of(FULL), roundTrip(spoken, FULL, ""));
  }

  @ParameterizedTest
  @EnumSource
  void every_status_comes_back(Spoken spoken) {
    for (InstanceStatus status : InstanceStatus.values()) {
      ServiceInstance instance = FULL.withStatus(status);
      assertEquals(List.of(instance), roundTrip(spoken, instance, ""));
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_instance_that_the_server_calls_unhealthy_is_down(Spoken spoken) {
    List<ServiceInstance> list = roundTrip(spoken, FULL, "unhealthy");
    assertEquals(InstanceStatus.DOWN, list.get(0).status());
    ServiceInstance draining = FULL.withStatus(InstanceStatus.DRAINING);
    assertEquals(List.of(draining), roundTrip(spoken, draining, "unhealthy"));
  }

  @ParameterizedTest
  @EnumSource
  void pairs_out_of_bounds_are_a_bad_row(Spoken spoken) {
    ServiceRegistry registry = SERVER.registry(spoken, "");
    ObjectNode row = row(spoken, FULL, registry);
    String bad = row.toString().replace("\"8443\"", "\"0\"");
    SERVER.answer(get(anyUrl()).willReturn(okJson(spoken.list(bad))));
    Outcomes.failure(Protocol.class, registry.instances("orders"));
  }

  private static List<ServiceInstance> roundTrip(
      Spoken spoken, ServiceInstance instance, String verdict) {
    ServiceRegistry registry = SERVER.registry(spoken, "");
    ObjectNode row = row(spoken, instance, registry);
    if (!verdict.isEmpty()) {
      row.put("status", verdict);
    }
    SERVER.answer(get(anyUrl()).willReturn(okJson(spoken.list(row.toString()))));
    return Outcomes.list(registry);
  }

  /** The row that a system makes of a registration. */
  private static ObjectNode row(Spoken spoken, ServiceInstance instance, ServiceRegistry registry) {
    SERVER.answer(okJson(spoken.registered(spoken.wireId(instance.key()))));
    Outcomes.get(registry.register(instance, Outcomes.LEASE));
    try {
      ObjectNode row = (ObjectNode) JSON.readTree(SERVER.last().getBodyAsString());
      if (spoken == Spoken.CONFIG_SERVICE) {
        row.put("instance_id", instance.id());
        row.set("status", row.at("/service_metadata/status"));
      }
      return row;
    } catch (JsonProcessingException e) {
      throw new AssertionError("the client sent something else", e);
    }
  }
}
