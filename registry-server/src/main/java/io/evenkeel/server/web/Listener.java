package io.evenkeel.server.web;

import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.WireHeaders;
import io.evenkeel.time.TimeSource;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One port: routes a request, asks who sends it, reads its body within bounds, and answers in the
 * dialect's words whatever happens. The body is read only when the route and the caller are known.
 * Event loop only.
 */
public final class Listener {
  private static final System.Logger LOG = System.getLogger(Listener.class.getName());
  private static final int MAX_BODY = 256 * 1024;
  private static final Duration BODY_DEADLINE = Duration.ofSeconds(10);

  private final String name;
  private final Vertx vertx;
  private final Routes routes;
  private final ErrorStyle style;
  private final Access access;
  private final Connections connections;
  private final HttpServer server;

  /** A listener that does not listen yet. */
  public Listener(
      String name, Vertx vertx, HttpServerOptions options, Dialect dialect, Access access) {
    this.name = name;
    this.vertx = vertx;
    this.routes = dialect.routes();
    this.style = dialect.style();
    this.access = access;
    this.connections = new Connections(vertx, TimeSource.system());
    this.server =
        vertx
            .createHttpServer(options)
            .connectionHandler(connections::opened)
            .requestHandler(this::received);
  }

  /** What a listener serves. */
  public interface Dialect {
    /** Its paths. */
    Routes routes();

    /** How it words a refusal. */
    ErrorStyle style();
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

  /** Takes no more connections, and closes when those that are under way have been answered. */
  public Future<Void> close(Duration patience) {
    connections.close();
    return server.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void received(HttpServerRequest http) {
    connections.began(http.connection());
    http.response().endHandler(ended -> connections.ended(http.connection()));
    Promise<Void> gone = Promise.promise();
    http.response().closeHandler(closed -> gone.tryComplete());
    Request bare = new Request(http, Map.of(), http.params(), "", Buffer.buffer(), gone.future());
    try {
      Routes.Match match = routes.match(http.method().name(), http.path());
      Routes.Route route = match.route();
      if (route == null) {
        refuse(bare, notRouted(match));
        return;
      }
      String owner = route.open() ? "" : authorised(http);
      body(http)
          .compose(
              body ->
                  route
                      .handler()
                      .handle(
                          new Request(
                              http, match.variables(), http.params(), owner, body, gone.future())))
          .onComplete(reply -> send(http.response(), reply), error -> refuse(bare, error));
    } catch (RuntimeException thrown) {
      refuse(bare, thrown);
    }
  }

  private static Refusal notRouted(Routes.Match match) {
    return match.allowed().isEmpty()
        ? new Refusal(404, "Not Found")
        : new Refusal(
            405, "Method Not Allowed", Map.of("Allow", String.join(",", match.allowed())));
  }

  private String authorised(HttpServerRequest http) {
    Optional<String> owner = access.owner(http);
    if (owner.isEmpty() && access.hasToken(http)) {
      throw new Refusal(403, "Permission denied");
    }
    return owner.orElseThrow(
        () -> new Refusal(401, "a token is required", Map.of("WWW-Authenticate", "Bearer")));
  }

  private Future<Buffer> body(HttpServerRequest http) {
    if (http.getHeader("Content-Encoding") != null) {
      return Future.failedFuture(new Refusal(415, "Content-Encoding is not supported"));
    }
    String length = http.getHeader("Content-Length");
    if (length != null && isTooLong(length)) {
      return Future.failedFuture(tooLarge());
    }
    if (length == null && http.getHeader("Transfer-Encoding") == null) {
      return Future.succeededFuture(Buffer.buffer());
    }
    Promise<Buffer> promise = Promise.promise();
    Buffer collected = Buffer.buffer();
    long timer =
        vertx.setTimer(
            BODY_DEADLINE.toMillis(),
            late -> promise.tryFail(new Refusal(408, "the body did not arrive in time")));
    http.handler(
        chunk -> {
          if (collected.length() + chunk.length() > MAX_BODY) {
            promise.tryFail(tooLarge());
          } else {
            collected.appendBuffer(chunk);
          }
        });
    http.exceptionHandler(promise::tryFail);
    http.endHandler(end -> promise.tryComplete(collected));
    return promise.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private static boolean isTooLong(String length) {
    return length.length() > 6 || Long.parseLong(length) > MAX_BODY; // Netty has seen to digits
  }

  private static Refusal tooLarge() {
    return new Refusal(413, "the body is too large (expected: at most " + MAX_BODY + " bytes)");
  }

  private void refuse(Request request, Throwable error) {
    Refusal refusal = refusal(error);
    Reply reply = style.refusal(request, refusal.status(), String.valueOf(refusal.getMessage()));
    for (Map.Entry<String, String> header : refusal.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    HttpServerRequest http = request.http();
    if (http.isEnded()) {
      send(http.response(), reply);
    } else { // what is left of the body is not read: nothing more can come on this connection
      send(http.response(), reply.with("Connection", "close"))
          .onComplete(sent -> http.connection().close());
    }
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
    LOG.log(Level.ERROR, () -> name + ": a defect while answering", error);
    return new Refusal(500, "internal error");
  }

  private static String message(Throwable error) {
    return String.valueOf(error.getMessage());
  }

  private static Future<Void> send(HttpServerResponse response, Reply reply) {
    if (response.closed() || response.ended()) {
      return Future.succeededFuture(); // the client has gone; nobody is left to tell
    }
    response.setStatusCode(reply.status());
    reply.headers().forEach(response::putHeader);
    if (!reply.contentType().isEmpty()) {
      response.putHeader("Content-Type", reply.contentType());
    }
    return response.end(reply.body());
  }
}
