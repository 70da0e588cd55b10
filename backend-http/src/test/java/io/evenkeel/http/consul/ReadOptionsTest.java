package io.evenkeel.http.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadOptionsTest {
  private static final QueryRequest ONCE = QueryRequest.once();
  private static final QueryRequest BLOCKING = new QueryRequest(7, Duration.ofMinutes(5), false);

  private static String path(Map<String, String> parameters, QueryRequest request) {
    return ReadOptions.read(parameters).listPath("web", request);
  }

  @Test
  void without_options_a_list_is_asked_for_by_its_name_alone() {
    assertEquals("/v1/health/service/web", path(Map.of(), ONCE));
    assertEquals("/v1/catalog/services", ReadOptions.read(Map.of()).servicesPath());
  }

  @Test
  void a_blocking_query_has_index_and_wait() {
    assertEquals("/v1/health/service/web?index=7&wait=5m", path(Map.of(), BLOCKING));
  }

  @Test
  void every_option_is_sent_escaped() {
    Map<String, String> all =
        Map.of("dc", "dc 1", "near", "_agent", "filter", "a == \"b&c\"", "tag", "x,y=z");
    String expected = "?dc=dc%201&near=_agent&filter=a%20%3D%3D%20%22b%26c%22&tag=x&tag=y%3Dz";
    assertEquals("/v1/health/service/web" + expected, path(all, ONCE));
    assertEquals("/v1/catalog/services?dc=dc%201", ReadOptions.read(all).servicesPath());
  }

  @ParameterizedTest
  @CsvSource({"stale, ?stale", "consistent, ?consistent", "default, ''"})
  void the_mode_of_consistency_is_a_word(String mode, String query) {
    assertEquals("/v1/health/service/web" + query, path(Map.of("consistency", mode), ONCE));
  }

  @Test
  void what_must_be_current_is_not_asked_for_as_stale() {
    QueryRequest current = new QueryRequest(QueryIndex.NONE, Duration.ZERO, true);
    assertEquals("/v1/health/service/web", path(Map.of("consistency", "stale"), current));
    String path = path(Map.of("consistency", "consistent"), current);
    assertEquals("/v1/health/service/web?consistent", path);
  }

  @Test
  void only_stale_answers_can_be_too_old() {
    ReadOptions stale = ReadOptions.read(Map.of("consistency", "stale", "max-stale", "2s"));
    assertTrue(stale.isTooOld(Duration.ofMillis(2_001)));
    assertFalse(stale.isTooOld(Duration.ofSeconds(2)));
    assertFalse(ReadOptions.read(Map.of()).isTooOld(Duration.ofDays(1)));
  }

  @Test
  void the_deadline_of_a_blocking_query_leaves_the_server_its_sixteenth_and_5_seconds() {
    Duration deadline = BLOCKING.deadline(Duration.ofSeconds(3));
    assertEquals(Duration.ofMillis(300_000 + 18_750 + 5_000), deadline);
    assertEquals(Duration.ofSeconds(3), ONCE.deadline(Duration.ofSeconds(3)));
  }

  @ParameterizedTest
  @CsvSource({"consistency, eventual", "wait, 11m", "wait, 0s", "wait, 5", "max-stale, -1s"})
  void what_is_not_understood_is_refused_by_name(String name, String value) {
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> ReadOptions.read(Map.of(name, value)));
    assertTrue(error.getMessage().startsWith(name + ": " + value), error::getMessage);
  }

  @ParameterizedTest
  @CsvSource({"1h30m, 90m", "500ms, 500ms", "90s, 90s", "1m1s, 61s", "24h, 1440m"})
  void times_are_read_and_written_as_consul_does(String text, String written) {
    Duration time = GoDuration.read("t", text, Duration.ofMillis(1), Duration.ofDays(1));
    assertEquals(written, GoDuration.write(time));
  }
}
