package io.evenkeel.samples.demo;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import io.evenkeel.time.TimeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Any strategy, with a note of every attempt that begins: which instance, and when. It is also an
 * example of a strategy that wraps another. It takes the place of the wrapped one's trackers, which
 * those in the demo can do without.
 */
final class AttemptLog implements BalancingStrategy {
  private final BalancingStrategy strategy;
  private final TimeSource time;
  private final ConcurrentLinkedQueue<Entry> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failed = new AtomicInteger();

  /** An attempt on an instance, and when it began. */
  record Entry(String instance, long nanos) {}

  AttemptLog(BalancingStrategy strategy, TimeSource time) {
    this.strategy = strategy;
    this.time = time;
  }

  @Override
  public String name() {
    return strategy.name();
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    return strategy.newPicker(endpoints, previous);
  }

  @Override
  public Picker newPartialPicker(EndpointSet some, @Nullable Picker previous) {
    return strategy.newPartialPicker(some, previous);
  }

  @Override
  public Tracker newTracker(ServiceInstance instance) {
    String id = instance.id();
    return new Tracker() {
      @Override
      public long begin() {
        entries.add(new Entry(id, time.nanoTime()));
        return 0;
      }

      @Override
      public void end(long token, Outcome outcome) {
        if (!outcome.isSuccess()) {
          failed.incrementAndGet();
        }
      }
    };
  }

  /** All attempts so far, in about the order they began. */
  Collection<Entry> entries() {
    return new ArrayList<>(entries);
  }

  int failedAttempts() {
    return failed.get();
  }

  /**
   * How long after {@code since} an instance still got traffic: until the first pause of {@code
   * pauseNanos} without an attempt.
   */
  long nanosUntilQuiet(String instance, long since, long pauseNanos) {
    long last = since;
    for (Entry entry : of(instance)) {
      if (entry.nanos() > since && entry.nanos() - last <= pauseNanos) {
        last = Math.max(last, entry.nanos());
      }
    }
    return last - since;
  }

  /** How long after {@code since} an instance got its first attempt; -1 if it got none. */
  long nanosUntilFirst(String instance, long since) {
    return of(instance).stream()
        .mapToLong(entry -> entry.nanos() - since)
        .filter(nanos -> nanos >= 0)
        .min()
        .orElse(-1);
  }

  private List<Entry> of(String instance) {
    return entries.stream().filter(entry -> entry.instance().equals(instance)).toList();
  }
}
