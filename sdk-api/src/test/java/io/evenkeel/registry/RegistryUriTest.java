package io.evenkeel.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryUriTest {
  @Test
  void a_scheme_alone_is_enough() {
    assertEquals(
        new RegistryUri("inmemory", false, "", Map.of()), RegistryUri.parse(" inmemory: "));
  }

  @Test
  void target_tls_and_parameters_are_read() {
    RegistryUri uri = RegistryUri.parse("consul+https://host:8500?dc=dc1&name=a%20b%26c");
    assertEquals("consul", uri.scheme());
    assertTrue(uri.tls());
    assertEquals("host:8500", uri.target());
    assertEquals(Map.of("dc", "dc1", "name", "a b&c"), uri.parameters());
  }

  @Test
  void parameters_keep_their_order() {
    RegistryUri uri = RegistryUri.parse("consul:h?b=1&a=2&c=3");
    assertEquals(List.of("b", "a", "c"), List.copyOf(uri.parameters().keySet()));
    assertEquals("consul:h?b=1&a=2&c=3", uri.toString());
  }

  @Test
  void a_value_may_be_empty_or_hold_an_equals_sign() {
    assertEquals(Map.of("a", "", "b", "c=d"), RegistryUri.parse("consul:h?a=&b=c=d").parameters());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "inmemory",
        "://x",
        "1a:x",
        "a b:c",
        "A:x",
        "consul:h o",
        "consul:h?flag",
        "consul:h?=v",
        "consul:h?a=%zz",
        "consul:h?a=%4"
      })
  void what_is_no_registry_uri_is_refused(String uri) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> RegistryUri.parse(uri));
    assertTrue(refused.getMessage().startsWith("registry URI: "), refused.getMessage());
    assertTrue(refused.getMessage().contains("(expected: "), refused.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "consul:h?token=canary",
        "consul:h?Token=canary",
        "consul:h?client_secret=canary",
        "consul:h?PASSWORD=canary&dc=1",
        "consul:h?apiKey=canary",
        "consul://user:canary@host:8500",
        "consul://:canary@host:8500?dc=1"
      })
  void a_secret_is_not_shown(String uri) {
    String shown = RegistryUri.parse(uri).toString();
    assertFalse(shown.contains("canary"), shown);
    assertTrue(shown.contains("***"), shown);
  }

  @Test
  void what_looks_like_an_address_with_a_zone_is_no_secret() {
    String uri = "static:orders=10.0.0.1:80*3@zone-a";
    assertEquals(uri, RegistryUri.parse(uri).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"consul canary", "consul:h?canary", "consul:h?token=canary%zz"})
  void a_refusal_does_not_repeat_what_may_be_a_secret(String uri) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> RegistryUri.parse(uri));
    assertFalse(String.valueOf(refused.getMessage()).contains("canary"), refused.getMessage());
  }

  @Test
  void parameters_cannot_be_changed() {
    assertThrows(
        UnsupportedOperationException.class,
        () -> RegistryUri.parse("consul:h?a=b").parameters().clear());
  }
}
