package io.evenkeel.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeaseClockTest {
  private long nanos = 1_000; // the origin is arbitrary
  private final LeaseClock clock = LeaseClock.start(new Hand(), Duration.ofNanos(10));

  @Test
  void it_starts_at_0_and_runs_as_the_monotonic_clock_does() {
    assertEquals(0, clock.now());
    nanos += 7;
    assertEquals(7, clock.now());
  }

  @Test
  void without_a_sweep_it_stands_still_when_the_allowance_is_used_up() {
    nanos += 50;
    assertEquals(10, clock.now());
  }

  @Test
  void a_sweep_lets_it_run_on_and_tells_for_how_long_it_stood_still() {
    nanos += 50;
    assertEquals(40, clock.mark());
    nanos += 3;
    assertEquals(13, clock.now());
  }

  @Test
  void a_sweep_in_time_takes_nothing_away() {
    nanos += 8;
    assertEquals(0, clock.mark());
    nanos += 8;
    assertEquals(16, clock.now());
  }

  private final class Hand implements TimeSource {
    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH;
    }
  }
}
