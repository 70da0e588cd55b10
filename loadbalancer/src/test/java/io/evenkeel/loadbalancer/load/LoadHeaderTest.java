package io.evenkeel.loadbalancer.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.evenkeel.strategy.LoadReport;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadHeaderTest {
  private static final String FULL =
      "TEXT application_utilization=0.4, rps_fractional=120.5, eps=0.2,"
          + " named_metrics.requests_in_flight=3.0, named_metrics.latency_seconds=0.0125";

  private static LoadReport read(String header) {
    LoadReport report = LoadHeader.read(header);
    assertNotNull(report, header);
    return report;
  }

  @Test
  void each_metric_is_read() {
    assertEquals(new LoadReport(0.4, 120.5, 0.2, 3, 12_500_000), read(FULL));
  }

  @Test
  void what_is_written_is_read_again() {
    assertEquals(FULL, LoadHeader.write(read(FULL)));
  }

  @Test
  void what_is_not_known_is_not_written() {
    double no = Double.NaN;
    assertEquals("TEXT eps=0.0", LoadHeader.write(new LoadReport(no, no, 0, no, no)));
    assertEquals(new LoadReport(no, no, 0, no, no), read("TEXT eps=0.0"));
  }

  @Test
  void a_name_and_a_value_may_have_a_colon_between_them() {
    assertEquals(0.7, read("TEXT cpu_utilization:0.7,eps:2").utilization());
  }

  @Test
  void the_application_knows_its_utilization_better_than_the_processor() {
    assertEquals(0.9, read("TEXT cpu_utilization=0.2,application_utilization=0.9").utilization());
    assertEquals(0.2, read("TEXT cpu_utilization=0.2,application_utilization=0").utilization());
  }

  @Test
  void the_rate_in_whole_numbers_is_taken_where_there_is_no_other() {
    assertEquals(7, read("TEXT rps=7").requestsPerSecond());
    assertEquals(7.5, read("TEXT rps=7,rps_fractional=7.5").requestsPerSecond());
  }

  @Test
  void other_metrics_are_not_looked_at() {
    assertEquals(1, read("TEXT named_metrics.queue=-3,eps=1,request_cost.x=y").errorsPerSecond());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "TEXT",
        "eps=1",
        "BIN CQAAAAAAAOA/",
        "TEXT eps",
        "TEXT eps=",
        "TEXT eps=one",
        "TEXT eps=NaN",
        "TEXT eps=Infinity",
        "TEXT eps=-1",
        "TEXT eps=1e10",
        "TEXT eps=1e999",
        "TEXT eps=1,eps=\"2\"",
        "TEXT named_metrics.latency_seconds=0x"
      })
  void what_cannot_be_true_is_no_report(String header) {
    assertNull(LoadHeader.read(header));
  }

  @Test
  void a_header_that_does_not_end_is_no_report() {
    assertNull(LoadHeader.read("TEXT eps=1" + ",".repeat(3_000)));
  }

  @Test
  void metrics_by_name_have_the_same_bounds() {
    assertEquals(2, LoadHeader.fromMetrics(Map.of("rps", 2, "x", -1)).requestsPerSecond());
    assertNull(LoadHeader.fromMetrics(Map.of("rps", Double.NaN)));
    assertNull(LoadHeader.fromMetrics(Map.of("eps", -0.1)));
  }
}
