package io.evenkeel.server.directory;

import io.evenkeel.inmemory.InMemoryServiceRegistry;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.server.TestServer;
import io.evenkeel.testkit.ManualTime;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A directory over an in-memory registry, both on manual time, on an event loop of its own. */
public final class DirectoryHarness implements AutoCloseable {
  private static final Duration MOMENT = Duration.ofMillis(25);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int STEPS = 100;

  private final ManualTime time = ManualTime.start();
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final ServiceRegistry registry = InMemoryServiceRegistry.create(time);
  private Directory directory; // the test's thread sets it

  /** Loaded, and empty. */
  public DirectoryHarness() {
    this(registry -> registry);
  }

  /** Loaded, and empty, with something between the directory and its registry. */
  public DirectoryHarness(UnaryOperator<ServiceRegistry> between) {
    directory = now(() -> new Directory(vertx, between.apply(registry), time));
    ask(Directory::load);
  }

  /** Another life of the server: its directory is gone, its registry has kept what it holds. */
  public void restart() {
    now(
        old -> {
          old.close();
          return true;
        });
    directory = now(() -> new Directory(vertx, registry, time));
    ask(Directory::load);
  }

  /** The event loop's. */
  public Vertx vertx() {
    return vertx;
  }

  /** The clock of everything here. */
  public ManualTime time() {
    return time;
  }

  /** What is behind the directory. */
  public ServiceRegistry registry() {
    return registry;
  }

  /** What the registry holds of a service. */
  public List<ServiceInstance> stored(String service) {
    return registry.instances(service).toCompletableFuture().join().instances();
  }

  /** Asks on the event loop and waits for the answer. */
  public <T> T ask(Function<Directory, Future<T>> question) {
    Promise<T> answer = Promise.promise();
    context.runOnContext(
        now -> {
          try {
            question.apply(directory).onComplete(answer);
          } catch (RuntimeException e) {
            answer.fail(e);
          }
        });
    return TestServer.await(answer.future());
  }

  /** Looks on the event loop. */
  public <T> T now(Function<Directory, T> question) {
    return ask(given -> Future.succeededFuture(question.apply(given)));
  }

  private <T> T now(java.util.function.Supplier<T> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(now -> done.complete(work.get()));
    return TestServer.await(done.future());
  }

  /**
   * Lets time pass in steps, each with what follows from it. The clock is moved on the event loop:
   * nothing there sees it jump while it works.
   */
  public void elapse(Duration by) {
    Duration step = by.dividedBy(STEPS).compareTo(SECOND) > 0 ? by.dividedBy(STEPS) : SECOND;
    for (Duration left = by; !left.isZero(); ) {
      Duration next = left.compareTo(step) < 0 ? left : step;
      advance(next);
      left = left.minus(next);
    }
    for (int i = 0; i < 4; i++) { // an event, then a read a moment later, then what waits for it
      advance(MOMENT);
    }
  }

  private void advance(Duration by) {
    now(
        given -> {
          time.advance(by);
          return true;
        });
    now(given -> true);
  }

  @Override
  public void close() {
    TestServer.await(vertx.close());
    registry.close();
  }
}
