package io.evenkeel.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What came of the requests of one load; counted from any thread, read by one. */
final class Tally {
  private static final int MOST_REASONS = 20;

  private final Map<String, LongAdder> attempts = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder retries = new LongAdder();
  private final Latencies latencies = new Latencies();

  /** An attempt begins at an address; {@code number} from 0 within its request. */
  void attempt(HostPort address, int number) {
    add(attempts, address.toString());
    if (number > 0) {
      retries.increment();
    }
  }

  void answered(long nanos) {
    latencies.record(nanos);
    answered.increment();
  }

  /** Beyond so many reasons they are counted together: they may hold anything. */
  void failed(String reason, long nanos) {
    latencies.record(nanos);
    failed.increment();
    boolean room = failures.containsKey(reason) || failures.size() < MOST_REASONS;
    add(failures, room ? reason : "other reasons");
  }

  private static void add(Map<String, LongAdder> counts, String key) {
    counts.computeIfAbsent(key, first -> new LongAdder()).increment();
  }

  long requests() {
    return answered.sum() + failed.sum();
  }

  long failed() {
    return failed.sum();
  }

  long retries() {
    return retries.sum();
  }

  Latencies latencies() {
    return latencies;
  }

  /** Attempts by address. */
  Map<String, Long> attempts() {
    return sums(attempts);
  }

  /** Failed requests by reason. */
  Map<String, Long> failures() {
    return sums(failures);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((key, count) -> sums.put(key, count.sum()));
    return sums;
  }
}
