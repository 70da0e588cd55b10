package io.evenkeel.loadbalancer.feed;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Doubts a list that is empty, or more than half smaller than the last good one, for a grace
 * period: such a list more often comes from a sick registry than from a real event. While it
 * doubts, those that are missing are kept beside what the new list says; then the new list is
 * believed. As Nacos (protect threshold) and Dubbo (empty protection) have it, there off by
 * default. One thread at a time.
 */
final class MassRemovalGuard {
  private final long graceNanos;
  private @Nullable ServiceSnapshot lastGood;
  private boolean doubting;
  private long doubtingSince;

  MassRemovalGuard(Duration grace) {
    this.graceNanos = grace.toNanos();
  }

  /** What to serve now that the registry says {@code reported}: that, or a guarded list. */
  ServiceSnapshot judge(ServiceSnapshot reported, long now) {
    ServiceSnapshot good = lastGood;
    if (good == null || graceNanos == 0 || !lacksTooMany(reported, good)) {
      return believe(reported);
    }
    if (!doubting) {
      doubting = true;
      doubtingSince = now;
    }
    return now - doubtingSince >= graceNanos ? believe(reported) : withMissing(reported, good);
  }

  /** Nanoseconds until a doubted list will be believed, {@link Long#MAX_VALUE} when none is. */
  long remaining(long now) {
    return doubting ? graceNanos - (now - doubtingSince) : Long.MAX_VALUE;
  }

  /** Measures the next list by this one, which did not come from the registry. */
  void assume(ServiceSnapshot good) {
    lastGood = good;
    doubting = false;
  }

  /**
   * The registry cannot be heard: it does not confirm what is doubted, so the grace begins anew
   * with its next list.
   */
  void interrupt() {
    doubting = false;
  }

  private ServiceSnapshot believe(ServiceSnapshot reported) {
    doubting = false;
    lastGood = reported;
    return reported;
  }

  private static boolean lacksTooMany(ServiceSnapshot reported, ServiceSnapshot good) {
    int before = good.instances().size();
    int now = reported.instances().size();
    return before > 0 && (now == 0 || now * 2 < before);
  }

  private static ServiceSnapshot withMissing(ServiceSnapshot reported, ServiceSnapshot good) {
    Map<String, ServiceInstance> all = new LinkedHashMap<>();
    good.instances().forEach(instance -> all.put(instance.id(), instance));
    reported.instances().forEach(instance -> all.put(instance.id(), instance));
    return new ServiceSnapshot(
        reported.service(),
        reported.revision(),
        List.copyOf(all.values()),
        reported.source(),
        Freshness.GUARDED,
        reported.readAt());
  }
}
