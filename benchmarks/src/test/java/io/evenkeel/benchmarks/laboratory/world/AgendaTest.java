package io.evenkeel.benchmarks.laboratory.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private final Agenda agenda = new Agenda();
  private final List<Long> ran = new ArrayList<>();

  @Test
  void tasks_run_in_the_order_of_their_times() {
    RandomGenerator random = Randomness.seeded(1);
    List<Long> times = random.longs(1000, 0, 500).boxed().toList();
    times.forEach(time -> agenda.at(time, () -> ran.add(time)));
    runAll();
    assertEquals(times.stream().sorted().toList(), ran);
  }

  @Test
  void tasks_of_one_instant_run_in_the_order_they_were_scheduled_in() {
    for (long i = 0; i < 100; i++) {
      long number = i;
      agenda.schedule(Duration.ZERO, () -> ran.add(number));
    }
    runAll();
    assertEquals(ran.stream().sorted().toList(), ran);
    assertEquals(100, ran.size());
  }

  @Test
  void a_cancelled_task_does_not_run() {
    Scheduler.Timer timer = agenda.schedule(Duration.ofSeconds(1), () -> ran.add(1L));
    agenda.schedule(Duration.ofSeconds(2), () -> ran.add(2L));
    timer.cancel();
    runAll();
    assertEquals(List.of(2L), ran);
  }

  @Test
  void a_delay_counts_from_now() {
    agenda.advance(5);
    agenda.schedule(Duration.ofNanos(7), () -> {});
    assertEquals(12, agenda.next());
  }

  private void runAll() {
    while (agenda.next() != Long.MAX_VALUE) {
      agenda.advance(agenda.next());
      agenda.runNext();
    }
  }
}
