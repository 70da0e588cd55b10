package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.evenkeel.strategy.LoadReport;
import io.evenkeel.testkit.ManualTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadReaderTest {
  private final LoadReader reader = new LoadReader(ManualTime.start());

  @Test
  void text_and_json_say_the_same() {
    LoadReport report = new LoadReport(0.5, 10, 1, 3, 2e6);
    String text =
        "TEXT cpu_utilization=0.5,rps_fractional=10,eps=1,"
            + "named_metrics.requests_in_flight=3,named_metrics.latency_seconds=0.002";
    String json =
        "JSON {\"cpuUtilization\":0.5,\"rps_fractional\":10,\"eps\":1,\"other\":\"x\","
            + "\"named_metrics\":{\"requests_in_flight\":3,\"latency_seconds\":0.002}}";
    assertEquals(report, reader.read(text, "orders-1"));
    assertEquals(report, reader.read(json, "orders-1"));
  }

  @Test
  void an_answer_without_the_header_says_nothing_and_is_no_mistake() {
    assertNull(reader.read(null, "orders-1"));
    assertEquals(0, reader.dropped());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "JSON",
        "JSON ",
        "JSON [1]",
        "JSON {\"eps\":",
        "JSON {\"eps\":-1}",
        "JSON {\"named_metrics\":{\"requests_in_flight\":\"3\"}}",
        "JSON {\"named_metrics\":{\"requests_in_flight\":null}}",
        "BIN AAAA",
        "TEXT eps=NaN",
        "\u0000\u0001"
      })
  void what_cannot_be_read_is_dropped_and_counted(String header) {
    assertNull(reader.read(header, "orders-1"));
    assertEquals(1, reader.dropped());
  }

  @Test
  void a_header_that_does_not_end_is_dropped() {
    assertNull(reader.read("JSON " + "{\"a\":".repeat(5_000), "orders-1"));
    assertEquals(1, reader.dropped());
  }
}
