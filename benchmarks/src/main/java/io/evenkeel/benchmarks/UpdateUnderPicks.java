package io.evenkeel.benchmarks;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.loadbalancer.endpoint.RotationOptions;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A counted experiment: one of 10,000 instances changes 2,000 times, with a pause of a few picks
 * between, while two threads pick. Counts picks that got nothing and endpoints whose statistics
 * were lost, and times the update from the new list to the published picker. Once with a change of
 * an instance's description, once with one that leaves and comes back.
 */
public final class UpdateUnderPicks {
  private static final int INSTANCES = 10_000;
  private static final int UPDATES = 2_000;

  private final Scheduler scheduler = Scheduler.daemon("rotation");
  private final Semaphore published = new Semaphore(0);
  private final Rotation rotation;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicLong picks = new AtomicLong();
  private final AtomicLong failedPicks = new AtomicLong();

  private UpdateUnderPicks(String strategy) {
    this.rotation =
        Rotation.over(
            RotationOptions.of(Strategies.named(strategy)),
            scheduler,
            Randomness.perThread(),
            published::release);
  }

  /** Runs it for each strategy; the arguments are not looked at. */
  public static void main(String[] args) throws InterruptedException {
    for (String strategy : Strategies.names()) {
      for (Change change : Change.values()) {
        System.out.println(new UpdateUnderPicks(strategy).run(strategy, change));
      }
    }
  }

  /** What happens to one instance. */
  private enum Change {
    DESCRIPTION,
    MEMBERSHIP
  }

  private String run(String strategy, Change change) throws InterruptedException {
    List<ServiceInstance> instances = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      instances.add(
          ServiceInstance.builder("orders", "10.0." + i / 250 + "." + (i % 250 + 1), 80).build());
    }
    update(instances);
    Endpoint[] before = rotation.inRotation().toArray();
    LiveEndpoint[] marked = new LiveEndpoint[before.length];
    for (int i = 0; i < before.length; i++) {
      marked[i] = (LiveEndpoint) before[i];
      marked[i].begin(); // a statistic to lose
    }
    Thread[] pickers = {picker(), picker()};
    long[] nanos = new long[UPDATES];
    for (int i = 0; i < UPDATES; i++) {
      nanos[i] = timed(changed(instances, change, i));
    }
    stop.set(true);
    for (Thread picker : pickers) {
      picker.join();
    }
    update(instances);
    scheduler.close();
    return report(strategy, change, nanos, lost(marked));
  }

  private static List<ServiceInstance> changed(
      List<ServiceInstance> instances, Change change, int number) {
    List<ServiceInstance> list = new ArrayList<>(instances);
    int one = number * 7 % INSTANCES;
    if (change == Change.DESCRIPTION) {
      ServiceInstance old = list.get(one);
      list.set(one, old.toBuilder().metadata("build", Integer.toString(number)).build());
    } else if (number % 2 == 0) {
      list.remove(one);
    }
    return list;
  }

  private long timed(List<ServiceInstance> list) throws InterruptedException {
    long start = scheduler.nanoTime();
    update(list);
    return scheduler.nanoTime() - start;
  }

  private void update(List<ServiceInstance> list) throws InterruptedException {
    rotation.accept(list);
    published.acquire();
  }

  private Thread picker() {
    Thread thread =
        new Thread(
            () -> {
              long count = 0;
              while (!stop.get()) {
                LiveEndpoint endpoint = rotation.pick(PickContext.NONE);
                if (endpoint == null) {
                  failedPicks.incrementAndGet();
                } else {
                  endpoint.end(endpoint.begin(), Outcome.success());
                }
                count++;
              }
              picks.addAndGet(count);
            });
    thread.start();
    return thread;
  }

  /** Endpoints that are not the same object with the same attempt in flight as before. */
  private long lost(LiveEndpoint[] marked) {
    List<Endpoint> after = Arrays.asList(rotation.inRotation().toArray());
    Set<Endpoint> known = new HashSet<>(after);
    return Arrays.stream(marked)
        .filter(endpoint -> !known.contains(endpoint) || endpoint.inFlight() != 1)
        .count();
  }

  private String report(String strategy, Change change, long[] nanos, long lost) {
    Arrays.sort(nanos);
    return String.format(
        "%-28s %-11s %d updates beside %,d picks: %d failed picks, %d statistics lost;"
            + " update p50 %d us, p99 %d us",
        strategy,
        change,
        UPDATES,
        picks.get(),
        failedPicks.get(),
        lost,
        nanos[UPDATES / 2] / 1_000,
        nanos[UPDATES * 99 / 100] / 1_000);
  }
}
