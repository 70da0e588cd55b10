package io.evenkeel.server;

import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a waiting blocking query costs: the heap with so many connections that have been answered,
 * against the heap with a query waiting on each of them; and how long one change takes to reach all
 * of them; and what a bare Vert.x server takes to hold as many requests. Run by hand: {@code java
 * -cp <test class path> io.evenkeel.server.WaitingExperiment 10000}; it needs twice as many file
 * descriptors.
 */
final class WaitingExperiment {
  private static final String LIST = "/v1/health/service/web";
  private static final String WEB = "{\"Name\":\"web\",\"Address\":\"10.0.0.1\",\"Port\":80}";

  private final TestServer server;
  private final InetSocketAddress address;
  private final List<SocketChannel> clients = new ArrayList<>();

  private WaitingExperiment(int count) {
    RegistryServerOptions.Quota quota =
        new RegistryServerOptions.Quota(1_000, 200, count, count, 3 * count);
    RegistryServerOptions.Connections connections =
        new RegistryServerOptions.Connections(
            2 * count, Duration.ofSeconds(8), Duration.ofMinutes(10));
    server = TestServer.start(options -> options.withQuota(quota).withConnections(connections));
    URI origin = server.origin(Protocol.CONSUL);
    address = new InetSocketAddress(origin.getHost(), origin.getPort());
  }

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    new WaitingExperiment(count).run(count);
    bare(count);
    System.exit(0);
  }

  private void run(int count) throws IOException {
    server.ask(Protocol.CONSUL, "PUT", "/v1/agent/service/register", WEB);
    for (int i = 0; i < count; i++) {
      SocketChannel client = SocketChannel.open(address);
      clients.add(client);
      send(client, LIST);
      receive(client);
    }
    long idle = heap();
    int threads = threads();
    String index =
        server.get(Protocol.CONSUL, LIST).headers().firstValue("X-Consul-Index").orElseThrow();
    String waiting = LIST + "?wait=10m&index=" + index;
    for (SocketChannel client : clients) {
      send(client, waiting);
    }
    while (server.get(Protocol.CONSUL, waiting).statusCode() != 429) {} // until all of them wait
    long held = heap();
    System.out.printf(
        "%d connections: heap %d kB idle, %d kB waiting: %d bytes for each; threads %d and %d%n",
        count, idle / 1024, held / 1024, (held - idle) / count, threads, threads());
    fanOut();
  }

  /** The same with a handler that does nothing but hold the request: what Vert.x itself takes. */
  private static void bare(int count) throws IOException {
    AtomicInteger held = new AtomicInteger();
    int port =
        Vertx.vertx()
            .createHttpServer()
            .requestHandler(
                request -> {
                  if (request.query() == null) {
                    request.response().end("[{}]");
                  } else {
                    held.incrementAndGet();
                  }
                })
            .listen(0, "127.0.0.1")
            .await()
            .actualPort();
    List<SocketChannel> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SocketChannel client =
          SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      clients.add(client);
      send(client, LIST);
      receive(client);
    }
    long idle = heap();
    for (SocketChannel client : clients) {
      send(client, LIST + "?wait=10m&index=1792368000000");
    }
    while (held.get() < count) {
      Thread.onSpinWait();
    }
    System.out.printf(
        "a bare Vert.x server that holds %d requests: %d bytes for each%n",
        count, (heap() - idle) / count);
  }

  private void fanOut() throws IOException {
    long began = TimeSource.system().nanoTime();
    server.ask(
        Protocol.CONSUL, "PUT", "/v1/agent/service/register", WEB.replace("10.0.0.1", "10.0.0.2"));
    for (SocketChannel client : clients) {
      receive(client);
    }
    long millis = (TimeSource.system().nanoTime() - began) / 1_000_000;
    System.out.printf("one change reached all %d in %d ms%n", clients.size(), millis);
    for (SocketChannel client : clients) {
      client.close();
    }
    server.close();
  }

  private static void send(SocketChannel client, String target) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: registry:8500\r\n\r\n";
    client.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
  }

  private static void receive(SocketChannel client) throws IOException {
    ByteBuffer answer = ByteBuffer.allocate(8 * 1024); // head and a list of one in one piece
    String text = "";
    while (!text.endsWith("}]")) {
      client.read(answer);
      text = new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
    }
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long heap() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
