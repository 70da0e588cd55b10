package io.evenkeel.vertx;

import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.http.HttpClientInternal;
import io.vertx.core.internal.net.NetClientInternal;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.spi.metrics.Metrics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * An HTTP client that lets the {@link Exchange} of a request see its connection and its answer. All
 * else is the delegate's. It is a {@code HttpClientInternal} because a web client accepts nothing
 * less.
 */
final class ObservedHttpClient implements HttpClientInternal {
  private final HttpClientInternal delegate;
  private final Duration redirectTimeout;

  /** A client on which what a redirect leads to must answer within a time. */
  ObservedHttpClient(HttpClientInternal delegate, Duration redirectTimeout) {
    this.delegate = delegate;
    this.redirectTimeout = redirectTimeout;
  }

  @Override
  public Future<HttpClientRequest> request(RequestOptions options) {
    if (!(options.getServer() instanceof ExchangeAddress address)) {
      return followed(options);
    }
    Exchange exchange = address.exchange();
    if (!exchange.start()) {
      return Future.failedFuture(Exchange.tooLate());
    }
    return exchange.watch(
        connecting(new RequestOptions(options).setServer(address.socketAddress())));
  }

  /** A redirect's target has no exchange that could abandon it, so it has a time of its own. */
  private Future<HttpClientRequest> followed(RequestOptions options) {
    return connecting(new RequestOptions(options).setTimeout(redirectTimeout.toMillis()));
  }

  /** As the delegate's request, which throws when it is closed. */
  private Future<HttpClientRequest> connecting(RequestOptions options) {
    try {
      return delegate.request(options);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  @Override
  public Future<Void> shutdown(long timeout, TimeUnit unit) {
    return delegate.shutdown(timeout, unit);
  }

  @Override
  public void close(Completable<Void> completion) {
    delegate.close(completion);
  }

  @Override
  public Future<Void> closeFuture() {
    return delegate.closeFuture();
  }

  @Override
  public Future<HttpClientConnection> connect(HttpConnectOptions options) {
    return delegate.connect(options);
  }

  @Override
  public Future<Boolean> updateSSLOptions(ClientSSLOptions options, boolean force) {
    return delegate.updateSSLOptions(options, force);
  }

  @Override
  public VertxInternal vertx() {
    return delegate.vertx();
  }

  @Override
  public Function<HttpClientResponse, Future<RequestOptions>> redirectHandler() {
    return delegate.redirectHandler();
  }

  @Override
  public HttpClientOptions options() {
    return delegate.options();
  }

  @Override
  public NetClientInternal netClient() {
    return delegate.netClient();
  }

  @Override
  public boolean isMetricsEnabled() {
    return delegate.isMetricsEnabled();
  }

  @Override
  public Metrics getMetrics() {
    return delegate.getMetrics();
  }
}
