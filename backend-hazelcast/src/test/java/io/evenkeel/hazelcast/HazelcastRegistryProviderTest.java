package io.evenkeel.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.registry.Registries;
import io.evenkeel.registry.RegistryException.Closed;
import io.evenkeel.registry.ServiceRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HazelcastRegistryProviderTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hazelcast+https://host|TLS",
        "hazelcast:|host:5701",
        "hazelcast://host/path|host:port",
        "hazelcast://host?routing=multi|all or single",
        "hazelcast://host?lite=true|cluster, map, routing",
        "hazelcast://host?map=a/b|letters",
        "hazelcast-member:|address to bind",
        "hazelcast-member://a,b|address to bind",
        "hazelcast-member://127.0.0.1:70000|0..65535",
        "hazelcast-member://127.0.0.1?lite=yes|true or false",
        "hazelcast-member://127.0.0.1?backups=7|0..6",
        "hazelcast-member://127.0.0.1?routing=all|backups, cluster, lite, map, members",
        "hazelcast-member://127.0.0.1?members=x:y:z|host:port"
      })
  void what_is_not_understood_is_named_with_what_was_expected(String uri, String expected) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> Registries.connect(uri));
    assertTrue(refused.getMessage().contains(expected), refused::getMessage);
  }

  @Test
  void connecting_does_not_wait_and_closing_ends_it() {
    ServiceRegistry registry = Registries.connect("hazelcast://127.0.0.1:1,[::1]:1?cluster=none");
    assertEquals("hazelcast:127.0.0.1:1,[::1]:1?cluster=none", registry.name());
    registry.close();
    assertThrows(Closed.class, () -> registry.watch("orders", list -> {}));
  }

  @Test
  void options_out_of_bounds_are_refused() {
    HazelcastOptions options = HazelcastOptions.defaults();
    Duration none = Duration.ZERO;
    assertThrows(IllegalArgumentException.class, () -> options.withCallDeadline(none));
    assertThrows(IllegalArgumentException.class, () -> options.withSweepPeriod(none));
    assertThrows(IllegalArgumentException.class, () -> options.withRepairPeriod(none));
    assertThrows(IllegalArgumentException.class, () -> options.withMap(""));
  }

  @Test
  void a_coordinate_lies_within_its_count() {
    assertThrows(IllegalArgumentException.class, () -> new MemberCoordinate(2, 2));
    assertThrows(IllegalArgumentException.class, () -> new MemberCoordinate(-1, 2));
    assertThrows(IllegalArgumentException.class, () -> new MemberCoordinate(0, 0));
  }
}
