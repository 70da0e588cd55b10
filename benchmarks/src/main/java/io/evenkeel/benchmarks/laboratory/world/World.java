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
import org.jspecify.annotations.Nullable;

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

  private static final long PROBES = 0x5DEECE66DL; // so that probes draw as nothing else does

  private final Scenario scenario;
  private final Arrivals arrivals;
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
  private final Watchman watchman;
  private final Outcome refused = Outcome.unreachable(new ConnectException("refused"));
  private final Outcome failed = Outcome.failure(null);

  private @Nullable Reports reports; // where somebody looks at them
  private long now;

  private World(Scenario scenario, long seed) {
    RandomGenerator seeds = Randomness.seeded(seed);
    this.scenario = scenario;
    this.arrivals = Arrivals.of(scenario, Randomness.seeded(seeds.nextLong()));
    this.weather = Randomness.seeded(seeds.nextLong());
    this.departures = new Departures(scenario.machines().count());
    this.fleet = new Fleet(scenario.machines(), requests, departures);
    this.clients = new Rotation[scenario.clients().count()];
    Wire wire = scenario.wire();
    this.toServers = new DelayLine(wire.roundTrip().toNanos() / 2);
    this.toClients = new DelayLine(wire.roundTrip().toNanos() / 2);
    this.deadlines = new DelayLine(wire.deadline().toNanos());
    this.watchman = new Watchman(agenda, requests, clients);
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
    if (ejection.maxShare() > 0) {
      world.watchman.start(world::repeat);
    }
    return world;
  }

  /**
   * Has servers say how loaded they are, with each answer and to those who ask; before it runs.
   *
   * @param probes how many servers a client asks with each request
   */
  public World reporting(double probes, long seed) {
    reports = new Reports(this, requests, probes, Randomness.seeded(seed ^ PROBES));
    return this;
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

  Rotation[] clients() {
    return clients;
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
    Stage stage = new SimulatedStage(this, opens);
    for (Disturbance disturbance : scenario.disturbances()) {
      disturbance.begin(stage, Randomness.seeded(weather.nextLong()));
    }
    arrivals.advance();
    while (!measurement.isComplete(now)) {
      step(measurement);
    }
    return measurement;
  }

  private void step(Measurement measurement) {
    long server = Math.min(toServers.next(), departures.next());
    long client = Math.min(toClients.next(), arrivals.time());
    long rare = Math.min(agenda.next(), Math.min(deadlines.next(), failing.next()));
    now = Math.min(server, Math.min(client, rare));
    agenda.advance(now);
    if (now == rare) {
      rareStep(measurement);
    } else if (now == toServers.next()) {
      reachServer(toServers.poll());
    } else if (now == departures.next()) {
      long request = fleet.server(departures.server()).release(now);
      answerFromServer(request, Outcome.success());
      leaveServer(request);
    } else if (now == toClients.next()) {
      long request = toClients.poll();
      if (requests.isOpen(request)) {
        if (reports != null) {
          reports.heard(request);
        }
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
      answerFromServer(failing.poll(), failed);
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

  private void arrive(Measurement measurement) {
    int client = arrivals.client();
    if (reports != null) {
      reports.requested(client);
    }
    double work = arrivals.work();
    arrivals.advance();
    LiveEndpoint endpoint = clients[client].pick(PickContext.NONE);
    if (endpoint == null) {
      measurement.nowhere(now);
      return;
    }
    long request = requests.open();
    int row = Requests.row(request);
    requests.work[row] = work;
    requests.client[row] = client;
    requests.start[row] = now;
    measurement.begin(now, fleet.indexOf(endpoint));
    deadlines.add(now, request);
    send(request, endpoint);
  }

  private void send(long request, LiveEndpoint endpoint) {
    int row = Requests.row(request);
    int server = fleet.indexOf(endpoint);
    requests.endpoint[row] = endpoint;
    requests.server[row] = server;
    requests.begun[row] = now;
    requests.inside[row] = false;
    requests.measured[row] = null;
    requests.report[row] = null;
    requests.token[row] = endpoint.begin();
    fleet.server(server).expect();
    toServers.add(now, request);
    watchman.begun(request);
  }

  /**
   * A request that waits for a server that answers nothing any more begins elsewhere, if it can.
   */
  private boolean repeat(long request) {
    int row = Requests.row(request);
    LiveEndpoint[] tried = {requests.endpoint[row]};
    LiveEndpoint other = clients[requests.client[row]].pickOther(PickContext.NONE, null, tried, 1);
    if (other == null || other == tried[0] || requests.inside[row]) {
      return false;
    }
    tried[0].end(requests.token[row], Outcome.timeout(), requests.begun[row], now);
    send(request, other);
    return true;
  }

  private void reachServer(long request) {
    if (!requests.isOpen(request)) {
      return;
    }
    int row = Requests.row(request);
    Server server = fleet.server(requests.server[row]);
    server.arrived();
    boolean works = server.mode() == Server.Mode.SERVING || server.mode() == Server.Mode.FAILING;
    if (reports != null && works) {
      reports.begin(request);
    }
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
    if (reports != null) {
      reports.gone(request);
    }
  }

  /** A new process is in a server's place. */
  void restart(int server) {
    if (reports != null) {
      reports.restart(server);
    }
  }

  private void answerFromServer(long request, Outcome outcome) {
    if (reports != null && requests.isOpen(request)) {
      reports.answered(request, !outcome.isSuccess());
    }
    answer(request, outcome);
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
      if (reports != null) {
        reports.gone(request);
      }
      end(request, Outcome.timeout(), measurement);
      if (inside) {
        fleet.server(requests.server[row]).giveUp(request, now);
      }
    }
  }

  private void end(long request, Outcome outcome, Measurement measurement) {
    int row = Requests.row(request);
    requests.endpoint[row].end(requests.token[row], outcome, requests.begun[row], now);
    measurement.end(requests.start[row], now, outcome);
    requests.close(request);
  }
}
