package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.Balancer;
import io.evenkeel.loadbalancer.BalancerBuilder;
import io.evenkeel.loadbalancer.call.Attempt;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Scheduler;
import io.vertx.core.Closeable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.CloseFuture;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.http.HttpClientInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A web client that is given the name of a service where others are given a host. Each attempt of a
 * request goes to the instance the strategy chooses, a failed one is repeated on another, and what
 * came of it teaches the balancer.
 *
 * <p>One client serves all services and any number of threads, contexts and verticles: make one per
 * {@code Vertx} and share it. Every future it returns calls back on the context of the caller, and
 * so is the function called that sends an attempt. It closes with the verticle it was made in, or
 * with its {@code Vertx}, unless {@link #close()} was called before; the registry stays the user's.
 */
public final class BalancedWebClient {
  private final VertxInternal vertx;
  private final ServiceRegistry registry;
  private final Consumer<BalancerBuilder> balancerSettings;
  private final Call callDefaults;
  private final HttpClientInternal httpClient;
  private final WebClient webClient;
  private final boolean followRedirects;
  private final Scheduler scheduler = Scheduler.daemon("evenkeel-client");
  private final LoadReader loadReader = new LoadReader(scheduler);
  private final @Nullable HttpProber prober;
  private final ConcurrentHashMap<String, Balancer> balancers = new ConcurrentHashMap<>();
  private final CloseFuture owner;
  private final Closeable closeHook = done -> shutDown().onComplete(done);
  private final AtomicBoolean closing = new AtomicBoolean();
  private final Promise<Void> closed = Promise.promise();

  private BalancedWebClient(BalancedWebClientBuilder options) {
    this.vertx = (VertxInternal) options.vertx();
    this.registry = options.registry();
    this.balancerSettings = options.balancerSettings();
    this.callDefaults = options.callDefaults();
    this.httpClient =
        new ObservedHttpClient(
            (HttpClientInternal) options.buildHttpClient(), callDefaults.attemptTimeout());
    this.webClient = WebClient.wrap(httpClient, options.webClientOptions());
    this.prober = options.prober(loadReader);
    this.followRedirects = options.webClientOptions().isFollowRedirects();
    ContextInternal context = vertx.getContext();
    this.owner = context == null ? vertx.closeFuture() : context.closeFuture();
  }

  /** A client with all defaults: power of two choices, up to 3 attempts, 15 s per request. */
  public static BalancedWebClient create(Vertx vertx, ServiceRegistry registry) {
    return builder(vertx, registry).build();
  }

  /** Starts to describe a client. */
  public static BalancedWebClientBuilder builder(Vertx vertx, ServiceRegistry registry) {
    return new BalancedWebClientBuilder(vertx, registry);
  }

  static BalancedWebClient start(BalancedWebClientBuilder options) {
    BalancedWebClient client = new BalancedWebClient(options);
    if (!client.owner.add(client.closeHook)) {
      client.shutDown(); // made on the context of a verticle that is gone
    }
    return client;
  }

  /** A GET of a path of the named service. */
  public ServiceRequest get(String service, String uri) {
    return request(HttpMethod.GET, service, uri);
  }

  /** A HEAD of a path of the named service. */
  public ServiceRequest head(String service, String uri) {
    return request(HttpMethod.HEAD, service, uri);
  }

  /**
   * A POST to a path of the named service; repeated only when nothing was sent, see the request.
   */
  public ServiceRequest post(String service, String uri) {
    return request(HttpMethod.POST, service, uri);
  }

  /** A PUT to a path of the named service. */
  public ServiceRequest put(String service, String uri) {
    return request(HttpMethod.PUT, service, uri);
  }

  /** A DELETE of a path of the named service. */
  public ServiceRequest delete(String service, String uri) {
    return request(HttpMethod.DELETE, service, uri);
  }

  /** A PATCH of a path of the named service; repeated only when nothing was sent. */
  public ServiceRequest patch(String service, String uri) {
    return request(HttpMethod.PATCH, service, uri);
  }

  /**
   * A request for the named service. Whether it may be repeated follows from the method, as RFC
   * 9110 has it; the request can say otherwise.
   *
   * @param uri path and query, beginning with a slash
   */
  public ServiceRequest request(HttpMethod method, String service, String uri) {
    ServiceRequest.Target target = new ServiceRequest.Target(method, service, uri);
    return new ServiceRequest(this, target, callDefaults.forMethod(method.name()), null);
  }

  /**
   * The balancer of a service, started by the first use of its name. It closes with this client.
   *
   * @throws IllegalArgumentException when the name is not one a service may have
   * @throws IllegalStateException after {@link #close()}
   */
  public Balancer balancer(String service) {
    checkOpen();
    Balancer balancer = balancers.computeIfAbsent(service, this::startBalancer);
    if (closing.get()) { // meanwhile, and perhaps without having seen this one
      balancer.close();
    }
    checkOpen();
    return balancer;
  }

  private void checkOpen() {
    if (closing.get()) {
      throw new IllegalStateException("the client is closed");
    }
  }

  private Balancer startBalancer(String service) {
    BalancerBuilder builder = Balancer.forService(service).on(registry).scheduler(scheduler);
    if (prober != null) {
      builder.probing(prober);
    }
    balancerSettings.accept(builder);
    return builder.start();
  }

  <T> Future<HttpResponse<T>> send(
      ServiceRequest request, Function<HttpRequest<Buffer>, Future<HttpResponse<T>>> function) {
    ContextInternal context = vertx.getOrCreateContext();
    Promise<HttpResponse<T>> promise = context.promise();
    CompletionStage<HttpResponse<T>> call;
    try {
      call =
          balancer(request.service())
              .call(request.call(), attempt -> sendOn(context, request, attempt, function));
    } catch (RuntimeException e) {
      return context.failedFuture(e);
    }
    call.whenComplete(
        (response, error) -> {
          if (error == null) {
            promise.complete(response);
          } else {
            promise.fail(error);
          }
        });
    return promise.future();
  }

  /** Sends one attempt on the caller's context, whatever thread the attempt begins on. */
  private <T> CompletionStage<HttpResponse<T>> sendOn(
      ContextInternal context,
      ServiceRequest request,
      Attempt attempt,
      Function<HttpRequest<Buffer>, Future<HttpResponse<T>>> function) {
    request.sentTo(attempt.instance());
    Exchange exchange = Exchange.of(attempt, context, loadReader);
    HttpRequest<Buffer> bound = bind(request, attempt.instance(), exchange);
    if (vertx.getContext() == context) {
      return exchange.run(bound, function).toCompletionStage();
    }
    Promise<HttpResponse<T>> promise = context.promise();
    context.runOnContext(go -> exchange.run(bound, function).onComplete(promise));
    return promise.future().toCompletionStage();
  }

  private HttpRequest<Buffer> bind(
      ServiceRequest request, ServiceInstance instance, Exchange exchange) {
    SocketAddress address = SocketAddress.inetSocketAddress(instance.port(), instance.host());
    RequestOptions options =
        new RequestOptions()
            .setServer(new ExchangeAddress(address, exchange))
            .setHost(uriHost(instance.host()))
            .setPort(instance.port())
            .setSsl("https".equals(instance.scheme()))
            .setFollowRedirects(followRedirects) // or a web client takes it for false
            .setURI(request.uri());
    return webClient.request(request.method(), options);
  }

  /** An IPv6 literal stands in brackets in a Host header, as RFC 9110, section 7.2, has it. */
  private static String uriHost(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /**
   * Closes the balancers and the connections; requests under way fail. Idempotent; completes on the
   * caller's context.
   */
  public Future<Void> close() {
    owner.remove(closeHook);
    Promise<Void> onContext = vertx.getOrCreateContext().promise();
    shutDown().onComplete(onContext);
    return onContext.future();
  }

  /** The balancers first, so that requests fail with the reason and not with a lost connection. */
  private Future<Void> shutDown() {
    if (closing.compareAndSet(false, true)) {
      balancers.values().forEach(Balancer::close);
      scheduler.schedule(Duration.ZERO, this::closeConnections); // behind the balancers' own ends
    }
    return closed.future();
  }

  private void closeConnections() {
    Future<Void> probes = prober == null ? Future.succeededFuture() : prober.close();
    httpClient.close().eventually(() -> probes).onComplete(closed);
    scheduler.close();
  }
}
