package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.loadbalancer.load.LoadMeter;
import io.evenkeel.loadbalancer.probe.ProbeOptions;
import io.evenkeel.loadbalancer.probe.Probing;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.time.Randomness;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * What the servers of a world say of their load, measured and probed by the real classes: with each
 * answer, and to those who ask, after the time on the wire. A server that fails answers probes as
 * if nothing were; one that refuses or is silent does so to probes too.
 */
final class Reports {
  private static final int UNBOUNDED = 1_000_000; // a second

  private final Agenda agenda;
  private final Fleet fleet;
  private final Requests requests;
  private final Duration oneWay;
  private final LoadMeter[] meters; // by server
  private final Probing[] clients;

  /**
   * Of a world.
   *
   * @param perRequest how many servers each client asks with each request
   * @param random of all clients
   */
  Reports(World world, Requests requests, double perRequest, RandomGenerator random) {
    this.agenda = world.agenda();
    this.fleet = world.fleet();
    this.requests = requests;
    this.oneWay = world.scenario().wire().roundTrip().dividedBy(2);
    this.meters = new LoadMeter[fleet.size()];
    for (int i = 0; i < meters.length; i++) {
      restart(i);
    }
    ProbeOptions options =
        ProbeOptions.defaults().withPerRequest(perRequest).withMaxPerSecond(UNBOUNDED);
    Rotation[] rotations = world.clients();
    this.clients = new Probing[rotations.length];
    for (int i = 0; i < clients.length; i++) {
      RandomGenerator own = Randomness.seeded(random.nextLong());
      clients[i] = Probing.of(this::probe, options, rotations[i], agenda, own);
    }
  }

  /** A new process is in the server's place. */
  void restart(int server) {
    meters[server] = LoadMeter.create(agenda);
  }

  /** A client begins a request. */
  void requested(int client) {
    clients[client].requested();
  }

  /** A request has reached its server. */
  void begin(long request) {
    int row = Requests.row(request);
    requests.measured[row] = meters[requests.server[row]].begin();
  }

  /** The server has answered it, and says how it is without it. */
  void answered(long request, boolean failed) {
    int row = Requests.row(request);
    LoadMeter.Request measured = requests.measured[row];
    if (measured != null) {
      measured.end(failed);
      requests.report[row] = meters[requests.server[row]].report();
    }
  }

  /** The server does not work on it any more. */
  void gone(long request) {
    LoadMeter.Request measured = requests.measured[Requests.row(request)];
    if (measured != null) {
      measured.giveUp();
    }
  }

  /** The answer is with the client, and what it says of the server. */
  void heard(long request) {
    int row = Requests.row(request);
    LoadReport report = requests.report[row];
    if (report != null) {
      requests.endpoint[row].report(report);
    }
  }

  private CompletionStage<LoadReport> probe(ServiceInstance instance, Duration deadline) {
    CompletableFuture<LoadReport> answer = new CompletableFuture<>();
    int server = fleet.indexOf(instance);
    agenda.schedule(oneWay, () -> reach(server, answer));
    return answer;
  }

  private void reach(int server, CompletableFuture<LoadReport> answer) {
    Server.Mode mode = fleet.server(server).mode();
    if (mode == Server.Mode.SERVING || mode == Server.Mode.FAILING) {
      LoadReport report = meters[server].report();
      agenda.schedule(oneWay, () -> answer.complete(report));
    } else if (mode == Server.Mode.REFUSING) {
      agenda.schedule(oneWay, () -> answer.cancel(false));
    }
  }
}
