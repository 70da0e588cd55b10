package io.evenkeel.http.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.registry.RegistryUri;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireOptionsTest {
  private static final UriForm FORM =
      new UriForm(8500, true, List.of(UriForm.bearerToken()), Set.of("dc"));

  @Test
  void what_is_not_said_is_usual() {
    WireOptions options = read("x://registry");
    assertEquals(List.of(HostAndPort.create("registry", 8500)), options.origins());
    assertEquals(Duration.ofSeconds(3), options.timeout());
    assertEquals("", options.basePath());
    assertFalse(options.tls());
    assertFalse(options.allowLinkLocal());
    assertNull(options.ca());
    assertEquals(Map.of(), options.own());
  }

  @Test
  void several_addresses_are_kept_in_their_order() {
    WireOptions options =
        read("x+https://a:1,[2001:db8::1]:2,[::1]/base/?dc=dc1&allow-link-local=true");
    assertEquals(
        List.of(
            HostAndPort.create("a", 1),
            HostAndPort.create("2001:db8::1", 2),
            HostAndPort.create("::1", 8500)),
        options.origins());
    assertEquals("/base", options.basePath());
    assertTrue(options.tls());
    assertTrue(options.allowLinkLocal());
    assertEquals(Map.of("dc", "dc1"), options.own());
  }

  @ParameterizedTest
  @CsvSource({"250ms, PT0.25S", "5s, PT5S", "2m, PT2M"})
  void a_timeout_has_a_unit(String text, Duration expected) {
    assertEquals(expected, read("x://a?timeout=" + text).timeout());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x:",
        "x://",
        "x://a,",
        "x://,a",
        "x://a:0",
        "x://a:70000",
        "x://a:b",
        "x://u:p@a",
        "x://u@a",
        "x://::1",
        "x://a b",
        "x://a/..",
        "x://a/../b",
        "x://a/b#c",
        "x://a/b//c"
      })
  void an_address_that_is_none_is_refused(String uri) {
    assertThrows(IllegalArgumentException.class, () -> read(uri));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "timeout=5", "timeout=0s", "timeout=-1s", "timeout=1h", "timeout=9999999ms",
        "allow-link-local=yes", "ca=/nosuch.pem", "datacenter=x", "Token=x", "token="
      })
  void a_parameter_that_is_not_understood_is_refused(String parameter) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> read("x://a?" + parameter));
    assertTrue(error.getMessage().startsWith("x: "), error::getMessage);
    assertTrue(error.getMessage().contains("(expected: "), error::getMessage);
  }

  @Test
  void an_unknown_parameter_is_told_the_known_ones() {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> read("x://a?datacenter=dc1"));
    assertEquals(
        "x: parameter datacenter (expected: one of [allow-link-local, ca, dc, timeout, token])",
        error.getMessage());
  }

  @Test
  void a_base_path_is_refused_where_clients_know_only_host_and_port() {
    UriForm bare = new UriForm(8500, false, List.of(), Set.of());
    RegistryUri uri = RegistryUri.parse("x://a/base");
    assertThrows(IllegalArgumentException.class, () -> WireOptions.read(uri, bare));
    assertEquals("", WireOptions.read(RegistryUri.parse("x://a/"), bare).basePath());
  }

  @ParameterizedTest
  @CsvSource({
    "orders, orders",
    "a b/c, a%20b%2Fc",
    "ä, %C3%A4",
    "'a?b&c=d#e%', 'a%3Fb%26c%3Dd%23e%25'",
    "., %2E",
    ".., %2E%2E",
    "..., ...",
    "s~i@h:1, s~i@h:1"
  })
  void a_segment_is_escaped(String text, String expected) {
    assertEquals(expected, Call.segment(text));
  }

  private static WireOptions read(String uri) {
    return WireOptions.read(RegistryUri.parse(uri), FORM);
  }
}
