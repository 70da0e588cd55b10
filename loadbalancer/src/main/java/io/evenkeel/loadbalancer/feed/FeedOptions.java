package io.evenkeel.loadbalancer.feed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a list is kept up to date, and how long a bad one is doubted. Every period is varied by ±10
 * %.
 *
 * @param pollInterval between two reads of a registry that cannot be watched, 5 s by default
 * @param repairInterval between two full reads of one that can, since a watch is a hint; 60 s by
 *     default
 * @param callDeadline of one registry call, 3 s by default
 * @param guardGrace how long an empty or more than half smaller list is doubted, 30 s by default;
 *     zero believes at once
 * @param directory where the last good list is kept for a restart without the registry; null, the
 *     default, keeps none
 */
public record FeedOptions(
    Duration pollInterval,
    Duration repairInterval,
    Duration callDeadline,
    Duration guardGrace,
    @Nullable Path directory) {
  private static final Duration LONGEST = Duration.ofHours(24);

  /** Checks the times. */
  public FeedOptions {
    positive("pollInterval", pollInterval);
    positive("repairInterval", repairInterval);
    positive("callDeadline", callDeadline);
    if (guardGrace.isNegative() || guardGrace.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "guardGrace: " + guardGrace + " (expected: >= 0, at most 24 h)");
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: > 0, at most 24 h)");
    }
  }

  /** Poll 5 s, repair 60 s, calls within 3 s, doubt for 30 s, no copy on disk. */
  public static FeedOptions defaults() {
    return new FeedOptions(
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        Duration.ofSeconds(3),
        Duration.ofSeconds(30),
        null);
  }

  /** Another time between polls. */
  public FeedOptions withPollInterval(Duration interval) {
    return new FeedOptions(interval, repairInterval, callDeadline, guardGrace, directory);
  }

  /** Another time between full reads. */
  public FeedOptions withRepairInterval(Duration interval) {
    return new FeedOptions(pollInterval, interval, callDeadline, guardGrace, directory);
  }

  /** Another bound for one registry call. */
  public FeedOptions withCallDeadline(Duration deadline) {
    return new FeedOptions(pollInterval, repairInterval, deadline, guardGrace, directory);
  }

  /** Another time of doubt. */
  public FeedOptions withGuardGrace(Duration grace) {
    return new FeedOptions(pollInterval, repairInterval, callDeadline, grace, directory);
  }

  /** Keeps the last good list of each service in a file of this directory. */
  public FeedOptions withDirectory(Path newDirectory) {
    return new FeedOptions(pollInterval, repairInterval, callDeadline, guardGrace, newDirectory);
  }

  Optional<Path> copyDirectory() {
    return Optional.ofNullable(directory);
  }
}
