package io.evenkeel.http.engine;

import static java.util.Comparator.naturalOrder;

import io.evenkeel.registry.RegistryException;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends a request and gives its answer, or one of the errors of {@link RegistryException}. Every
 * call ends within its deadline, whatever the server does; an answer is bounded; redirects are not
 * followed, nothing is decompressed, and a secret goes to the configured addresses and into no
 * message. Safe from any thread.
 */
public final class Wire {
  /** Of an address that swallows packets, so that the next one gets its turn. */
  private static final int CONNECT_MILLIS = 1_000;

  /** A name server that is away must not use up a call's deadline. */
  private static final Duration LOOKUP = Duration.ofSeconds(1);

  /** uvicorn, which the Python registries run on, closes an idle connection after 5 s. */
  private static final int KEEP_ALIVE_SECONDS = 4;

  /** Every watch may hold one connection. */
  private static final int MAX_CONNECTIONS = 1_024;

  private final Vertx vertx;
  private final WireOptions options;
  private final HttpClient client;
  private final Addresses addresses;
  private final Map<HostAndPort, Pause> pauses; // one for each origin
  private final ServerText text;
  private volatile boolean closed;
  private volatile @Nullable Exchanged last;

  private Wire(Vertx vertx, WireOptions options, TimeSource time) {
    this.vertx = vertx;
    this.options = options;
    this.client =
        vertx
            .httpClientBuilder()
            .with(client(options))
            .with(pool())
            // the call on it fails; without a handler Vert.x would log each torn one as SEVERE
            .withConnectHandler(connection -> connection.exceptionHandler(torn -> {}))
            .build();
    this.addresses = new Addresses(vertx, options.origins(), InetAddress::getAllByName, LOOKUP);
    this.pauses =
        options.origins().stream()
            .distinct()
            .collect(Collectors.toUnmodifiableMap(origin -> origin, origin -> new Pause(time)));
    this.text = new ServerText(options);
  }

  /** Makes a wire on a Vert.x; it connects with the first call. */
  public static Wire create(Vertx vertx, WireOptions options, TimeSource time) {
    return new Wire(vertx, options, time);
  }

  private static PoolOptions pool() {
    return new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS);
  }

  private static HttpClientOptions client(WireOptions options) {
    HttpClientOptions client =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setDecompressionSupported(false);
    if (options.tls()) {
      client
          .setSsl(true)
          .setVerifyHost(true)
          .setTrustAll(false)
          .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"));
    }
    if (options.ca() != null) {
      client.setTrustOptions(new PemTrustOptions().addCertValue(options.ca()));
    }
    return client;
  }

  /** Sends a call. The future completes on a Vert.x context and fails with nothing but theirs. */
  public Future<Answer> send(Call call) {
    return open(call).answer();
  }

  /** Sends a call that can be given up, as one that is held for minutes should be. */
  public Pending open(Call call) {
    String what = options.name() + ": " + call;
    if (closed) {
      return refused(new RegistryException.Closed(options.name()));
    }
    Duration left = pauses.values().stream().map(Pause::left).min(naturalOrder()).orElseThrow();
    if (call.isRead() && left.compareTo(Duration.ZERO) > 0) { // every origin wants one
      return refused(
          new RegistryException.Unavailable(
              what + ": not sent, the server asked to wait " + left.toMillis() + " ms more", null));
    }
    Promise<Answer> promise = Promise.promise();
    promise.future().onSuccess(answer -> last = new Exchanged(url(call), answer));
    Exchange exchange = new Exchange(this, call, what, promise);
    Context context = vertx.getOrCreateContext();
    try {
      context.runOnContext(start -> exchange.start());
    } catch (RejectedExecutionException e) {
      promise.tryFail(new RegistryException.Unavailable(what + ": Vert.x was closed", e));
    }
    return new Pending(promise.future(), () -> giveUp(context, exchange));
  }

  private static Pending refused(RegistryException error) {
    return new Pending(Future.failedFuture(error), () -> {});
  }

  private static void giveUp(Context context, Exchange exchange) {
    try {
      context.runOnContext(end -> exchange.giveUp());
    } catch (RejectedExecutionException vertxIsClosed) {
      return; // and its connections with it
    }
  }

  /** The last call that was answered as its dialect expects, before the dialect hears of it. */
  public Optional<Exchanged> lastExchange() {
    return Optional.ofNullable(last);
  }

  private String url(Call call) {
    String scheme = options.tls() ? "https://" : "http://";
    return scheme + options.origins().get(0) + options.basePath() + call.path();
  }

  RequestOptions request(Call call, Addresses.Target target) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(call.method())
            .setHost(target.origin().host())
            .setPort(target.origin().port())
            .setServer(
                SocketAddress.inetSocketAddress(
                    target.origin().port(), target.address().getHostAddress()))
            .setURI(options.basePath() + call.path())
            .setFollowRedirects(false)
            .putHeader("Accept", "application/json");
    options.secretHeaders().forEach(request::putHeader);
    call.headers().forEach(request::putHeader);
    if (call.body() != null) {
      request.putHeader("Content-Type", "application/json");
    }
    return request;
  }

  Vertx vertx() {
    return vertx;
  }

  HttpClient client() {
    return client;
  }

  Addresses addresses() {
    return addresses;
  }

  /** A read goes last to an origin that wants a pause: when those that want none are gone. */
  Addresses.Walk walk(Call call) {
    return addresses.walk(origin -> !call.isRead() || !pause(origin).lasts());
  }

  Pause pause(HostAndPort origin) {
    return Objects.requireNonNull(pauses.get(origin), "a pause for each origin");
  }

  ServerText text() {
    return text;
  }

  Duration timeout() {
    return options.timeout();
  }

  /** An error of the transport; it becomes the cause unless it repeats a secret. */
  RegistryException unavailable(String what, Throwable error) {
    if (closed) {
      return new RegistryException.Closed(options.name());
    }
    String why = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
    return new RegistryException.Unavailable(what + ": " + text.of(why), text.cause(error));
  }

  /** Ends calls under way with {@link RegistryException.Closed}; frees the connections. */
  public void close() {
    closed = true;
    client.close();
  }

  /** The registry's name. */
  @Override
  public String toString() {
    return options.name();
  }
}
