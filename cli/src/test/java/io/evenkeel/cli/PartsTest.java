package io.evenkeel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.server.Protocol;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** What options are read with. */
class PartsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "1h, PT1H", "0s, PT0S", "PT5S, PT5S"})
  void a_time_has_a_unit(String text, Duration read) {
    assertEquals(read, new Durations().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 s", "-5s", "5d", "1.5s", "9999999999s"})
  void another_time_is_refused(String text) {
    assertThrows(TypeConversionException.class, () -> new Durations().convert(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"500ms", "1500ms", "30s", "90s", "5m", "1h", "0s"})
  void a_time_is_told_as_it_is_typed(String text) {
    assertEquals(text, Durations.text(new Durations().convert(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:8500", "localhost:0", "[::1]:65535", "[fe80::1%eth0]:1"})
  void an_address_is_told_as_it_is_typed(String text) {
    assertEquals(text, HostPort.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":80", "a", "a:", "a:65536", "::1:80", "[]:1", "a b:1", "http://a:1"})
  void another_address_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text));
  }

  @Test
  void a_listener_is_a_protocol_and_an_address() {
    assertEquals(
        new Listen(Protocol.CONFIG_SERVICE, new HostPort("::1", 0)),
        new Listen.Converter().convert("config-service=[::1]:0"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.1:81, http, 10.0.0.1:81",
    "https://orders.local/, https, orders.local:443",
    "HTTP://orders, http, orders:80",
    "http://[::1]:81, http, [::1]:81"
  })
  void an_instances_url_is_scheme_and_address(String text, String scheme, String address) {
    assertEquals(new InstanceUrl(scheme, HostPort.parse(address)), InstanceUrl.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1:81",
        "ftp://a:1",
        "http://a:1/path",
        "http://u:p@a:1",
        "http://a?b",
        "::"
      })
  void another_url_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> InstanceUrl.parse(text));
  }

  @Test
  void tokens_are_read_without_comments() throws Exception {
    Path file = Files.writeString(folder.resolve("tokens"), "# who\n\n alice : s3:cret \nbob:t\n");
    assertEquals(Map.of("s3:cret", "alice", "t", "bob"), TokenFile.read(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nobody", "s3cret", ":s3cret", "alice:", "a:s3cret\nb:s3cret"})
  void a_token_file_that_lets_in_nobody_or_anybody_is_refused(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("tokens"), text);
    String message =
        assertThrows(IllegalArgumentException.class, () -> TokenFile.read(file)).getMessage();
    assertTrue(!message.contains("s3cret"), message);
  }

  @Test
  void percentiles_are_at_most_a_64th_too_high() {
    Latencies latencies = new Latencies();
    for (int micros = 1; micros <= 10_000; micros++) {
      latencies.record(micros * 1_000L);
    }
    assertEquals(5.0, latencies.percentileMillis(0.5), 5.0 / 64);
    assertEquals(9.9, latencies.percentileMillis(0.99), 9.9 / 64);
    assertEquals(10.0, latencies.percentileMillis(1));
    assertEquals(10.0, latencies.maxMillis());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 129, 255, 256, 1_000_000, Long.MAX_VALUE})
  void one_latency_is_every_percentile(long nanos) {
    Latencies latencies = new Latencies();
    latencies.record(nanos);
    assertEquals(nanos / 1e6, latencies.percentileMillis(0.5));
  }

  @Test
  void without_a_latency_there_is_no_percentile() {
    assertEquals(0, new Latencies().percentileMillis(0.99));
  }

  @Test
  void an_open_loop_is_due_by_its_rate_and_a_closed_one_at_once() {
    assertEquals(5_000_000, LoadPlan.usual().withRate(200).dueNanos(1));
    assertEquals(1_000_000_000, LoadPlan.usual().withRate(200).dueNanos(200));
    assertEquals(0, LoadPlan.usual().dueNanos(200));
  }
}
