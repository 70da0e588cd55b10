package io.evenkeel.testkit.wire;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One life of a fake instance: an HTTP server with threads of its own, from start to {@link #end}.
 */
final class Incarnation {
  private static final System.Logger LOG = System.getLogger(Incarnation.class.getName());
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final int BACKLOG = 1024;
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final long PATIENCE_SECONDS = 30;

  static {
    // The JDK's server writes head and body apart: with Nagle's algorithm every answer on a
    // connection that is kept alive takes 40 ms, and the server has no option of its own for it.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private final HttpServer server;
  private final String name;
  private final Service service;
  private final ExecutorService executor;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet(); // that have not ended

  private Incarnation(HttpServer server, String name, Service service) {
    this.server = server;
    this.name = name;
    this.service = service;
    executor = Executors.newCachedThreadPool(this::newThread);
  }

  /** Listens on an address that is free; answers as the service says once it has begun. */
  static Incarnation at(InetSocketAddress address, String name, Service service)
      throws IOException {
    HttpServer server = HttpServer.create(address, BACKLOG);
    Incarnation life = new Incarnation(server, name, service);
    server.createContext("/", life::handle);
    server.setExecutor(life.executor);
    return life;
  }

  private Thread newThread(Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    threads.removeIf(old -> old.getState() == Thread.State.TERMINATED);
    threads.add(thread);
    return thread;
  }

  /** Answers what has arrived, and what will. */
  void begin() {
    // On a daemon thread, since the server's own thread inherits that from the one that starts it.
    CompletableFuture.runAsync(server::start, executor).join();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) { // closed without an answer, it closes the connection
      Reply reply = service.answer(read(exchange));
      if (!reply.isDropped()) {
        write(reply, exchange);
      }
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "a client left before its answer", gone);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  private static ReceivedRequest read(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
    String path = exchange.getRequestURI().toString();
    InputStream body = exchange.getRequestBody();
    String text = new String(body.readNBytes(MAX_BODY_BYTES), StandardCharsets.UTF_8);
    body.transferTo(OutputStream.nullOutputStream());
    return new ReceivedRequest(exchange.getRequestMethod(), path, headers, text);
  }

  private void write(Reply reply, HttpExchange exchange) throws IOException {
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    try {
      if (body.length == 0 || !mayHaveBody(reply.status(), exchange.getRequestMethod())) {
        exchange.sendResponseHeaders(reply.status(), -1);
      } else {
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    } catch (IOException gone) {
      service.notAnswered();
      throw gone;
    }
  }

  private static boolean mayHaveBody(int status, String method) {
    return status != 204 && status != 304 && !method.equals("HEAD");
  }

  /** Closes the port, then all connections, and waits, 30 s at most, for this life's threads. */
  void end() {
    server.stop(0);
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(Level.WARNING, "{0}: a handler does not end when interrupted", name);
        return;
      }
      for (Thread thread : threads) {
        thread.join(); // a pool that has terminated may still have a thread on its last steps
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Decides the answers; called on this life's threads, and may block them. */
  interface Service {

    /** The answer; interrupted when the life that asks ends. */
    Reply answer(ReceivedRequest request) throws InterruptedException;

    /** The last answer did not reach its client. */
    void notAnswered();
  }
}
