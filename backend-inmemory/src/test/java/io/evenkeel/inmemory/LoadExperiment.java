package io.evenkeel.inmemory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What 100,000 instances and 10,000 watchers cost, on the machine's clock; about ten seconds. Run
 * with {@code mvn -pl backend-inmemory -am test-compile} and then {@code java -cp
 * sdk-api/target/classes:backend-inmemory/target/classes:backend-inmemory/target/test-classes
 * io.evenkeel.inmemory.LoadExperiment}.
 */
final class LoadExperiment {
  private static final int INSTANCES = 100_000;
  private static final int PER_SERVICE = 100;
  private static final int WATCHERS = 10_000;
  private static final Lease LEASE = new Lease(Duration.ofSeconds(30), 1);

  private final InMemoryServiceRegistry registry = InMemoryServiceRegistry.create();
  private final InstanceKey[] keys = new InstanceKey[INSTANCES];
  private final ServiceInstance[] instances = new ServiceInstance[INSTANCES];

  private LoadExperiment() {}

  /** Prints the figures. */
  public static void main(String[] args) throws InterruptedException {
    LoadExperiment experiment = new LoadExperiment();
    try (ServiceRegistry open = experiment.registry) {
      experiment.register();
      experiment.renew();
      experiment.watch();
      experiment.burst();
      say("left at the end: %d services of %s", Fleet.now(open.services()).size(), open.name());
    }
  }

  private void register() {
    for (int i = 0; i < INSTANCES; i++) {
      instances[i] =
          ServiceInstance.builder("service-" + i / PER_SERVICE, "10.0.0.1", 80)
              .id("i-" + i)
              .build();
      keys[i] = instances[i].key();
    }
    long heap = usedHeap();
    long start = nanos();
    for (ServiceInstance instance : instances) {
      Fleet.now(registry.register(instance, LEASE));
    }
    double seconds = (nanos() - start) / 1e9;
    say("register: %,.0f/s", INSTANCES / seconds);
    say(
        "kept per instance: %,.0f B besides the instance",
        (usedHeap() - heap) / (double) INSTANCES);
  }

  /** Three rounds; the last one is warm. A renewal now and then is timed on its own. */
  private void renew() {
    for (int round = 1; round <= 3; round++) {
      long start = nanos();
      long slowest = 0;
      for (InstanceKey key : keys) {
        long before = nanos();
        Fleet.now(registry.renew(key, LEASE));
        slowest = Math.max(slowest, nanos() - before);
      }
      double seconds = (nanos() - start) / 1e9;
      say(
          "renew, 1 thread, round %d: %,.0f/s, slowest %.2f ms",
          round, INSTANCES / seconds, slowest / 1e6);
    }
  }

  private void watch() throws InterruptedException {
    AtomicReference<CountDownLatch> heard = new AtomicReference<>(new CountDownLatch(WATCHERS));
    long heap = usedHeap();
    int threads = Thread.activeCount();
    for (int i = 0; i < WATCHERS; i++) {
      registry.watch("service-0", snapshot -> heard.get().countDown());
    }
    await(heard.get());
    say(
        "watchers: %,d, %,.0f B each, %d threads more",
        WATCHERS, (usedHeap() - heap) / (double) WATCHERS, Thread.activeCount() - threads);
    for (int round = 1; round <= 3; round++) {
      heard.set(new CountDownLatch(WATCHERS));
      long start = nanos();
      Fleet.now(registry.register(instances[0].toBuilder().weight(round + 1).build(), LEASE));
      await(heard.get());
      say("fan-out of one change to all, round %d: %.2f ms", round, (nanos() - start) / 1e6);
    }
  }

  private void burst() throws InterruptedException {
    int size = 10_000;
    CountDownLatch complete = new CountDownLatch(1);
    int[] lists = {0};
    registry.watch(
        "burst",
        snapshot -> {
          lists[0]++;
          if (snapshot.instances().size() == size) {
            complete.countDown();
          }
        });
    long start = nanos();
    for (int i = 0; i < size; i++) {
      Fleet.now(
          registry.register(
              ServiceInstance.builder("burst", "10.0.0.1", 80).id("i-" + i).build(), LEASE));
    }
    await(complete);
    say(
        "10,000 registrations into one watched service: %.0f ms, %d lists",
        (nanos() - start) / 1e6, lists[0]);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(30, TimeUnit.SECONDS)) {
      throw new AssertionError("not heard within 30 s: " + latch.getCount());
    }
  }

  private static long usedHeap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long nanos() {
    return TimeSource.system().nanoTime();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
