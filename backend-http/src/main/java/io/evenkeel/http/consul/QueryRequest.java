package io.evenkeel.http.consul;

import java.time.Duration;

/**
 * One read of a list.
 *
 * @param index the index to wait beyond, {@link QueryIndex#NONE} for an answer at once
 * @param hold how long the server shall wait, zero without an index
 * @param current whether a stale answer is not good enough, whatever the options say
 */
record QueryRequest(long index, Duration hold, boolean current) {
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** A read that is answered at once, as the options say. */
  static QueryRequest once() {
    return new QueryRequest(QueryIndex.NONE, Duration.ZERO, false);
  }

  boolean isBlocking() {
    return index != QueryIndex.NONE;
  }

  /** The server adds up to a sixteenth of the wait, so that not all clients come back at once. */
  Duration deadline(Duration callDeadline) {
    return isBlocking() ? hold.plus(hold.dividedBy(16)).plus(SLACK) : callDeadline;
  }
}
