package io.evenkeel.vertx;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicBoolean;

/** Never answers the first request, and all others with 200. */
final class FirstIsSilent implements Handler<HttpServerRequest> {
  private final AtomicBoolean cameOne = new AtomicBoolean();

  @Override
  public void handle(HttpServerRequest request) {
    if (cameOne.getAndSet(true)) {
      request.response().end();
    }
  }
}
