package io.evenkeel.testkit.wire;

import io.evenkeel.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on a free port of 127.0.0.1 in front of one upstream address, which does to its
 * connections what networks do: see {@link Fault}. Faults of different kinds add up, a fault of the
 * same kind and direction replaces the one before; {@link #heal()} ends them all. Modelled on
 * toxiproxy.
 *
 * <p>One daemon thread serves all connections; delays are timeouts of its selector, so nothing
 * sleeps. Every method may be called from any thread, and what it changes is in effect when it
 * returns. At most 1,024 connections are open at a time, further ones are reset; at most 1 MB is on
 * the way per connection and direction, beyond it the sender has to wait.
 */
public final class FaultProxy implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(FaultProxy.class.getName());
  private static final int MAX_CONNECTIONS = 1024;
  private static final long PATIENCE_SECONDS = 30;

  private final InetSocketAddress upstream;
  private final LoopbackPort port = LoopbackPort.reserve();
  private final Selector selector;
  private final Thread thread;
  private final long origin = TimeSource.system().nanoTime();
  private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
  private final Observed<Traffic> traffic = new Observed<>(new Traffic(0, 0, 0, 0, 0));
  private final Meter meter = new Meter();
  private final Set<Link> links = new HashSet<>(); // used on the proxy's thread only
  private final Map<Object, Fault> forNewLinks = new LinkedHashMap<>(); // likewise
  private @Nullable ServerSocketChannel listener; // likewise; null while refusing
  private long nextDue = Lane.NEVER; // likewise
  private volatile boolean closed;

  private FaultProxy(InetSocketAddress upstream) throws IOException {
    this.upstream = upstream;
    selector = Selector.open();
    openListener();
    thread = new Thread(this::run, "fault-proxy-" + port());
    thread.setDaemon(true);
  }

  /**
   * Starts a proxy that passes everything on. The upstream need not be there yet: while it is not,
   * a connection is accepted and then reset.
   */
  public static FaultProxy inFrontOf(String upstreamHost, int upstreamPort) {
    try {
      FaultProxy proxy = new FaultProxy(new InetSocketAddress(upstreamHost, upstreamPort));
      proxy.thread.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a proxy on 127.0.0.1", e);
    }
  }

  /** Where clients connect to: {@code 127.0.0.1}. */
  public String host() {
    return port.address().getAddress().getHostAddress();
  }

  /** Where clients connect to; the same port for as long as the proxy lives. */
  public int port() {
    return port.address().getPort();
  }

  /** Puts faults on all connections, those that are open and those to come. */
  public void apply(Fault... faults) {
    for (Fault fault : parts(faults)) {
      onThread(() -> applyToNewLinks(fault));
      onThread(() -> links.forEach(link -> link.apply(fault)));
    }
  }

  /** Puts faults on the connections to come; those that are open stay as they are. */
  public void applyToNew(Fault... faults) {
    for (Fault fault : parts(faults)) {
      onThread(() -> applyToNewLinks(fault));
    }
  }

  /** Puts faults on the connections that are open; {@link Fault#refuse()} means nothing to them. */
  public void applyToOpen(Fault... faults) {
    for (Fault fault : parts(faults)) {
      onThread(() -> links.forEach(link -> link.apply(fault)));
    }
  }

  /**
   * Ends all faults, and releases at once what they still held back. What is lost stays lost:
   * swallowed bytes, and connections that were reset, cut or left half open.
   */
  public void heal() {
    onThread(
        () -> {
          forNewLinks.clear();
          links.forEach(Link::heal);
          openListener();
        });
  }

  /** What went through so far. */
  public Traffic traffic() {
    return traffic.get();
  }

  /**
   * Blocks until the traffic is as wanted: {@code proxy.await(t -> t.open() == 0)}.
   *
   * @throws AssertionError when it is not within 30 s
   */
  public Traffic await(Predicate<Traffic> wanted) {
    return traffic.await(wanted);
  }

  /** Closes the port and all connections, and waits for the thread to end. Idempotent. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Faults of both directions become one for each, so that either can be replaced alone. */
  private static List<Fault> parts(Fault... faults) {
    List<Fault> parts = new ArrayList<>();
    for (Fault fault : faults) {
      if (fault instanceof Fault.OfBytes both) {
        parts.add(both.towardsUpstream());
        parts.add(both.towardsClient());
      } else {
        parts.add(fault);
      }
    }
    return parts;
  }

  private static Object kindOf(Fault fault) {
    return fault instanceof Fault.OneWay oneWay
        ? List.of(oneWay.fault().getClass(), oneWay.direction())
        : fault;
  }

  private void onThread(Action action) {
    Command command = new Command(action, new CompletableFuture<>());
    commands.add(command);
    selector.wakeup();
    if (closed) {
      throw new IllegalStateException("the proxy is closed");
    }
    try {
      command.done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the proxy on port " + port() + " did not obey", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void run() {
    try {
      while (!closed) {
        turn();
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the proxy on port " + port() + " ends", e);
    } finally {
      shut();
    }
  }

  /** Waits for something to do, and does all of it. */
  private void turn() throws IOException {
    selector.select(this::ready, timeoutMillis());
    List<Command> obeyed = obey();
    nextDue = advance();
    links.removeIf(Link::isClosed);
    if (!obeyed.isEmpty()) {
      selector.selectNow(key -> {}); // a closed channel gives up its socket in a selection only
    }
    Traffic now = meter.read(links.size());
    if (!now.equals(traffic.get())) {
      traffic.update(before -> now);
    }
    obeyed.forEach(command -> command.done.complete(null));
  }

  private long timeoutMillis() {
    if (nextDue == Lane.NEVER) {
      return 0; // as long as it takes
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nextDue - now()) + 1);
  }

  private long now() {
    return TimeSource.system().nanoTime() - origin;
  }

  private void ready(SelectionKey key) {
    if (key.attachment() instanceof Link link) {
      link.ready(key, now());
    } else {
      accept();
    }
  }

  private void accept() {
    try {
      SocketChannel client = listener == null ? null : listener.accept();
      if (client != null) {
        welcome(client);
      }
    } catch (IOException gone) {
      LOG.log(Level.DEBUG, "a client left before it was accepted", gone);
    }
  }

  private void welcome(SocketChannel client) throws IOException {
    meter.accept();
    Link link = Link.open(client, upstream, selector, meter);
    forNewLinks.values().forEach(link::apply);
    if (links.size() >= MAX_CONNECTIONS) {
      link.apply(Fault.reset());
    }
    links.add(link);
  }

  private List<Command> obey() {
    List<Command> obeyed = new ArrayList<>();
    for (Command next = commands.poll(); next != null; next = commands.poll()) {
      try {
        next.action.run();
        obeyed.add(next);
      } catch (IOException e) {
        next.done.completeExceptionally(e);
      }
    }
    return obeyed;
  }

  private long advance() {
    long now = now();
    long next = Lane.NEVER;
    for (Link link : links) {
      next = Math.min(next, link.advance(now));
    }
    return next;
  }

  private void applyToNewLinks(Fault fault) throws IOException {
    forNewLinks.remove(kindOf(fault)); // so that the newest comes last
    forNewLinks.put(kindOf(fault), fault);
    if (fault == Fault.refuse()) {
      closeListener();
    }
  }

  private void openListener() throws IOException {
    if (listener == null) {
      listener = port.listen(this::listenOn);
    }
  }

  private ServerSocketChannel listenOn(InetSocketAddress address) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.bind(address, MAX_CONNECTIONS);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_ACCEPT);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void closeListener() throws IOException {
    if (listener != null) {
      listener.close();
      listener = null;
    }
  }

  private void shut() {
    closed = true;
    links.forEach(Link::close);
    try {
      closeListener();
      selector.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the proxy on port " + port() + " did not close cleanly", e);
    }
    port.close();
    traffic.update(last -> meter.read(0));
    refuseCommands();
  }

  private void refuseCommands() {
    for (Command late = commands.poll(); late != null; late = commands.poll()) {
      late.done.completeExceptionally(new IOException("closed"));
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private record Command(Action action, CompletableFuture<@Nullable Void> done) {}

  /**
   * What went through a proxy so far.
   *
   * @param accepted connections, those reset at once included
   * @param open connections that the proxy has not closed
   * @param bytesToUpstream handed to the upstream's socket
   * @param bytesToClient handed to the clients' sockets
   * @param bytesSwallowed in either direction, by a black hole or after the other side had gone
   */
  public record Traffic(
      long accepted, int open, long bytesToUpstream, long bytesToClient, long bytesSwallowed) {}

  /** Counts; used on the proxy's thread only. */
  static final class Meter {
    private long accepted;
    private long toUpstream;
    private long toClient;
    private long swallowed;

    private Meter() {}

    private void accept() {
      accepted++;
    }

    long accepted() {
      return accepted;
    }

    void toUpstream(long bytes) {
      toUpstream += bytes;
    }

    void toClient(long bytes) {
      toClient += bytes;
    }

    void swallowed(long bytes) {
      swallowed += bytes;
    }

    private Traffic read(int open) {
      return new Traffic(accepted, open, toUpstream, toClient, swallowed);
    }
  }
}
