package io.evenkeel.samples;

import io.evenkeel.vertx.BalancedWebClient;
import io.evenkeel.vertx.Session;
import io.evenkeel.vertx.Stickiness;
import io.vertx.core.http.HttpServerRequest;

/** Forwards the requests of one user to one instance. */
public final class StickyGateway {
  private final BalancedWebClient client;
  private final Stickiness stickiness = Stickiness.cookie("SHOP");

  /** A gateway to the service {@code shop}. */
  public StickyGateway(BalancedWebClient client) {
    this.client = client;
  }

  /** Handles one request. */
  public void forward(HttpServerRequest incoming) {
    // README: sessions
    Session session = stickiness.of(incoming); // Stickiness.cookie("SHOP")
    client
        .get("shop", incoming.uri())
        .session(session)
        .send()
        .onSuccess(
            answer -> {
              session.cookie().ifPresent(incoming.response()::addCookie);
              incoming.response().setStatusCode(answer.statusCode()).end(answer.bodyAsBuffer());
            })
        .onFailure(error -> incoming.response().setStatusCode(502).end());
    // README: end
  }
}
