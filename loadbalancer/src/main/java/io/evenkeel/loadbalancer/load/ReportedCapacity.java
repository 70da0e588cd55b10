package io.evenkeel.loadbalancer.load;

import io.evenkeel.strategy.LoadReport;
import io.evenkeel.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * What the reports of one endpoint add up to: how many requests a second it could serve at full
 * utilization. Source: gRFC A58, with its blackout and expiry. Any thread; of two reports that race
 * one is lost.
 */
public final class ReportedCapacity {
  private final LoadWeightOptions options;
  private final TimeSource time;
  private volatile @Nullable Known known;

  /**
   * The last report that said something, and since when they come.
   *
   * @param requests per second, at utilization 1
   * @param since nanoTime
   * @param at nanoTime
   */
  private record Known(double requests, long since, long at) {}

  ReportedCapacity(LoadWeightOptions options, TimeSource time) {
    this.options = options;
    this.time = time;
  }

  /** Takes a report; one without a rate or a utilization, or with none of either, says nothing. */
  public void report(LoadReport report) {
    double rate = report.requestsPerSecond();
    double used = report.utilization();
    double failing = report.errorsPerSecond() > 0 ? report.errorsPerSecond() / rate : 0;
    double capacity = rate / (used + failing * options.errorPenalty());
    if (options.enabled() && rate > 0 && used > 0 && capacity > 0 && capacity < Double.MAX_VALUE) {
      Known before = known;
      long now = time.nanoTime();
      long since = before == null || isExpired(before, now) ? now : before.since;
      known = new Known(capacity, since, now);
    }
  }

  private boolean isExpired(Known last, long now) {
    return now - last.at >= options.expiry().toNanos();
  }

  /** Requests per second, or 0 while it is not known or not believed. */
  double requests(long now) {
    Known last = known;
    if (last == null || isExpired(last, now)) {
      return 0;
    }
    return now - last.since >= options.blackout().toNanos() ? last.requests : 0;
  }
}
