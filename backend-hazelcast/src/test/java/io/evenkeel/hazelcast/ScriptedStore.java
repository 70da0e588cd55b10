package io.evenkeel.hazelcast;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The map as one JVM sees it: answers on manual time, and does what a cluster may do to a call. */
final class ScriptedStore implements Store {
  private final Map<InstanceKey, Registration> map = new HashMap<>();
  private final Queue<Runnable> beforeNextSwaps = new ArrayDeque<>();
  private final ManualTime time;
  private boolean away;
  private int swaps;
  private int questions;

  ScriptedStore(ManualTime time) {
    this.time = time;
  }

  /** What another node does just before this one's next swap. */
  void beforeNextSwap(Registration written) {
    beforeNextSwaps.add(() -> map.put(written.key(), written));
  }

  void put(Registration registration) {
    map.put(registration.key(), registration);
  }

  void lose(InstanceKey key) {
    map.remove(key);
  }

  Optional<Registration> held(InstanceKey key) {
    return Optional.ofNullable(map.get(key));
  }

  void setAway(boolean isAway) {
    away = isAway;
  }

  int swaps() {
    return swaps;
  }

  /** How often it was asked for many keys. */
  int questions() {
    return questions;
  }

  @Override
  public CompletionStage<Optional<Registration>> get(InstanceKey key) {
    return answer(held(key));
  }

  @Override
  public CompletionStage<Optional<Registration>> swap(Registration registration) {
    if (away) {
      return answer(Optional.empty());
    }
    Runnable other = beforeNextSwaps.poll();
    if (other != null) {
      other.run();
    }
    swaps++;
    return answer(Optional.ofNullable(map.put(registration.key(), registration)));
  }

  @Override
  public CompletionStage<Map<InstanceKey, Registration>> getAll(Set<InstanceKey> keys) {
    questions++;
    Map<InstanceKey, Registration> found = new HashMap<>(map);
    found.keySet().retainAll(keys);
    return answer(found);
  }

  private <T> CompletionStage<T> answer(T value) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    time.schedule(
        Duration.ZERO,
        away
            ? () -> answer.completeExceptionally(new IllegalStateException("scripted: away"))
            : () -> answer.complete(value));
    return answer;
  }
}
