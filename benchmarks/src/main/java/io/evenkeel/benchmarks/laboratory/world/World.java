package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.loadbalancer.endpoint.RotationOptions;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One run of one scenario: clients with a rotation, a strategy and health of their own each, and
 * the servers. The loop takes the earliest of what is due: a task, a request that begins, reaches
 * its server, is finished, is answered, or whose time is over. Traffic, disturbances and every
 * client draw from generators of their own, so all strategies meet the same requests and the same
 * weather.
 */
public final class World {
  /** How long a server that fails takes to say so. */
  private static final long FAILING_NANOS = 1_000_000;

  private final Scenario scenario;
  private final RandomGenerator traffic;
  private final RandomGenerator weather;
  private final Agenda agenda = new Agenda();
  private final Requests requests = new Requests();
  private final Departures departures;
  private final Fleet fleet;
  private final Rotation[] clients;
  private final DelayLine toServers;
  private final DelayLine toClients;
  private final DelayLine failing = new DelayLine(FAILING_NANOS);
  private final DelayLine deadlines;
  private final double meanGap; // nanoseconds between arrivals at the highest rate
  private final Outcome refused = Outcome.unreachable(new ConnectException("refused"));
  private final Outcome failed = Outcome.failure(null);

  private long now;
  private long nextArrival;

  private World(Scenario scenario, long seed) {
    if (scenario.roundTrip().compareTo(scenario.deadline()) >= 0) {
      throw new IllegalArgumentException(
          "roundTrip: " + scenario.roundTrip() + " (expected: less than the deadline)");
    }
    RandomGenerator seeds = Randomness.seeded(seed);
    this.scenario = scenario;
    this.traffic = Randomness.seeded(seeds.nextLong());
    this.weather = Randomness.seeded(seeds.nextLong());
    this.departures = new Departures(scenario.servers());
    this.fleet = new Fleet(scenario, requests, departures);
    this.clients = new Rotation[scenario.clients()];
    this.toServers = new DelayLine(scenario.roundTrip().toNanos() / 2);
    this.toClients = new DelayLine(scenario.roundTrip().toNanos() / 2);
    this.deadlines = new DelayLine(scenario.deadline().toNanos());
    this.meanGap = 1 / scenario.peak();
  }

  /** A world that has not begun. */
  public static World of(
      Scenario scenario, StrategySource strategies, EjectionOptions ejection, long seed) {
    World world = new World(scenario, seed);
    RandomGenerator seeds = Randomness.seeded(~seed);
    for (int i = 0; i < world.clients.length; i++) {
      RandomGenerator own = Randomness.seeded(seeds.nextLong());
      world.clients[i] =
          Rotation.over(
              RotationOptions.of(strategies.create(world, own)).withEjection(ejection),
              world.agenda,
              own,
              () -> {});
    }
    world.publish();
    return world;
  }

  /** The time and the timers of this world. */
  public Scheduler scheduler() {
    return agenda;
  }

  Agenda agenda() {
    return agenda;
  }

  Fleet fleet() {
    return fleet;
  }

  Scenario scenario() {
    return scenario;
  }

  /**
   * Lets it run through a time that is not measured, a window that is, and until all is answered.
   */
  public Measurement run(Duration before, Duration window) {
    long opens = before.toNanos();
    Measurement measurement = new Measurement(opens, opens + window.toNanos(), fleet.size());
    Stage stage = new Stage(this, opens);
    for (Disturbance disturbance : scenario.disturbances()) {
      disturbance.begin(stage, Randomness.seeded(weather.nextLong()));
    }
    awaitArrival();
    while (!measurement.isComplete(now)) {
      step(measurement);
    }
    return measurement;
  }

  private void step(Measurement measurement) {
    long server = Math.min(toServers.next(), departures.next());
    long client = Math.min(toClients.next(), nextArrival);
    long rare = Math.min(agenda.next(), Math.min(deadlines.next(), failing.next()));
    now = Math.min(server, Math.min(client, rare));
    agenda.advance(now);
    if (now == rare) {
      rareStep(measurement);
    } else if (now == toServers.next()) {
      reachServer(toServers.poll());
    } else if (now == departures.next()) {
      long request = fleet.server(departures.server()).release(now);
      leaveServer(request);
      answer(request, Outcome.success());
    } else if (now == toClients.next()) {
      long request = toClients.poll();
      if (requests.isOpen(request)) {
        end(request, requests.outcome[Requests.row(request)], measurement);
      }
    } else {
      arrive(measurement);
    }
  }

  private void rareStep(Measurement measurement) {
    if (now == agenda.next()) {
      agenda.runNext();
    } else if (now == failing.next()) {
      answer(failing.poll(), failed);
    } else {
      expire(deadlines.poll(), measurement);
    }
  }

  /** Tells every client the list as it is now. */
  void publish() {
    List<ServiceInstance> instances = List.copyOf(fleet.instances());
    for (Rotation client : clients) {
      client.accept(instances);
    }
  }

  private void awaitArrival() {
    do {
      nextArrival += Math.max(1, (long) (meanGap * Work.exponential(traffic)));
    } while (traffic.nextDouble() >= scenario.shareOfPeak(nextArrival));
  }

  private void arrive(Measurement measurement) {
    Rotation client = clients[traffic.nextInt(clients.length)];
    double work = scenario.work().draw(traffic);
    awaitArrival();
    LiveEndpoint endpoint = client.pick(PickContext.NONE);
    if (endpoint == null) {
      measurement.nowhere(now);
      return;
    }
    long request = requests.open();
    int row = Requests.row(request);
    int server = fleet.indexOf(endpoint);
    requests.endpoint[row] = endpoint;
    requests.server[row] = server;
    requests.work[row] = work;
    requests.start[row] = now;
    requests.inside[row] = false;
    requests.token[row] = endpoint.begin();
    fleet.server(server).expect();
    measurement.begin(now, server);
    toServers.add(now, request);
    deadlines.add(now, request);
  }

  private void reachServer(long request) {
    if (!requests.isOpen(request)) {
      return;
    }
    int row = Requests.row(request);
    Server server = fleet.server(requests.server[row]);
    server.arrived();
    switch (server.mode()) {
      case SERVING -> {
        requests.inside[row] = true;
        server.admit(request, requests.work[row], now);
      }
      case FAILING -> failing.add(now, request);
      case REFUSING -> answer(request, refused);
      case SILENT -> {}
    }
  }

  void leaveServer(long request) {
    requests.inside[Requests.row(request)] = false;
  }

  void answer(long request, Outcome outcome) {
    if (requests.isOpen(request)) {
      requests.outcome[Requests.row(request)] = outcome;
      toClients.add(now, request);
    }
  }

  /** The client gives up, and with it the server: the deadline travels with the request. */
  private void expire(long request, Measurement measurement) {
    if (requests.isOpen(request)) {
      int row = Requests.row(request);
      boolean inside = requests.inside[row];
      end(request, Outcome.timeout(), measurement);
      if (inside) {
        fleet.server(requests.server[row]).giveUp(now);
      }
    }
  }

  private void end(long request, Outcome outcome, Measurement measurement) {
    int row = Requests.row(request);
    requests.endpoint[row].end(requests.token[row], outcome);
    measurement.end(requests.start[row], now, outcome);
    requests.close(request);
  }
}
