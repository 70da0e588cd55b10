package io.evenkeel.http.consul;

import io.evenkeel.http.HttpRegistries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.wire.RealConsul;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Consul, an operator who talks to it as to any other, and a Vert.x for registries. */
final class ConsulAgent implements AutoCloseable {
  private static final Pattern ID = Pattern.compile("\"ID\":\"([^\"]*)\"");

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = vertx.createHttpClient();
  private volatile RealConsul consul;

  private ConsulAgent(RealConsul consul) {
    this.consul = consul;
  }

  static ConsulAgent start(Path data) {
    return new ConsulAgent(RealConsul.start(data));
  }

  /** A registry there, with these parameters in its URI; patient with a slow machine. */
  ServiceRegistry registry(String parameters) {
    return HttpRegistries.connect(
        vertx, "consul://127.0.0.1:" + port() + "?timeout=20s&" + parameters);
  }

  int port() {
    return consul.origin().getPort();
  }

  void stop() {
    consul.close();
  }

  /** At the same address. */
  void startAgain(Path data) {
    consul = consul.startAgain(data);
  }

  String get(String target) {
    return ask(HttpMethod.GET, target, "");
  }

  String put(String target, String body) {
    return ask(HttpMethod.PUT, target, body);
  }

  private String ask(HttpMethod method, String target, String body) {
    Promise<String> answer = Promise.promise();
    vertx.runOnContext( // where no answer is over before someone listens
        start ->
            http.request(method, port(), "127.0.0.1", target)
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(text -> read(target, response, text)))
                .onComplete(answer));
    return answer
        .future()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(30, TimeUnit.SECONDS)
        .join();
  }

  private static String read(String target, HttpClientResponse response, Buffer text) {
    if (response.statusCode() != 200) {
      throw new AssertionError(target + ": " + response.statusCode() + " " + text);
    }
    return text.toString();
  }

  /** Leaves an agent without services, and a catalog that has heard of it. */
  void deregisterAll() {
    Matcher ids = ID.matcher(get("/v1/agent/services"));
    while (ids.find()) {
      put("/v1/agent/service/deregister/" + ids.group(1), "");
    }
  }

  @Override
  public void close() {
    consul.close();
    vertx.close();
  }
}
