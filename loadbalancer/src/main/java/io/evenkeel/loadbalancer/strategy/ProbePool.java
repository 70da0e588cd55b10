package io.evenkeel.loadbalancer.strategy;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The newest probes, one of an endpoint. Lock-free: where threads meet, one probe more or less is
 * lost.
 */
final class ProbePool {
  private static final int SCARCE = 2; // with fewer a random choice is as good

  private final AtomicReferenceArray<@Nullable Probe> places;
  private final long maxAge; // nanoseconds
  private volatile boolean oldestNext; // racy: whom the next removal hits

  ProbePool(int size, long maxAge) {
    this.places = new AtomicReferenceArray<>(size);
    this.maxAge = maxAge;
  }

  int size() {
    return places.length();
  }

  /** Takes the place of the endpoint's own one before, an empty one, or that of the oldest. */
  void add(Probe probe) {
    int place = -1;
    Probe before = null;
    for (int i = 0; i < places.length(); i++) {
      Probe known = places.get(i);
      if (known != null && known.origin() == probe.origin()) {
        places.compareAndSet(i, known, probe);
        return;
      }
      if (place < 0 || (before != null && (known == null || known.at() - before.at() < 0))) {
        place = i;
        before = known;
      }
    }
    places.compareAndSet(place, before, probe);
  }

  void forget(ReportedLoad origin) {
    for (int i = 0; i < places.length(); i++) {
      Probe known = places.get(i);
      if (known != null && known.origin() == origin) {
        places.compareAndSet(i, known, null);
      }
    }
  }

  /**
   * Whose probe is the best among those of the picker's endpoints, counted as used; null when there
   * are too few to choose from.
   *
   * @param hot more requests in flight are too many
   * @param removes whether another one is removed, in turn the worst and the oldest, so that those
   *     nobody wants do not fill the pool
   */
  @Nullable ReportedLoad best(HotCold picker, long now, double hot, boolean removes) {
    int count = 0;
    int best = -1;
    int worst = -1;
    int oldest = -1;
    for (int i = 0; i < places.length(); i++) {
      Probe probe = fresh(i, now);
      if (probe == null || picker.endpointOf(probe.origin()) == null) {
        continue;
      }
      count++;
      best = best < 0 || precedes(i, best, hot) ? i : best;
      worst = worst < 0 || precedes(worst, i, hot) ? i : worst;
      oldest = oldest < 0 || isOlder(i, oldest) ? i : oldest;
    }
    Probe choice = count < SCARCE ? null : places.get(best);
    if (choice == null) {
      return null;
    }
    if (!choice.use()) {
      places.compareAndSet(best, choice, null);
    }
    if (removes && count > SCARCE) {
      oldestNext = !oldestNext;
      places.set(oldestNext ? worst : oldest, null);
    }
    return choice.origin();
  }

  private @Nullable Probe fresh(int place, long now) {
    Probe probe = places.get(place);
    if (probe != null && now - probe.at() > maxAge) {
      places.compareAndSet(place, probe, null);
      return null;
    }
    return probe;
  }

  private boolean precedes(int place, int other, double hot) {
    Probe one = places.get(place);
    Probe two = places.get(other);
    return one != null && (two == null || one.isBetterThan(two, hot));
  }

  private boolean isOlder(int place, int other) {
    Probe one = places.get(place);
    Probe two = places.get(other);
    return one != null && two != null && one.at() - two.at() < 0;
  }
}
