package io.evenkeel.http.consul;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How soon a blocking query may be sent again. Answers that bring news are asked for at most five
 * times a second after a burst of two, so a change is seen within 200 ms of one before. Answers
 * without news that come more often than 20 times a minute after a burst of five mean churn: the
 * index moves for reasons that are not this service's, and then it is polled every 15 s, until an
 * answer has been waited for again. For one thread at a time.
 */
final class QueryPace {
  private static final int BURST = 2;
  private static final Duration STEP = Duration.ofMillis(200);
  private static final int IDLE_BURST = 5;
  private static final Duration IDLE_STEP = Duration.ofSeconds(3); // 20 a minute
  private static final Duration CALM = Duration.ofSeconds(3);
  private static final Duration CHURN_INTERVAL = Duration.ofSeconds(15);
  private static final double CHURN_SPREAD = 0.1;

  private final RandomGenerator random;
  private final TokenBucket requests;
  private final TokenBucket idleAnswers;
  private long sentAt;
  private boolean churning;

  QueryPace(long now, RandomGenerator random) {
    this.random = random;
    this.requests = new TokenBucket(BURST, STEP, now);
    this.idleAnswers = new TokenBucket(IDLE_BURST, IDLE_STEP, now);
  }

  void sent(long now) {
    sentAt = now;
    requests.take(now);
  }

  /**
   * Notes an answer.
   *
   * @param hold how long the server was asked to wait; one that did so is calm
   * @param news whether the list had changed
   */
  void answered(long now, Duration hold, boolean news) {
    Duration calm = hold.isZero() || hold.compareTo(CALM) > 0 ? CALM : hold;
    if (now - sentAt >= calm.toNanos()) {
      churning = false;
    } else if (!news && !idleAnswers.take(now)) {
      churning = true;
    }
  }

  /** How long the next request has to wait. */
  Duration delay(long now) {
    return churning
        ? Duration.ofNanos(
            (long) (CHURN_INTERVAL.toNanos() * (1 + CHURN_SPREAD * random.nextDouble())))
        : Duration.ofNanos(requests.nanosUntilNext(now));
  }
}
