package io.evenkeel.hazelcast;

import static io.evenkeel.hazelcast.Samples.TTL;
import static io.evenkeel.hazelcast.Samples.live;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SilenceTest {
  private static final Duration SWEEP = Duration.ofMillis(250);

  private final ManualTime time = ManualTime.start();
  private final ScriptedStore store = new ScriptedStore(time);
  private final Mirror mirror = new Mirror(service -> {});
  private final Silence silence = new Silence(time, SWEEP, mirror);
  private int failures;

  @BeforeEach
  void start() {
    silence.start(store, () -> failures++);
    hear(live(1, 1));
  }

  private void hear(Registration registration) {
    store.put(registration);
    mirror.offer(registration, silence.leaseNow());
  }

  private int listed() {
    return mirror.list("orders").instances().size();
  }

  @Test
  void whoever_is_silent_for_the_ttl_goes_within_a_sweep() {
    time.advance(TTL.minusMillis(1));
    assertEquals(1, listed());
    time.advance(SWEEP);
    assertEquals(0, listed());
  }

  @Test
  void a_copy_that_is_still_in_the_map_is_no_sign_of_life() {
    time.advance(TTL.multipliedBy(3));
    mirror.offer(live(1, 1), silence.leaseNow()); // a repair read it
    assertEquals(0, listed());
  }

  @Test
  void a_renewal_whose_event_was_lost_is_found() {
    store.put(live(1, 2));
    time.advance(TTL.plus(SWEEP));
    assertEquals(1, listed());
    time.advance(TTL.plus(SWEEP));
    assertEquals(0, listed());
  }

  @Test
  void an_entry_that_left_the_map_lives_until_it_is_silent() {
    store.lose(Samples.KEY);
    time.advance(TTL.minusSeconds(1));
    assertEquals(1, listed());
    time.advance(Duration.ofSeconds(2));
    assertEquals(0, listed());
  }

  @Test
  void while_the_cluster_does_not_answer_nobody_goes() {
    store.setAway(true);
    time.advance(Duration.ofMinutes(10));
    assertEquals(1, listed());
    assertTrue(failures > 10, "asked again and again");
    store.setAway(false);
    time.advance(Duration.ofSeconds(2));
    assertEquals(0, listed());
  }

  @Test
  void a_cluster_that_does_not_answer_is_asked_about_once_a_second() {
    store.setAway(true);
    time.advance(TTL);
    int before = failures;
    time.advance(Duration.ofSeconds(10));
    assertTrue(failures - before <= 10, () -> "asked " + (failures - before) + " times");
  }

  @Test
  void a_frozen_process_ends_no_lease() {
    time.advance(TTL.minusMillis(500));
    time.pause(Duration.ofMinutes(5));
    assertEquals(1, listed());
    hear(live(1, 2)); // the renewal that queued up meanwhile
    time.advance(TTL.minusSeconds(1));
    assertEquals(1, listed());
  }

  @Test
  void a_jump_of_the_wall_clock_ends_no_lease() {
    time.jumpWallClock(Duration.ofDays(1));
    time.advance(TTL.minusMillis(1));
    assertEquals(1, listed());
  }

  @Test
  void five_thousand_that_fall_silent_together_go_together() {
    for (int i = 0; i < 5000; i++) {
      ServiceInstance one = ServiceInstance.builder("orders", "10.0.0.1", 80).id("i" + i).build();
      hear(Registration.of(one, new Lease(TTL, 1), 1));
    }
    time.advance(TTL.plus(SWEEP));
    assertEquals(0, listed());
    assertEquals(6, store.questions(), "5,001 in thousands");
  }

  @Test
  void after_stop_nobody_goes() {
    silence.stop();
    time.advance(TTL.multipliedBy(2));
    assertEquals(1, listed());
    assertEquals(0, time.pendingTasks());
  }
}
