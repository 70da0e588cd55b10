package io.evenkeel.benchmarks.laboratory.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** One core of speed 1; times and work in nanoseconds. */
class SharedCoresTest {
  private final SharedCores cores = SharedCores.of(Machines.alike(1, 1), 0, 1_000);

  @Test
  void work_begins_when_it_comes_whatever_the_clock_said() {
    long request = cores.admit(100, 5_000);
    assertEquals(5_100, cores.next());
    assertEquals(request, cores.release(5_100));
    assertEquals(Long.MAX_VALUE, cores.next());
  }

  @Test
  void what_is_given_up_leaves_its_share_to_the_others() {
    cores.admit(100, 2_000);
    long second = cores.admit(100, 2_000);
    cores.giveUp(second, 2_100);
    assertEquals(2_150, cores.next());
  }

  @Test
  void what_is_done_cannot_be_given_up() {
    long request = cores.admit(100, 2_000);
    cores.release(2_100);
    cores.giveUp(request, 2_200);
    cores.admit(100, 2_300);
    assertEquals(2_400, cores.next());
  }
}
