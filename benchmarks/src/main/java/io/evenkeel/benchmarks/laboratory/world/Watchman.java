package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.endpoint.Rotation;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongPredicate;

/**
 * Does for every client what its calls do: compares endpoints once a second, says how long one is
 * waited for, and begins elsewhere, once, what waits for one that answers nothing any more.
 */
final class Watchman {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofMillis(20);

  private final Agenda agenda;
  private final Requests requests;
  private final Rotation[] clients;
  private final Deque<Long> open = new ArrayDeque<>();
  private boolean watching;

  Watchman(Agenda agenda, Requests requests, Rotation[] clients) {
    this.agenda = agenda;
    this.requests = requests;
    this.clients = clients;
  }

  void start(LongPredicate repeat) {
    watching = true;
    agenda.schedule(LOOK, this::look);
    agenda.schedule(SWEEP, () -> sweep(repeat));
  }

  void begun(long request) {
    if (watching) {
      open.add(request);
    }
  }

  private void look() {
    for (Rotation client : clients) {
      client.look();
    }
    agenda.schedule(LOOK, this::look);
  }

  private void sweep(LongPredicate repeat) {
    long now = agenda.nanoTime();
    for (int left = open.size(); left > 0; left--) {
      long request = open.remove();
      if (requests.isOpen(request)) {
        watch(request, now, repeat);
      }
    }
    agenda.schedule(SWEEP, () -> sweep(repeat));
  }

  private void watch(long request, long now, LongPredicate repeat) {
    int row = Requests.row(request);
    LiveEndpoint endpoint = requests.endpoint[row];
    long begun = requests.begun[row];
    long limit = clients[requests.client[row]].stallLimit();
    endpoint.awaits(begun, now, limit);
    boolean stranded = now - begun > limit && endpoint.isStalled() && begun == requests.start[row];
    if (!stranded || !repeat.test(request)) { // a repeated one has begun, and is watched as such
      open.add(request);
    }
  }
}
