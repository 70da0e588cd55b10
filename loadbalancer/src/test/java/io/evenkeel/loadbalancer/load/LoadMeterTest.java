package io.evenkeel.loadbalancer.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.Racing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadMeterTest {
  private final ManualTime time = ManualTime.start();
  private final LoadMeter meter = LoadMeter.create(time);

  private void serve(int millis, boolean failed) {
    LoadMeter.Request request = meter.begin();
    time.advance(Duration.ofMillis(millis));
    request.end(failed);
  }

  @Test
  void requests_count_from_their_begin_to_their_end() {
    LoadMeter.Request first = meter.begin();
    meter.begin();
    assertEquals(2, meter.report().requestsInFlight());
    assertEquals(1, first.report().requestsInFlight()); // without itself
    first.end(false);
    first.end(true);
    assertEquals(1, meter.report().requestsInFlight());
  }

  @Test
  void latency_is_that_of_requests_that_met_as_many() {
    for (int i = 0; i < 5; i++) {
      serve(10, false);
    }
    LoadMeter.Request other = meter.begin();
    for (int i = 0; i < 5; i++) {
      serve(30, false);
    }
    assertEquals(30e6, meter.report().latencyNanos());
    other.end(true);
    assertEquals(10e6, meter.report().latencyNanos());
  }

  @Test
  void where_nobody_was_it_is_that_of_the_nearest() {
    serve(10, false);
    List<LoadMeter.Request> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(meter.begin());
    }
    assertEquals(10e6, meter.report().latencyNanos());
    time.advance(Duration.ofMillis(80));
    many.remove(many.size() - 1).end(false);
    assertEquals(80e6, meter.report().latencyNanos());
  }

  @Test
  void one_outlier_does_not_move_it_and_old_ones_are_forgotten() {
    serve(20, false);
    serve(20, false);
    serve(900, false);
    assertEquals(20e6, meter.report().latencyNanos());
    time.advance(Duration.ofSeconds(6));
    assertTrue(Double.isNaN(meter.report().latencyNanos()));
  }

  @Test
  void a_fast_failure_is_no_fast_answer() {
    serve(50, false);
    serve(1, true);
    assertEquals(50e6, meter.report().latencyNanos());
  }

  @Test
  void rates_are_those_of_the_last_seconds() {
    for (int i = 0; i < 400; i++) {
      serve(25, i % 4 == 0);
    }
    assertEquals(40, meter.report().requestsPerSecond(), 0.5);
    assertEquals(10, meter.report().errorsPerSecond(), 0.5);
    time.advance(Duration.ofSeconds(11));
    assertEquals(0, meter.report().requestsPerSecond());
  }

  @Test
  void one_that_is_given_up_is_neither_an_answer_nor_an_error() {
    LoadMeter.Request request = meter.begin();
    request.giveUp();
    request.end(true);
    assertEquals(0, meter.report().requestsInFlight());
    assertEquals(0, meter.report().requestsPerSecond());
  }

  @Test
  void the_first_requests_are_no_flood() {
    serve(1, false);
    assertEquals(1, meter.report().requestsPerSecond(), 0.01);
  }

  @Test
  void a_utilization_that_is_not_known_is_not_reported() {
    assertTrue(Double.isNaN(LoadMeter.create(time, () -> -1).report().utilization()));
    assertEquals(0.4, LoadMeter.create(time, () -> 0.4).report().utilization());
  }

  @Test
  void the_processors_are_asked_once_a_second() {
    List<Double> answers = new ArrayList<>(List.of(-1.0, 0.2, 0.9));
    ProcessorUse use = new ProcessorUse(time, () -> answers.remove(0));
    assertTrue(Double.isNaN(use.getAsDouble()));
    time.advance(Duration.ofSeconds(1));
    assertEquals(0.2, use.getAsDouble());
    assertEquals(0.2, use.getAsDouble());
  }

  @Test
  void this_process_has_a_share_of_the_processors_or_says_nothing() {
    double share = ProcessorUse.ofThisProcess(time).getAsDouble();
    assertTrue(Double.isNaN(share) || (share >= 0 && share <= 1), "share: " + share);
  }

  @Test
  void threads_together_lose_no_request() {
    Racing.in(
        4,
        () -> {
          for (int i = 0; i < 1_000; i++) {
            meter.begin().end(i % 2 == 0);
          }
          return 0;
        });
    assertEquals(0, meter.report().requestsInFlight());
    assertEquals(4_000, meter.report().requestsPerSecond());
  }
}
