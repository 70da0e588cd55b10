package io.evenkeel.loadbalancer.strategy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints that answered last, each once. As long as those answer that are in it nothing is
 * written, so threads do not disturb each other.
 */
final class Memory {
  /** How many it holds. */
  static final int SIZE = 16;

  private final AtomicReferenceArray<@Nullable Experience> places =
      new AtomicReferenceArray<>(SIZE);
  private final AtomicInteger next = new AtomicInteger();

  /** Takes the place of the one that has been here longest. */
  void keep(Experience experience) {
    if (!experience.becomesRemembered()) {
      return;
    }
    Experience before = places.getAndSet(next.getAndIncrement() & (SIZE - 1), experience);
    if (before != null && before != experience) {
      before.forgotten();
    }
  }

  void forget(Experience experience) {
    if (experience.isRemembered()) {
      for (int i = 0; i < SIZE; i++) {
        places.compareAndSet(i, experience, null);
      }
      experience.forgotten();
    }
  }

  @Nullable Experience get(int place) {
    return places.get(place);
  }
}
