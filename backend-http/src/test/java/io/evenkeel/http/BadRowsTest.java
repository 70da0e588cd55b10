package io.evenkeel.http;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.RegistryException.Protocol;
import io.evenkeel.registry.ServiceRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A bad row costs that row; a list of bad rows only is an error. */
class BadRowsTest {
  @RegisterExtension static final StubServer SERVER = StubServer.start();

  private static final List<String> BAD_URLS =
      List.of(
          "http://10.0.0.1:0",
          "http://10.0.0.1:70000",
          "http://10.0.0.1:-1",
          "http://10.0.0.1:80x",
          "ftp://10.0.0.1:80",
          "10.0.0.1:80",
          "http://",
          "http://[::1",
          "http://user@10.0.0.1:80",
          "http://0.0.0.0:80",
          "http://[::]:80",
          "http://169.254.169.254:80",
          "http://[fe80::1]:80",
          "http://[::ffff:a9fe:a9fe]:80",
          "http://[::ffff:169.254.169.254]:80",
          "http://[64:ff9b::a9fe:a9fe]:80",
          "http://0xa9.0xfe.0xa9.0xfe:80",
          "http://10.0.0.1 evil:80");

  static Stream<Arguments> badUrls() {
    return Stream.of(Spoken.values())
        .flatMap(spoken -> BAD_URLS.stream().map(url -> Arguments.of(spoken, url)));
  }

  @ParameterizedTest
  @MethodSource("badUrls")
  void a_row_with_a_bad_address_is_dropped(Spoken spoken, String url) {
    String good = spoken.row("good", "http://10.0.0.2:80");
    List<ServiceInstance> list = read(spoken, "", spoken.row("bad", url), good);
    assertEquals(List.of("good"), list.stream().map(ServiceInstance::id).toList());
  }

  static Stream<Arguments> badRows() {
    Stream<Function<String, String>> ways =
        Stream.of(
            row -> "5",
            row -> "null",
            row -> "[]",
            row -> "{}",
            row -> row.replace("\"http://10.0.0.1:80\"", "80"),
            row -> row.replace("\"http://10.0.0.1:80\"", "null"),
            row -> row.replace("id\": \"bad\"", "id\": 5"),
            row -> row.replace("id\": \"bad\"", "id\": \"a/b\""),
            row -> row.replace("id\": \"bad\"", "id\": \"\\r\\n\""));
    return ways.flatMap(
        way ->
            Stream.of(Spoken.values()).map(spoken -> Arguments.of(spoken, breaking(spoken, way))));
  }

  private static String breaking(Spoken spoken, Function<String, String> way) {
    return way.apply(spoken.row("bad", "http://10.0.0.1:80"));
  }

  @ParameterizedTest
  @MethodSource("badRows")
  void a_row_of_wrong_types_is_dropped(Spoken spoken, String bad) {
    String good = spoken.row("good", "http://10.0.0.2:80");
    List<ServiceInstance> list = read(spoken, "", good, bad);
    assertEquals(List.of("good"), list.stream().map(ServiceInstance::id).toList());
  }

  @ParameterizedTest
  @MethodSource("badRows")
  void a_list_of_bad_rows_only_is_an_error(Spoken spoken, String bad) {
    Protocol error = refused(spoken, bad, bad);
    assertTrue(error.getMessage().contains("bad rows only"), error::getMessage);
  }

  @ParameterizedTest
  @EnumSource
  void an_empty_list_is_a_list(Spoken spoken) {
    assertEquals(List.of(), read(spoken, ""));
  }

  @ParameterizedTest
  @EnumSource
  void fields_no_one_knows_are_ignored(Spoken spoken) {
    String row = spoken.row("a", "http://10.0.0.1:80").replaceFirst("\\{", "{\"x\": [null, {}],");
    assertEquals(1, read(spoken, "", row).size());
  }

  @ParameterizedTest
  @EnumSource
  void of_two_rows_with_one_id_the_last_counts(Spoken spoken) {
    String first = spoken.row("a", "http://10.0.0.1:80");
    List<ServiceInstance> list = read(spoken, "", first, spoken.row("a", "http://10.0.0.2:80"));
    assertEquals(List.of("10.0.0.2"), list.stream().map(ServiceInstance::host).toList());
  }

  @ParameterizedTest
  @EnumSource
  void ten_thousand_rows_are_read_and_one_more_is_not(Spoken spoken) {
    String[] rows =
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(i -> spoken.row("i" + i, "http://10.0.0.1:80"))
            .toArray(String[]::new);
    Protocol error = refused(spoken, rows);
    assertTrue(error.getMessage().contains("10001 rows (expected: at most 10000)"));
    String[] fewer = Arrays.copyOf(rows, 10_000);
    assertEquals(10_000, read(spoken, "timeout=20s", fewer).size());
  }

  @ParameterizedTest
  @EnumSource
  void link_local_addresses_can_be_allowed(Spoken spoken) {
    String row = spoken.row("a", "http://169.254.10.1:80");
    assertEquals(1, read(spoken, "allow-link-local=true", row).size());
    refused(spoken, row);
  }

  private static List<ServiceInstance> read(Spoken spoken, String parameters, String... rows) {
    SERVER.answer(okJson(spoken.list(rows)));
    ServiceRegistry registry = SERVER.registry(spoken, parameters);
    return Outcomes.list(registry);
  }

  private static Protocol refused(Spoken spoken, String... rows) {
    SERVER.answer(okJson(spoken.list(rows)));
    ServiceRegistry registry = SERVER.registry(spoken, "timeout=20s");
    return Outcomes.failure(Protocol.class, registry.instances("orders"));
  }
}
