package io.evenkeel.benchmarks.forreal;

import io.evenkeel.benchmarks.laboratory.world.Machines;
import io.evenkeel.benchmarks.laboratory.world.Server.Mode;
import io.evenkeel.benchmarks.laboratory.world.SharedCores;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine, and the HTTP server that runs on it now. A request says in its query how many
 * core-nanoseconds it costs; it is answered when the machine's shared cores would have done them.
 * Nothing is computed meanwhile. All of it on the servers' event loop.
 */
final class RealServer {
  /** The header that says which machine answered. */
  static final String INDEX = "x-server";

  private static final long FAILING_NANOS = 1_000_000;

  private final int index;
  private final Site site;
  private final TimeSource time;
  private final SharedCores cores;
  private final Map<Long, HttpServerResponse> inside = new HashMap<>();

  private Mode mode = Mode.SERVING;
  private @Nullable HttpServer http;
  private Runnable callOff = () -> {}; // the next release

  RealServer(int index, Machines machines, Site site, TimeSource time) {
    this.index = index;
    this.site = site;
    this.time = time;
    this.cores = SharedCores.of(machines, index, time.nanoTime());
  }

  /** Starts a process; completes with its port. */
  Future<Integer> listen() {
    HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0);
    HttpServer server = site.vertx().createHttpServer(options).requestHandler(this::handle);
    http = server;
    return server.listen().map(HttpServer::actualPort);
  }

  private void handle(HttpServerRequest request) {
    HttpServerResponse response = request.response().putHeader(INDEX, Integer.toString(index));
    switch (mode) {
      case SERVING -> admit(Double.parseDouble(request.query()), response);
      case FAILING -> site.in(FAILING_NANOS, () -> response.setStatusCode(500).end());
      case REFUSING -> request.connection().close();
      case SILENT -> {}
    }
  }

  private void admit(double work, HttpServerResponse response) {
    long request = cores.admit(work, time.nanoTime());
    inside.put(request, response);
    response.closeHandler(gone -> giveUp(request));
    reschedule();
  }

  private void giveUp(long request) {
    if (inside.remove(request) != null) {
      cores.giveUp(request, time.nanoTime());
      reschedule();
    }
  }

  private void releaseDue() {
    for (long now = time.nanoTime(); cores.next() <= now; now = time.nanoTime()) {
      HttpServerResponse response = inside.remove(cores.release(now));
      if (response != null && !response.closed()) {
        response.end();
      }
    }
    reschedule();
  }

  private void reschedule() {
    callOff.run();
    long next = cores.next();
    if (next != Long.MAX_VALUE) {
      callOff = site.in(next - time.nanoTime(), this::releaseDue);
    }
  }

  void setCores(double value) {
    cores.setCores(value, time.nanoTime());
    reschedule();
  }

  void setSpeed(double value) {
    cores.setSpeed(value, time.nanoTime());
    reschedule();
  }

  void setMode(Mode value) {
    mode = value;
  }

  /** The process ends with all it has; a silent one keeps its connections and says nothing. */
  Future<Void> crash(Mode next) {
    mode = next;
    List.copyOf(inside.keySet()).forEach(this::giveUp);
    HttpServer server = http;
    if (server == null || next == Mode.SILENT) {
      return Future.succeededFuture();
    }
    http = null;
    return server.close();
  }
}
