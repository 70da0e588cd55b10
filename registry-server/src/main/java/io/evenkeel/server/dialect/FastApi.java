package io.evenkeel.server.dialect;

import io.evenkeel.server.web.ErrorStyle;
import io.evenkeel.server.web.Handler;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Listener;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Routes;
import io.vertx.core.Future;
import java.util.function.UnaryOperator;

/** Routing and refusals as FastAPI has them: 422 with details, 405, 307 for a trailing slash. */
final class FastApi implements Listener.Dialect {
  private final Routes routes = new Routes();
  private final UnaryOperator<Reply> stamp;

  /**
   * Without routes yet.
   *
   * @param stamp adds what every answer carries
   */
  FastApi(UnaryOperator<Reply> stamp) {
    this.stamp = stamp;
  }

  FastApi on(String method, String template, Handler handler) {
    routes.on(method, template, validated(handler));
    return this;
  }

  /** A route that needs no token. */
  FastApi open(String method, String template, Handler handler) {
    routes.open(method, template, validated(handler));
    return this;
  }

  private static Handler validated(Handler handler) {
    return request -> {
      try {
        return handler.handle(request).recover(FastApi::refused);
      } catch (Invalid | IllegalArgumentException thrown) {
        return refused(thrown);
      }
    };
  }

  private static Future<Reply> refused(Throwable error) {
    if (error instanceof Invalid invalid) {
      return Future.succeededFuture(invalid.reply());
    }
    return error instanceof IllegalArgumentException
        ? Future.succeededFuture(Invalid.value(String.valueOf(error.getMessage())).reply())
        : Future.failedFuture(error);
  }

  /** An answer that is known at once. */
  static Future<Reply> ok(com.fasterxml.jackson.databind.JsonNode document) {
    return Future.succeededFuture(Reply.json(200, document));
  }

  @Override
  public Routes routes() {
    return routes;
  }

  @Override
  public ErrorStyle style() {
    return (request, status, message) -> Reply.json(status, Json.object().put("detail", message));
  }

  @Override
  public boolean redirectsSlashes() {
    return true;
  }

  @Override
  public Reply stamped(Reply reply) {
    return stamp.apply(reply);
  }
}
