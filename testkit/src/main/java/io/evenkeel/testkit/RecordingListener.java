package io.evenkeel.testkit;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.WatchListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A watch listener that remembers what it heard, and whether it was ever called by two threads at
 * once. Safe from any thread.
 */
public final class RecordingListener implements WatchListener {
  private final List<ServiceSnapshot> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean overlapped;

  private RecordingListener() {}

  /** A listener that has heard nothing. */
  public static RecordingListener create() {
    return new RecordingListener();
  }

  @Override
  public void onSnapshot(ServiceSnapshot snapshot) {
    if (inside.incrementAndGet() != 1) {
      overlapped = true;
    }
    heard.add(snapshot);
    inside.decrementAndGet();
  }

  /** What it heard, in its order. */
  public List<ServiceSnapshot> heard() {
    return List.copyOf(heard);
  }

  /** The ids of the last list it heard; empty when it heard none. */
  public Set<String> lastIds() {
    return heard.isEmpty()
        ? Set.of()
        : heard.get(heard.size() - 1).instances().stream()
            .map(ServiceInstance::id)
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether two threads were ever inside at once. */
  public boolean overlapped() {
    return overlapped;
  }
}
