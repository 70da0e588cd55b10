package io.evenkeel.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.registry.RegistryException;
import io.evenkeel.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReaderTest implements Reader.Hooks {
  private final ManualTime time = ManualTime.start();
  private final Queue<Consumer<@Nullable RuntimeException>> reads = new ArrayDeque<>();
  private final List<String> told = new ArrayList<>();
  private final Reader reader = new Reader(time, HazelcastOptions.defaults(), () -> 0, this);

  @Override
  public void readAll(Consumer<@Nullable RuntimeException> whenDone) {
    reads.add(whenDone);
  }

  @Override
  public void onTrouble(RegistryException error) {
    told.add("trouble");
  }

  @Override
  public void onRecovery() {
    told.add("recovery");
  }

  @Override
  public void putOwnAgain() {
    told.add("own");
  }

  private void pass(long millis) {
    time.advance(Duration.ofMillis(millis));
  }

  /** Opens it, and lets it settle. */
  private void open() {
    reader.read(true);
    pass(100);
    reads.remove().accept(null);
    pass(2_000);
    reads.remove().accept(null);
    pass(5_000);
    reads.remove().accept(null);
    told.clear();
  }

  @Test
  void the_first_read_makes_it_fresh_and_puts_its_own_again() {
    reader.read(true);
    pass(100);
    assertFalse(reader.isFresh());
    reads.remove().accept(null);
    assertTrue(reader.isFresh());
    assertEquals(List.of("recovery", "own"), told);
  }

  @Test
  void it_reads_twice_more_while_the_connections_of_a_client_are_still_coming_up() {
    open();
    reader.read(true);
    pass(100);
    reads.remove().accept(null);
    pass(1_999);
    assertEquals(0, reads.size());
    pass(1);
    reads.remove().accept(null);
    pass(5_000);
    reads.remove().accept(null);
    pass(53_900);
    assertEquals(0, reads.size());
  }

  @Test
  void many_disturbances_are_one_read() {
    open();
    for (int i = 0; i < 100; i++) {
      reader.read(true);
      pass(1);
    }
    pass(100);
    assertEquals(1, reads.size());
  }

  @Test
  void a_stream_of_disturbances_does_not_put_the_read_off() {
    open();
    for (int i = 0; i < 5; i++) {
      reader.read(false);
      pass(50);
    }
    assertEquals(1, reads.size());
  }

  @Test
  void a_disturbance_during_a_read_is_another_read() {
    open();
    reader.read(false);
    pass(100);
    reader.read(true);
    reads.remove().accept(null);
    pass(100);
    assertEquals(1, reads.size());
  }

  @Test
  void it_repairs_every_minute_give_or_take_a_tenth() {
    open();
    pass(53_900);
    assertEquals(0, reads.size());
    pass(12_200);
    assertEquals(1, reads.size());
  }

  @Test
  void a_read_that_fails_is_told_and_tried_again_every_second() {
    open();
    reader.read(false);
    pass(100);
    reads.remove().accept(new IllegalStateException("planted by the test"));
    assertFalse(reader.isFresh());
    assertEquals(List.of("trouble"), told);
    pass(1_300);
    reads.remove().accept(null);
    assertTrue(reader.isFresh());
    assertEquals(List.of("trouble", "recovery"), told);
  }

  @Test
  void a_read_without_an_answer_is_trouble_after_the_deadline() {
    open();
    reader.read(false);
    pass(100);
    pass(1_000);
    assertFalse(reader.isFresh());
    assertEquals(List.of("trouble"), told);
    reads.remove().accept(null); // the frozen member was given up
    assertTrue(reader.isFresh());
  }

  @Test
  void what_was_to_be_put_again_waits_for_a_read_that_succeeds() {
    open();
    reader.read(true);
    pass(100);
    reads.remove().accept(new IllegalStateException("planted by the test"));
    pass(1_300);
    reads.remove().accept(null);
    assertEquals(List.of("trouble", "recovery", "own"), told);
  }

  @Test
  void a_list_is_as_old_as_the_outage() {
    open();
    time.advance(Duration.ofSeconds(5));
    reader.away("planted by the test");
    Instant lost = time.instant();
    time.advance(Duration.ofSeconds(7));
    assertEquals(lost, reader.readAt());
  }

  @Test
  void failing_calls_do_not_hurry_the_retries() {
    reader.away("planted by the test");
    for (int i = 0; i < 13; i++) {
      reader.read(false);
      pass(100);
    }
    assertEquals(1, reads.size());
  }

  @Test
  void after_close_it_reads_no_more() {
    open();
    reader.close();
    reader.read(true);
    time.advance(Duration.ofHours(1));
    assertEquals(0, reads.size());
  }
}
