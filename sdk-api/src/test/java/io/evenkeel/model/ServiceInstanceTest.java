package io.evenkeel.model;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceInstanceTest {
  private static ServiceInstance.Builder orders() {
    return ServiceInstance.builder("orders", "10.0.0.1", 80);
  }

  private static String refusal(Executable making) {
    return assertThrows(IllegalArgumentException.class, making).getMessage();
  }

  private static void refuses(String start, UnaryOperator<ServiceInstance.Builder> change) {
    String message = refusal(() -> change.apply(orders()).build());
    assertTrue(message.startsWith(start) && message.contains("(expected: "), message);
  }

  @Test
  void has_sensible_values_where_none_are_given() {
    ServiceInstance instance = orders().build();
    assertEquals("orders@10.0.0.1:80", instance.id());
    assertEquals("http", instance.scheme());
    assertEquals(1, instance.weight());
    assertEquals(InstanceStatus.UP, instance.status());
    assertEquals(HealthCheck.none(), instance.healthCheck());
  }

  @Test
  void a_copy_through_the_builder_is_equal() {
    ServiceInstance instance =
        orders().id("a").zone("z").version("1").tag("t").metadata("k", "v").weight(0).build();
    assertEquals(instance, instance.toBuilder().build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "orders", "0", "a.b_c:d@e-f", "A9"})
  void names_of_the_form_are_taken(String name) {
    assertDoesNotThrow(() -> ServiceInstance.builder(name, "10.0.0.1", 80).id(name).build());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "../../etc",
        "%2e%2e%2f",
        "a/b",
        "a b",
        "-a",
        ".a",
        "a\r\nX: 1",
        "a\n",
        "a\u0000",
        "ordérs",
        "аpple",
        "a\u202Eb",
        "a\uD83D\uDE00",
        "a\uD800"
      })
  void other_names_and_ids_are_refused(String name) {
    String service = refusal(() -> ServiceInstance.builder(name, "10.0.0.1", 80).id("a").build());
    assertTrue(service.startsWith("service: ") && service.contains("(expected: 1..255"), service);
    if (name != null) { // a null id is the default one
      refuses("id: ", builder -> builder.id(name));
    }
    assertThrows(IllegalArgumentException.class, () -> new InstanceKey("orders", name));
    assertThrows(IllegalArgumentException.class, () -> new InstanceKey(name, "a"));
  }

  @Test
  void a_name_has_at_most_255_characters() {
    assertDoesNotThrow(() -> new InstanceKey("a".repeat(255), "b"));
    refusal(() -> new InstanceKey("a".repeat(256), "b"));
  }

  @Test
  void a_refused_name_is_shown_cut_and_escaped() {
    String message = refusal(() -> new InstanceKey("a".repeat(10_000), "b"));
    assertTrue(message.length() < 200, message);
    String injected = refusal(() -> new InstanceKey("a\r\nSet-Cookie: x", "b"));
    assertTrue(injected.contains("a\\u000d\\u000aSet-Cookie"), injected);
  }

  @Test
  void a_message_holds_no_half_of_a_surrogate_pair() {
    String message = refusal(() -> new InstanceKey("-".repeat(79) + "\uD83D\uDE00", "b"));
    assertTrue(message.codePoints().noneMatch(c -> c >= 0xD800 && c <= 0xDFFF), message);
    String lone = refusal(() -> new InstanceKey("a\uD800", "b"));
    assertTrue(lone.contains("a\\ud800"), lone);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 65_536, 70_000, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void a_port_out_of_bounds_is_refused(int port) {
    String message = refusal(() -> ServiceInstance.builder("orders", "10.0.0.1", port).build());
    assertEquals("port: " + port + " (expected: 1..65535)", message);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void a_weight_out_of_bounds_is_refused(int weight) {
    refuses("weight: " + weight + " (expected: 0..65535", builder -> builder.weight(weight));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "10.0.0.1",
        "orders.svc.cluster.local",
        "orders.example.",
        "xn--bcher-kva.example",
        "db_1",
        "::1",
        "2001:db8::1",
        "2001:db8:0:0:0:0:0:1",
        "::ffff:10.0.0.1",
        "1::"
      })
  void names_and_addresses_are_hosts(String host) {
    assertEquals(host, ServiceInstance.builder("orders", host, 80).id("a").build().host());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        " ",
        "0.0.0.0",
        "::",
        "0",
        "0:0:0:0:0:0:0:0",
        "::0.0.0.0",
        "::ffff:0.0.0.0",
        "http://x",
        "[::1",
        "[::1]",
        "user@host",
        "host:80",
        "cafe:80",
        "10:80",
        "10.0.0.1:80",
        "a/b",
        "a b",
        "-a",
        "a-",
        "a..b",
        ".a",
        "a\n",
        "a\u0000",
        "bücher.example",
        "1:2:3",
        "1::2::3",
        "12345::1",
        "1:2:3:4:5:6:7:8:9",
        ":::",
        "fe80::1%eth0",
        "::1.2.3",
        "256.1.1.1",
        "1.2.3",
        "1.2.3.4.5",
        "10.0.0.01"
      })
  void what_is_no_host_is_refused(String host) {
    String message = refusal(() -> ServiceInstance.builder("orders", host, 80).id("a").build());
    assertTrue(message.startsWith("host: ") && message.contains("(expected: "), message);
  }

  @Test
  void a_host_has_at_most_253_characters_and_63_per_label() {
    String label = "a".repeat(63);
    String longest = String.join(".", label, label, label, "a".repeat(61));
    assertDoesNotThrow(() -> ServiceInstance.builder("orders", longest, 80).id("a").build());
    refusal(() -> ServiceInstance.builder("orders", longest + "a", 80).id("a").build());
    refusal(() -> ServiceInstance.builder("orders", "a".repeat(64), 80).id("a").build());
    refusal(() -> ServiceInstance.builder("orders", "a.".repeat(150), 80).id("a").build());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "HTTP", "http://", "1a", "a b", "a\n"})
  void what_is_no_scheme_is_refused(String scheme) {
    refuses("scheme: ", builder -> builder.scheme(scheme));
  }

  @Test
  void a_scheme_has_at_most_32_characters() {
    assertDoesNotThrow(() -> orders().scheme("a".repeat(32)).build());
    refuses("scheme: ", builder -> builder.scheme("a".repeat(33)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"a\r\nb", "a\u0000", "\u007f", "\u0085", "a\uD800", "\uDC00a"})
  void texts_have_neither_control_characters_nor_lone_surrogates(String text) {
    refuses("zone: ", builder -> builder.zone(text));
    refuses("version: ", builder -> builder.version(text));
    refuses("tag: ", builder -> builder.tag(text));
    refuses("metadata key: ", builder -> builder.metadata(text, "v"));
    refuses("metadata[k]: ", builder -> builder.metadata("k", text));
  }

  @Test
  void metadata_is_any_other_text() {
    String text = "süß \uD83D\uDE00 / = & <";
    assertEquals(text, orders().metadata("k", text).build().metadata().get("k"));
  }

  @Test
  void there_are_at_most_64_metadata_pairs() {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i < 64; i++) {
      pairs.put("k" + i, "v");
    }
    assertDoesNotThrow(() -> orders().metadata(pairs).build());
    pairs.put("one", "more");
    refuses("metadata: 65 pairs (expected: at most 64", builder -> builder.metadata(pairs));
  }

  @Test
  void what_a_server_seals_in_is_counted_apart() {
    ServiceInstance.Builder builder = orders();
    for (int i = 0; i < 64; i++) {
      builder.metadata("k" + i, "v").metadata(ServiceInstance.SEALED + i, "v");
    }
    assertEquals(128, builder.build().metadata().size());
    refuses("metadata: 65 pairs", full -> builder.metadata(ServiceInstance.SEALED + "x", "v"));
  }

  @Test
  void metadata_keys_have_1_to_128_characters_and_values_up_to_512() {
    assertDoesNotThrow(() -> orders().metadata("k".repeat(128), "v".repeat(512)).build());
    refuses("metadata key: ", builder -> builder.metadata("", "v"));
    refuses("metadata key: ", builder -> builder.metadata("k".repeat(129), "v"));
    refuses("metadata[k]: ", builder -> builder.metadata("k", "v".repeat(513)));
  }

  @Test
  void there_are_at_most_64_tags_of_255_characters() {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      tags.add("t" + i);
    }
    assertDoesNotThrow(() -> orders().tags(tags).tags(tags).build());
    assertDoesNotThrow(() -> orders().tag("t".repeat(255)).build());
    refuses("tags: 65 tags (expected: at most 64", builder -> builder.tags(tags).tag("more"));
    refuses("tag: ", builder -> builder.tag("t".repeat(256)));
  }

  @Test
  void zone_and_version_have_up_to_255_characters() {
    refuses("zone: ", builder -> builder.zone("z".repeat(256)));
    refuses("version: ", builder -> builder.version("1".repeat(256)));
  }

  @Test
  void a_status_and_a_check_are_required() {
    refuses("status: null", builder -> builder.status(null));
    refuses("healthCheck: null", builder -> builder.healthCheck(null));
  }

  @Test
  void what_was_handed_in_may_change_afterwards() {
    List<String> tags = new ArrayList<>(List.of("a"));
    Map<String, String> metadata = new HashMap<>(Map.of("k", "v"));
    ServiceInstance.Builder builder = orders().tags(tags).metadata(metadata);
    ServiceInstance instance = builder.build();
    tags.add("b");
    metadata.put("k2", "v");
    builder.tag("c").metadata("k3", "v");
    assertEquals(1, instance.tags().size());
    assertEquals(Map.of("k", "v"), instance.metadata());
  }

  @Test
  void what_is_handed_out_cannot_be_changed() {
    ServiceInstance instance = orders().tag("a").metadata("k", "v").build();
    assertThrows(UnsupportedOperationException.class, () -> instance.tags().add("b"));
    assertThrows(UnsupportedOperationException.class, () -> instance.metadata().put("a", "b"));
  }

  @ParameterizedTest
  @EnumSource(InstanceStatus.class)
  void only_up_takes_traffic(InstanceStatus status) {
    ServiceInstance instance = orders().build().withStatus(status);
    assertEquals(status == InstanceStatus.UP, instance.takesTraffic());
  }

  @Test
  void weight_zero_takes_no_traffic() {
    assertFalse(orders().weight(0).build().takesTraffic());
  }
}
