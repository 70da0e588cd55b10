package io.evenkeel.testkit.wire;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One real HTTP server of a {@link FakeCluster}. It answers 200 with its id until told otherwise;
 * what it is told holds for the requests that are answered from then on, and survives {@link
 * #kill()}. Every method may be called from any thread, {@link #kill()} not from a handler.
 */
public final class FakeInstance {
  private static final int MAX_RECORDED = 1_000;

  private final LoopbackPort port = LoopbackPort.reserve();
  private final ServiceInstance instance;
  private final Observed<Load> load = new Observed<>(new Load(0, 0, 0, 0));
  private final Object lifecycle = new Object(); // held while a life begins or ends
  private final Deque<ReceivedRequest> requests = new ArrayDeque<>(); // guarded by this
  private Function<ReceivedRequest, Reply> handler; // guarded by this
  private Supplier<Duration> latency = () -> Duration.ZERO; // guarded by this
  private boolean frozen; // guarded by this
  private @Nullable Incarnation life; // guarded by lifecycle; null while killed
  private boolean closed; // guarded by lifecycle

  private FakeInstance(
      String service, String id, UnaryOperator<ServiceInstance.Builder> customizer) {
    ServiceInstance.Builder builder =
        ServiceInstance.builder(service, host(), port.address().getPort()).id(id);
    instance = customizer.apply(builder).build();
    handler = request -> Reply.of(200, instance.id());
  }

  static FakeInstance start(
      String service, String id, UnaryOperator<ServiceInstance.Builder> customizer) {
    FakeInstance instance = new FakeInstance(service, id, customizer);
    instance.revive();
    return instance;
  }

  private String host() {
    return port.address().getAddress().getHostAddress();
  }

  /** What a registry should know of it. */
  public ServiceInstance instance() {
    return instance;
  }

  /** Its id, and the body of its answers unless told otherwise. */
  public String id() {
    return instance.id();
  }

  /** Answers with this status, and its id as the body. */
  public void respond(int status) {
    respond(Reply.of(status, id()));
  }

  /** Gives this answer to every request. */
  public void respond(Reply reply) {
    respond(request -> reply);
  }

  /**
   * Asks a handler for every answer, on the request's own thread, several at once. A handler that
   * throws answers 500 with the exception as the body.
   */
  public synchronized void respond(Function<ReceivedRequest, Reply> answers) {
    handler = answers;
  }

  /**
   * Closes the connection of every request without an answer. Some clients, the JDK's among them,
   * then repeat a GET by themselves.
   */
  public void drop() {
    respond(Reply.dropped());
  }

  /** Lets every request that arrives from now on wait this long. */
  public void latency(Duration delay) {
    latency(() -> delay);
  }

  /** Asks for the wait of every request that arrives from now on, one request at a time. */
  public synchronized void latency(Supplier<Duration> delays) {
    latency = delays;
  }

  /** Accepts and reads requests, and answers none of them before {@link #thaw()}. */
  public synchronized void freeze() {
    frozen = true;
  }

  /** Answers what waited, and goes on. */
  public synchronized void thaw() {
    frozen = false;
    notifyAll();
  }

  /**
   * Dies: connections end, what is in flight is never answered, and connecting is refused. Returns
   * when nothing of it is left but its port, which stays reserved. Idempotent.
   */
  public void kill() {
    synchronized (lifecycle) {
      if (life != null) {
        life.end();
        life = null;
      }
    }
  }

  /** Listens again on the same port; counters and behaviour go on. No effect while it lives. */
  public void revive() {
    synchronized (lifecycle) {
      if (closed) {
        throw new IllegalStateException(id() + ": closed (expected: an open cluster)");
      }
      if (life == null) {
        life = listen();
        life.begin();
      }
    }
  }

  private Incarnation listen() {
    try {
      return port.listen(address -> Incarnation.at(address, "fake-" + id(), new Desk()));
    } catch (IOException e) {
      throw new UncheckedIOException(id() + ": cannot listen on " + port.address(), e);
    }
  }

  /** Whether it listens. */
  public boolean isAlive() {
    synchronized (lifecycle) {
      return life != null;
    }
  }

  /** Is as on the first day: alive, thawed, without latency, answering 200 with its id. */
  public void heal() {
    respond(200);
    latency(Duration.ZERO);
    thaw();
    revive();
  }

  void close() {
    synchronized (lifecycle) {
      closed = true;
      kill();
      port.close();
    }
  }

  /** What it did so far, in all its lives. */
  public Load load() {
    return load.get();
  }

  /**
   * Blocks until the load is as wanted: {@code instance.await(l -> l.inFlight() == 1)}.
   *
   * @throws AssertionError when it is not within 30 s
   */
  public Load await(Predicate<Load> wanted) {
    return load.await(wanted);
  }

  /** The last 1,000 requests, oldest first, those without an answer included. */
  public synchronized List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  private synchronized void record(ReceivedRequest request) {
    if (requests.size() == MAX_RECORDED) {
      requests.remove();
    }
    requests.add(request);
  }

  private synchronized Function<ReceivedRequest, Reply> handler() {
    return handler;
  }

  /** Waits as long as it is told to. */
  private synchronized void hold() throws InterruptedException {
    long end = TimeSource.system().nanoTime() + latency.get().toNanos();
    long left = end - TimeSource.system().nanoTime();
    while (frozen || left > 0) {
      wait(frozen ? 0 : TimeUnit.NANOSECONDS.toMillis(left) + 1); // 0: until something changes
      left = end - TimeSource.system().nanoTime();
    }
  }

  /**
   * What an instance did so far.
   *
   * @param received requests, read whole
   * @param inFlight received, neither answered nor given up
   * @param maxInFlight the most there ever were at a time
   * @param answered requests; counted before the client sees the answer
   */
  public record Load(long received, int inFlight, int maxInFlight, long answered) {
    private Load begin() {
      return new Load(received + 1, inFlight + 1, Math.max(maxInFlight, inFlight + 1), answered);
    }

    private Load end(boolean withAnswer) {
      return new Load(received, inFlight - 1, maxInFlight, answered + (withAnswer ? 1 : 0));
    }

    private Load lost() {
      return new Load(received, inFlight, maxInFlight, answered - 1);
    }
  }

  /** Where requests are received and answers handed out. */
  private final class Desk implements Incarnation.Service {
    @Override
    public Reply answer(ReceivedRequest request) throws InterruptedException {
      record(request);
      load.update(Load::begin);
      boolean answered = false;
      try {
        hold();
        Reply reply = reply(request);
        answered = !reply.isDropped();
        return reply;
      } finally {
        boolean withAnswer = answered;
        load.update(before -> before.end(withAnswer));
      }
    }

    private Reply reply(ReceivedRequest request) {
      try {
        return handler().apply(request);
      } catch (RuntimeException e) {
        return Reply.of(500, e.toString());
      }
    }

    @Override
    public void notAnswered() {
      load.update(Load::lost);
    }
  }
}
