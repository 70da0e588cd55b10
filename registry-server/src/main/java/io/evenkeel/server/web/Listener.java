package io.evenkeel.server.web;

import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.WireHeaders;
import io.evenkeel.time.TimeSource;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One port: routes a request, asks who sends it, reads its body within bounds, and answers in the
 * dialect's words whatever happens. The body is read only when the route and the caller are known.
 * Event loop only.
 */
public final class Listener {
  private static final System.Logger LOG = System.getLogger(Listener.class.getName());

  private final Setup setup;
  private final Dialect dialect;
  private final Routes routes;
  private final Connections connections;
  private final Bodies bodies;
  private final TimeSource time = TimeSource.system();
  private final HttpServer server;

  /** A listener that does not listen yet. */
  public Listener(Vertx vertx, Setup setup, Dialect dialect) {
    this.setup = setup;
    this.dialect = dialect;
    this.routes = dialect.routes();
    this.bodies = new Bodies(vertx);
    this.connections = new Connections(vertx, time, setup.bounds());
    this.server =
        vertx
            .createHttpServer(setup.http())
            .connectionHandler(connections::opened)
            .requestHandler(this::received);
  }

  /**
   * What a listener is made of beside its dialect.
   *
   * @param name of the listener, in logs
   */
  public record Setup(
      String name, HttpServerOptions http, Access access, Meter meter, Bounds bounds) {}

  /** Is told of every answer. */
  @FunctionalInterface
  public interface Meter {
    /** A request was answered; its method is whatever the client sent. */
    void answered(String method, int status, long nanos);
  }

  /** What a listener serves. */
  public interface Dialect {
    /** Its paths. */
    Routes routes();

    /** How it words a refusal. */
    ErrorStyle style();

    /** Whether a path with a slash too many or too few is redirected. */
    default boolean redirectsSlashes() {
      return false;
    }

    /** The answer with what every answer of the dialect carries. */
    default Reply stamped(Reply reply) {
      return reply;
    }
  }

  /** Binds; completes with the address that was taken. */
  public Future<SocketAddress> listen(SocketAddress address) {
    return server
        .listen(address)
        .map(bound -> SocketAddress.inetSocketAddress(bound.actualPort(), address.host()));
  }

  /** How many connections are open. */
  public int connections() {
    return connections.count();
  }

  /** How many were closed as soon as they were open, since their client had too many. */
  public int refusedConnections() {
    return connections.refused();
  }

  /** Takes no more connections, and closes when those that are under way have been answered. */
  public Future<Void> close(Duration patience) {
    connections.close();
    return server.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void received(HttpServerRequest http) {
    if (connections.refuses(http.connection())) {
      http.connection().close();
      return;
    }
    long began = time.nanoTime();
    Promise<Void> gone = Promise.promise();
    http.response().closeHandler(closed -> gone.tryComplete());
    http.response().exceptionHandler(broken -> gone.tryComplete());
    serve(http, gone.future())
        .otherwise(error -> refused(http, error))
        .map(dialect::stamped)
        .onSuccess(reply -> send(http, reply, began))
        .onFailure(
            defect -> {
              LOG.log(
                  Level.ERROR,
                  () -> setup.name() + ": no words for a refusal",
                  Printable.of(defect));
              http.connection().close();
            });
  }

  /** What is held while the answer waits is the least there can be: thousands may wait. */
  private Future<Reply> serve(HttpServerRequest http, Future<Void> gone) {
    try {
      Routes.Match match = routes.match(http.method().name(), path(http));
      Routes.Route route = match.route();
      if (route == null) {
        return Future.failedFuture(notRouted(http, match));
      }
      Map<String, List<String>> query = new QueryStringDecoder(http.uri()).parameters();
      String owner = route.open() ? "" : authorised(http);
      Function<Buffer, Future<Reply>> handle =
          body ->
              route
                  .handler()
                  .handle(new Request(http, match.variables(), query, owner, body, gone));
      return Bodies.isAnnounced(http)
          ? bodies.read(http, connections.left(http.connection())).compose(handle)
          : handle.apply(Buffer.buffer());
    } catch (RuntimeException thrown) {
      return Future.failedFuture(thrown);
    }
  }

  private static String path(HttpServerRequest http) {
    String path = http.path();
    if (path == null || !path.startsWith("/")) {
      throw new Refusal(400, "the request target is no path");
    }
    return path;
  }

  private Refusal notRouted(HttpServerRequest http, Routes.Match match) {
    if (!match.allowed().isEmpty()) {
      return new Refusal(
          405, "Method Not Allowed", Map.of("Allow", String.join(", ", match.allowed())));
    }
    String path = String.valueOf(http.path());
    String other = path.endsWith("/") ? path.replaceAll("/+$", "") : path + "/";
    if (dialect.redirectsSlashes() && other.startsWith("/") && routes.leadSomewhere(other)) {
      Request request = bare(http);
      return new Refusal(307, "", Map.of("Location", request.origin() + other + request.shown()));
    }
    return new Refusal(404, "Not Found");
  }

  private String authorised(HttpServerRequest http) {
    Optional<String> owner = setup.access().owner(http);
    if (owner.isEmpty() && setup.access().hasToken(http)) {
      throw new Refusal(403, "Permission denied");
    }
    return owner.orElseThrow(
        () -> new Refusal(401, "a token is required", Map.of("WWW-Authenticate", "Bearer")));
  }

  private static Request bare(HttpServerRequest http) {
    return new Request(http, Map.of(), Map.of(), "", Buffer.buffer(), Future.succeededFuture());
  }

  private Reply refused(HttpServerRequest http, Throwable error) {
    Refusal refusal = refusal(error);
    Reply reply =
        refusal.status() < 400
            ? Reply.empty(refusal.status())
            : dialect
                .style()
                .refusal(bare(http), refusal.status(), String.valueOf(refusal.getMessage()));
    for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }

  private Refusal refusal(Throwable error) {
    if (error instanceof Refusal refusal) {
      return refusal;
    }
    if (error instanceof RegistryException.Superseded superseded) {
      return new Refusal(
          409, message(error), Map.of(WireHeaders.INCARNATION, Long.toString(superseded.holder())));
    }
    if (error instanceof RegistryException.Rejected || error instanceof IllegalArgumentException) {
      return new Refusal(400, message(error));
    }
    if (error instanceof RegistryException) {
      return new Refusal(503, message(error), Map.of("Retry-After", "1"));
    }
    LOG.log(Level.ERROR, () -> setup.name() + ": a defect while answering", Printable.of(error));
    return new Refusal(500, "internal error");
  }

  private static String message(Throwable error) {
    return String.valueOf(error.getMessage());
  }

  private void send(HttpServerRequest http, Reply reply, long began) {
    setup.meter().answered(http.method().name(), reply.status(), time.nanoTime() - began);
    connections.answering(http.connection());
    write(http, reply).onComplete(sent -> connections.ended(http.connection()));
  }

  private Future<Void> write(HttpServerRequest http, Reply reply) {
    HttpServerResponse response = http.response();
    if (response.closed() || response.ended()) {
      return Future.succeededFuture(); // the client has gone; nobody is left to tell
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    if (!reply.contentType().isEmpty()) {
      response.putHeader("Content-Type", reply.contentType());
    }
    if (!Bodies.isUnread(http)) {
      return response.end(reply.body());
    }
    response.putHeader("Connection", "close");
    Future<Void> written = response.end(reply.body());
    bodies.closeSoon(http);
    return written;
  }
}
