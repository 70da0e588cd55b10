package io.evenkeel.server.check;

import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/**
 * Makes one check: resolves the host, looks at every address it has, and calls the first of them,
 * so that the address that was looked at is the one that is called. No redirect is followed; of an
 * answer only the status is read. Event loop only; the name service is asked on a worker.
 */
final class Probe {
  private static final int MAX_HEAD = 4 * 1024;

  private final Vertx vertx;
  private final AddressRules rules;
  private final HttpClient http;
  private final NetClient tcp;

  Probe(Vertx vertx, AddressRules rules, int parallel) {
    this.vertx = vertx;
    this.rules = rules;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(false).setMaxHeaderSize(MAX_HEAD),
            new PoolOptions().setHttp1MaxSize(parallel));
    this.tcp = vertx.createNetClient(new NetClientOptions());
  }

  /** Always succeeds, within the check's timeout: what goes wrong is a finding. */
  Future<Finding> make(String registeredHost, CheckDefinition check) {
    Promise<Void> over = Promise.promise();
    return address(registeredHost, check)
        .compose(
            address ->
                check.kind() == CheckDefinition.Kind.HTTP
                    ? get(Target.of(check), address, over.future())
                    : connect(Target.of(check), address))
        .timeout(check.timeout().toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(error -> Finding.critical(words(check, error)))
        .onComplete(done -> over.complete());
  }

  private Future<InetAddress> address(String registeredHost, CheckDefinition check) {
    Target target = Target.of(check);
    rules.require(registeredHost, check);
    return vertx
        .executeBlocking(() -> InetAddress.getAllByName(target.host()), false)
        .map(
            all -> {
              for (InetAddress address : all) {
                rules.requireAddress(registeredHost, target, address);
              }
              return all[0];
            });
  }

  private Future<Finding> get(Target target, InetAddress address, Future<Void> over) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
            .setHost(target.host())
            .setPort(target.port())
            .setSsl(target.tls())
            .setURI(target.path())
            .setFollowRedirects(false)
            .putHeader("User-Agent", "Evenkeel Health Check");
    return http.request(options)
        .compose(
            request -> {
              over.onComplete(end -> request.reset());
              return status(request);
            });
  }

  private static Future<Finding> status(HttpClientRequest request) {
    return request
        .send()
        .map(
            response -> {
              Finding finding = Finding.ofHttp(response.statusCode(), response.statusMessage());
              response.exceptionHandler(cut -> {}); // by us: nobody wants the body
              response.pause();
              return finding;
            });
  }

  private Future<Finding> connect(Target target, InetAddress address) {
    return tcp.connect(target.port(), address.getHostAddress())
        .map(
            socket -> {
              socket.close();
              return new Finding(
                  CheckStatus.PASSING, 0, "TCP connect " + target.host() + ": Success");
            });
  }

  /** What went wrong, without anything that came over the wire. */
  private static String words(CheckDefinition check, Throwable error) {
    String what = check.kind() == CheckDefinition.Kind.HTTP ? "HTTP GET: " : "TCP connect: ";
    return error instanceof IllegalArgumentException
        ? what + error.getMessage()
        : what + error.getClass().getSimpleName();
  }

  void close() {
    http.close();
    tcp.close();
  }
}
