package io.evenkeel.vertx;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One instance: where it listens, and what has reached it. */
final class TestServer {
  final List<String> hostHeaders = new CopyOnWriteArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final CompletableFuture<Void> reached = new CompletableFuture<>();
  private final CompletableFuture<Void> connectionClosed = new CompletableFuture<>();
  private volatile int port;
  private volatile Runnable kill = () -> {};

  /** Notes each request, then has it answered. */
  Handler<HttpServerRequest> noting(Handler<HttpServerRequest> answer) {
    return request -> {
      hostHeaders.add(String.valueOf(request.getHeader("Host")));
      arrived();
      answer.handle(request);
    };
  }

  void arrived() {
    requests.incrementAndGet();
    reached.complete(null);
  }

  void listensOn(int newPort, Runnable howToKill) {
    port = newPort;
    kill = howToKill;
  }

  void connectionWasClosed() {
    connectionClosed.complete(null);
  }

  int port() {
    return port;
  }

  int requests() {
    return requests.get();
  }

  /** Completes when the first request has come. */
  CompletionStage<Void> reached() {
    return reached;
  }

  /** Completes when one of its connections was closed. */
  CompletionStage<Void> connectionClosed() {
    return connectionClosed;
  }

  /** Closes its port and its connections; returns when that is done. */
  void kill() {
    kill.run();
  }
}
