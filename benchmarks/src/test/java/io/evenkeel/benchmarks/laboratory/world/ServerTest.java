package io.evenkeel.benchmarks.laboratory.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Times and work in nanoseconds. */
class ServerTest {
  private final Requests requests = new Requests();
  private final Departures departures = new Departures(1);
  private final double[] stretches = new double[1];
  private final Server server = new Server(0, 2, requests, departures, stretches);
  private final long first = requests.open();
  private final long second = requests.open();
  private final long third = requests.open();

  @BeforeEach
  void oneCore() {
    server.setSpeed(1, 0);
    server.setCores(1, 0);
  }

  @Test
  void a_core_is_shared_equally_from_when_the_second_comes() {
    server.admit(first, 100, 0);
    assertEquals(100, departures.next());
    server.admit(second, 100, 50);
    assertEquals(150, departures.next());
    assertEquals(first, server.release(150));
    assertEquals(200, departures.next());
    assertEquals(second, server.release(200));
    assertEquals(Long.MAX_VALUE, departures.next());
  }

  @Test
  void none_uses_more_than_one_core() {
    server.setCores(4, 0);
    server.admit(first, 100, 0);
    server.admit(second, 200, 0);
    assertEquals(100, departures.next());
  }

  @Test
  void what_was_given_up_is_not_worked_on() {
    server.admit(first, 100, 0);
    server.admit(second, 60, 0);
    requests.close(second);
    server.giveUp(second, 100); // each has got 50
    assertEquals(150, departures.next());
    assertEquals(first, server.release(150));
  }

  @Test
  void what_finds_no_thread_waits_its_turn() {
    server.setCores(4, 0);
    server.admit(first, 100, 0);
    server.admit(second, 200, 0);
    server.admit(third, 10, 0);
    assertEquals(first, server.release(100));
    assertEquals(110, departures.next());
    assertEquals(third, server.release(110));
    assertEquals(second, server.release(200));
  }

  @Test
  void what_was_given_up_while_it_waited_is_never_begun() {
    server.admit(first, 100, 0);
    server.admit(second, 100, 0);
    server.admit(third, 100, 0);
    requests.close(third);
    server.giveUp(third, 10);
    assertEquals(first, server.release(200));
    assertEquals(second, server.release(200));
    assertEquals(Long.MAX_VALUE, departures.next());
  }

  @Test
  void a_change_of_speed_counts_from_then_on() {
    server.admit(first, 100, 0);
    server.setSpeed(0.5, 60);
    assertEquals(140, departures.next());
    server.setCores(0, 80);
    assertEquals(Long.MAX_VALUE, departures.next());
    server.setCores(1, 1000);
    assertEquals(1060, departures.next());
  }

  @Test
  void what_is_dropped_is_named_once() {
    server.admit(first, 100, 0);
    server.admit(second, 100, 0);
    server.admit(third, 100, 0);
    List<Long> dropped = new ArrayList<>();
    server.drop(dropped::add, 10);
    assertEquals(List.of(first, second, third), dropped.stream().sorted().toList());
    assertEquals(Long.MAX_VALUE, departures.next());
  }

  @Test
  void the_oracle_sees_those_inside_those_coming_and_whether_anything_listens() {
    assertEquals(1, stretches[0]);
    server.admit(first, 100, 0);
    server.expect();
    assertEquals(3, stretches[0]);
    server.arrived();
    assertEquals(2, stretches[0]);
    server.setMode(Server.Mode.REFUSING);
    assertEquals(Double.POSITIVE_INFINITY, stretches[0]);
  }
}
