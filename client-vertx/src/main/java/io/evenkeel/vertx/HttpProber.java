package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.load.LoadHeader;
import io.evenkeel.loadbalancer.probe.Prober;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.LoadReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Asks by a GET whose answer has the load report in its header. It has a connection of its own to
 * each instance, so that a probe does not wait behind requests.
 */
final class HttpProber implements Prober {
  private static final int WAITING = 4; // probes for the one connection

  private final HttpClientAgent client;
  private final String path;
  private final LoadReader reader;

  private HttpProber(HttpClientAgent client, String path, LoadReader reader) {
    this.client = client;
    this.path = path;
    this.reader = reader;
  }

  static HttpProber of(Vertx vertx, HttpClientOptions options, String path, LoadReader reader) {
    PoolOptions one =
        new PoolOptions().setHttp1MaxSize(1).setHttp2MaxSize(1).setMaxWaitQueueSize(WAITING);
    HttpClientAgent client = vertx.httpClientBuilder().with(options).with(one).build();
    return new HttpProber(client, path, reader);
  }

  @Override
  public CompletionStage<LoadReport> probe(ServiceInstance instance, Duration deadline) {
    long half = Math.max(1, deadline.toMillis() / 2); // for the connection, and for the answer
    RequestOptions options =
        new RequestOptions()
            .setHost(instance.host())
            .setPort(instance.port())
            .setSsl("https".equals(instance.scheme()))
            .setURI(path)
            .setTimeout(half);
    return client
        .request(options)
        .compose(HttpClientRequest::send)
        .compose(response -> read(response, instance))
        .toCompletionStage();
  }

  private Future<LoadReport> read(HttpClientResponse response, ServiceInstance instance) {
    String header = response.getHeader(LoadHeader.NAME);
    LoadReport report = reader.read(header, instance.id());
    if (report != null) {
      return Future.succeededFuture(report);
    }
    return Future.failedFuture(
        "GET "
            + path
            + ": "
            + response.statusCode()
            + (header == null ? " without " + LoadHeader.NAME : " with one that cannot be read"));
  }

  Future<Void> close() {
    return client.close();
  }
}
