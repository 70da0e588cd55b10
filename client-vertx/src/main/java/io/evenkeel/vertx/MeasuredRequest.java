package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.load.LoadMeter;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.HttpServerRequestInternal;
import io.vertx.core.internal.http.HttpServerRequestWrapper;
import io.vertx.core.net.NetSocket;

/** A request to a server whose answer is measured. */
final class MeasuredRequest extends HttpServerRequestWrapper {
  private final LoadMeter.Request measured;
  private final HttpServerResponse response;

  MeasuredRequest(HttpServerRequestInternal request, LoadMeter.Request measured) {
    super(request);
    this.measured = measured;
    this.response = MeasuredResponse.of(request.response(), measured);
  }

  @Override
  public HttpServerResponse response() {
    return response;
  }

  @Override
  public Future<NetSocket> toNetSocket() {
    measured.giveUp();
    return super.toNetSocket();
  }

  @Override
  public Future<ServerWebSocket> toWebSocket() {
    measured.giveUp();
    return super.toWebSocket();
  }
}
