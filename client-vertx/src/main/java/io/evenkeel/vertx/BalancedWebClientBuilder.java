package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.BalancerBuilder;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link BalancedWebClient} is made of; for one thread.
 *
 * <p>Vert.x's own defaults would hide a slow instance: five connections per instance with an
 * endless queue before them, and a minute to connect. Here it is 64 connections, a queue of 256 and
 * one second unless options are given.
 */
public final class BalancedWebClientBuilder {
  private static final int CONNECT_TIMEOUT_MILLIS = 1_000;
  private static final int CONNECTIONS_PER_INSTANCE = 64;
  private static final int QUEUE_PER_INSTANCE = 256;

  private final Vertx vertx;
  private final ServiceRegistry registry;
  private Consumer<BalancerBuilder> balancerSettings = builder -> {};
  private BalancerOptions options = BalancerOptions.defaults();
  private Call callDefaults = Call.repeatable();
  private HttpClientOptions httpClientOptions =
      new HttpClientOptions().setConnectTimeout(CONNECT_TIMEOUT_MILLIS);
  private PoolOptions poolOptions =
      new PoolOptions()
          .setHttp1MaxSize(CONNECTIONS_PER_INSTANCE)
          .setMaxWaitQueueSize(QUEUE_PER_INSTANCE);
  private WebClientOptions webClientOptions = new WebClientOptions();
  private @Nullable String probePath;

  BalancedWebClientBuilder(Vertx vertx, ServiceRegistry registry) {
    this.vertx = vertx;
    this.registry = registry;
  }

  /**
   * As configured: all balancers, and timeouts and attempts of requests that do not say otherwise.
   * {@link #balancer} comes after it and has the last word, and so has {@link #callDefaults} when
   * it is called later.
   */
  public BalancedWebClientBuilder options(BalancerOptions value) {
    options = value;
    callDefaults = value.call();
    return this;
  }

  /**
   * Sets up the balancer of each service, for instance {@code balancer ->
   * balancer.strategy(RoundRobin.create())}. Called once per service, with a new builder.
   */
  public BalancedWebClientBuilder balancer(Consumer<BalancerBuilder> settings) {
    balancerSettings = settings;
    return this;
  }

  /**
   * Timeouts and attempts of requests that do not say otherwise; see {@link Call} for the defaults.
   */
  public BalancedWebClientBuilder callDefaults(Call value) {
    callDefaults = value;
    return this;
  }

  /** TLS, HTTP version, connect timeout. */
  public BalancedWebClientBuilder httpClientOptions(HttpClientOptions value) {
    httpClientOptions = value;
    return this;
  }

  /** Connections and waiting requests per instance. */
  public BalancedWebClientBuilder poolOptions(PoolOptions value) {
    poolOptions = value;
    return this;
  }

  /**
   * User agent, and whether redirects are followed: they are unless set, to the address they name,
   * which is not balanced and must answer within the attempt timeout of {@link #callDefaults}.
   */
  public BalancedWebClientBuilder webClientOptions(WebClientOptions value) {
    webClientOptions = value;
    return this;
  }

  /**
   * Has a few instances asked for their load with every request, by a GET of a path that answers
   * with the header {@code endpoint-load-metrics}, as {@link LoadReports} does at {@link
   * LoadReports#PATH}. For strategies that look at it, {@code prequal} first of all; nobody is
   * asked unless this was called. How many are asked is a setting of the balancer.
   */
  public BalancedWebClientBuilder probing(String path) {
    probePath = path;
    return this;
  }

  /**
   * Makes the client. Called in a verticle, the client closes with it; elsewhere, with its Vert.x.
   * To share one among verticles, make it before they are deployed.
   */
  public BalancedWebClient build() {
    return BalancedWebClient.start(this);
  }

  Vertx vertx() {
    return vertx;
  }

  ServiceRegistry registry() {
    return registry;
  }

  Consumer<BalancerBuilder> balancerSettings() {
    BalancerOptions configured = options;
    Consumer<BalancerBuilder> settings = balancerSettings;
    return balancer -> {
      configured.applyTo(balancer);
      settings.accept(balancer);
    };
  }

  Call callDefaults() {
    return callDefaults;
  }

  WebClientOptions webClientOptions() {
    return webClientOptions;
  }

  @Nullable HttpProber prober(LoadReader reader) {
    return probePath == null ? null : HttpProber.of(vertx, httpClientOptions, probePath, reader);
  }

  HttpClientAgent buildHttpClient() {
    return vertx.httpClientBuilder().with(httpClientOptions).with(poolOptions).build();
  }
}
