package io.evenkeel.loadbalancer.health;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Compares the endpoints of one balancer with each other and makes suspects of those that stand
 * out. One thread at a time; what it finds out for the others is in {@link #stallLimit()}.
 *
 * <p>Source: gRFC A50, xDS outlier detection, for the two rules about rates; the median of medians
 * is taken for latency because a mean would be the outlier's own.
 */
final class Outliers {
  private static final double LATE = 0.99;
  private static final double HALF = 0.5;
  private static final double NOTABLE = 0.05; // or one error among many flawless would stand out
  private static final int COMPARED = 3; // endpoints: with two there is no majority
  private static final int KNOWN = 100; // answers that make a p99

  private final OutlierOptions options;
  private volatile long stallLimit = Long.MAX_VALUE; // written by the one thread; read anywhere

  Outliers(OutlierOptions options) {
    this.options = options;
  }

  /** Nanoseconds without an answer that make a black hole; endless while nothing is known. */
  long stallLimit() {
    return stallLimit;
  }

  /** Looks at all, and lets a part of what was seen be forgotten. */
  void look(Collection<EndpointHealth> all) {
    List<EndpointHealth.Seen> seen = all.stream().map(EndpointHealth::seen).toList();
    successRate(seen);
    failureShare(seen);
    latency(seen);
    stallLimit = limit(seen);
    all.forEach(EndpointHealth::fade);
  }

  /** Those with so much of something; none when they are too few to be compared. */
  private static List<EndpointHealth.Seen> enough(
      List<EndpointHealth.Seen> all,
      ToDoubleFunction<EndpointHealth.Seen> what,
      int volume,
      int endpoints) {
    List<EndpointHealth.Seen> some =
        all.stream().filter(seen -> what.applyAsDouble(seen) >= volume).toList();
    return some.size() < endpoints ? List.of() : some;
  }

  private void successRate(List<EndpointHealth.Seen> all) {
    List<EndpointHealth.Seen> some =
        enough(all, EndpointHealth.Seen::calls, options.rateVolume(), options.hosts());
    double mean = some.stream().mapToDouble(EndpointHealth.Seen::successRate).sum() / some.size();
    double squares = 0;
    for (EndpointHealth.Seen seen : some) {
      squares += (seen.successRate() - mean) * (seen.successRate() - mean);
    }
    double spread = options.deviations() * Math.sqrt(squares / some.size());
    double bound = mean - Math.max(NOTABLE, spread);
    for (EndpointHealth.Seen seen : some) {
      if (seen.successRate() < bound) {
        seen.health().suspect(Suspicion.SUCCESS_RATE);
      }
    }
  }

  private void failureShare(List<EndpointHealth.Seen> all) {
    for (EndpointHealth.Seen seen :
        enough(all, EndpointHealth.Seen::calls, options.shareVolume(), options.hosts())) {
      if (1 - seen.successRate() >= options.failureShare()) {
        seen.health().suspect(Suspicion.FAILURE_SHARE);
      }
    }
  }

  private void latency(List<EndpointHealth.Seen> all) {
    List<EndpointHealth.Seen> some =
        enough(all, EndpointHealth.Seen::answers, options.latencyVolume(), COMPARED);
    double[] medians = some.stream().mapToDouble(seen -> seen.latency(HALF)).toArray();
    double[] sorted = medians.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < medians.length; i++) {
      if (medians[i] > options.timesMedian() * sorted[(sorted.length - 1) / 2]) {
        some.get(i).health().suspect(Suspicion.SLOW);
      }
    }
  }

  private long limit(List<EndpointHealth.Seen> all) {
    double answers = all.stream().mapToDouble(EndpointHealth.Seen::answers).sum();
    if (answers < KNOWN) {
      return Long.MAX_VALUE;
    }
    long[] sum = new long[LatencyCounts.SIZE];
    all.forEach(seen -> seen.addTo(sum));
    double limit = options.timesP99() * LatencyCounts.quantile(sum, LATE);
    return Math.max(options.stallAtLeast().toNanos(), (long) limit);
  }
}
