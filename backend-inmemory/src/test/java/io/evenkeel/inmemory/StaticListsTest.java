package io.evenkeel.inmemory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Capability;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.RecordingListener;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StaticListsTest {
  private static List<ServiceInstance> orders(String uri) {
    try (ServiceRegistry registry = Registries.connect(uri)) {
      return Fleet.now(registry.instances("orders")).instances();
    }
  }

  @Test
  void addresses_become_instances_in_their_order() {
    List<ServiceInstance> expected =
        List.of(
            ServiceInstance.builder("orders", "10.0.0.1", 80).build(),
            ServiceInstance.builder("orders", "orders-b.example", 8080).build());
    assertEquals(expected, orders("static:orders=10.0.0.1:80,orders-b.example:8080"));
  }

  @Test
  void weight_and_zone_may_follow() {
    ServiceInstance expected =
        ServiceInstance.builder("orders", "10.0.0.1", 80).weight(3).zone("zone-a").build();
    assertEquals(List.of(expected), orders("static:orders=10.0.0.1:80*3@zone-a"));
  }

  @Test
  void an_ipv6_address_stands_in_brackets() {
    ServiceInstance expected =
        ServiceInstance.builder("orders", "2001:db8::1", 80).zone("b").build();
    assertEquals(List.of(expected), orders("static:orders=[2001:db8::1]:80@b"));
  }

  @Test
  void several_services_are_apart_by_semicolons() {
    try (ServiceRegistry registry =
        Registries.connect("static:orders=10.0.0.1:80;users=10.0.0.2:80")) {
      assertEquals(Set.of("orders", "users"), Fleet.now(registry.services()));
      assertEquals(Set.of(Capability.WATCH), registry.capabilities());
    }
  }

  @Test
  void a_watch_hears_the_list_once() {
    RecordingListener listener = RecordingListener.create();
    try (ServiceRegistry registry = Registries.connect("static:orders=10.0.0.1:80")) {
      registry.watch("orders", listener);
    }
    assertEquals(Set.of("orders@10.0.0.1:80"), listener.lastIds());
  }

  @Test
  void nothing_can_be_announced() {
    try (ServiceRegistry registry = Registries.connect("static:orders=10.0.0.1:80")) {
      ServiceInstance instance = ServiceInstance.builder("orders", "10.0.0.9", 80).build();
      Lease lease = new Lease(Duration.ofSeconds(30), 1);
      CompletionException thrown =
          assertThrows(
              CompletionException.class, () -> Fleet.now(registry.register(instance, lease)));
      assertInstanceOf(RegistryException.Rejected.class, thrown.getCause());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "static: | (expected: service=host:port,host:port)",
        "static:10.0.0.1:80 | 10.0.0.1:80 (expected: service=host:port",
        "static:orders= | (expected: host:port",
        "static:orders=10.0.0.1 | 10.0.0.1 (expected: host:port",
        "static:orders=10.0.0.1:80, | (expected: host:port",
        "static:orders=10.0.0.1:http | 10.0.0.1:http (expected: host:port",
        "static:orders=10.0.0.1:0 | port: 0 (expected: 1..65535)",
        "static:orders=10.0.0.1:70000 | port: 70000 (expected: 1..65535)",
        "static:orders=0.0.0.0:80 | host: 0.0.0.0 (expected:",
        "static:orders=::1:80 | ::1:80 (expected: host:port, [ipv6]:port",
        "static:orders=[::1:80 | [::1:80 (expected: host:port",
        "static:orders=http://a:80 | http://a:80 (expected: host:port",
        "static:orders=10.0.0.1:80*70000 | weight: 70000 (expected: 0..65535",
        "static:orders=10.0.0.1:80*-1 | 10.0.0.1:80*-1 (expected: host:port",
        "static:or/ders=10.0.0.1:80 | service: or/ders (expected:",
        "static:orders=a:80,a:80 | a:80 (expected: each address once)",
        "static:orders=a:80;orders=b:80 | orders (expected: each service once)"
      })
  void what_is_not_understood_is_named(String uri, String message) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Registries.connect(uri));
    assertTrue(refused.getMessage().contains(message), refused.getMessage());
  }
}
