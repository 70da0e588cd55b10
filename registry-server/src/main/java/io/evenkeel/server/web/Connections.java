package io.evenkeel.server.web;

import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The open connections of a listener. One that has not sent a whole request in time is closed, so
 * that a client that sends a byte a second holds nothing; so is one that does not read its answers.
 * One that waits for an answer is left alone. Event loop only.
 */
final class Connections {
  private static final long FIRST_REQUEST_NANOS = Duration.ofSeconds(8).toNanos(); // swept each 1 s
  private static final long KEEP_ALIVE_NANOS = Duration.ofSeconds(75).toNanos();
  private static final long UNREAD_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int MAX_PIPELINED = 64;

  private static final class State {
    private int underWay;
    private int unread; // answers that are handed to the network and not taken by it
    private boolean served;
    private long idleSince;
    private long unreadSince;
  }

  private final TimeSource time;
  private final Map<HttpConnection, State> open = new HashMap<>();
  private final long sweep;
  private final Vertx vertx;

  Connections(Vertx vertx, TimeSource time) {
    this.vertx = vertx;
    this.time = time;
    this.sweep = vertx.setPeriodic(1_000, timer -> closeSlow());
  }

  void opened(HttpConnection connection) {
    State state = new State();
    state.idleSince = time.nanoTime();
    open.put(connection, state);
    connection.closeHandler(closed -> open.remove(connection));
  }

  /** A request has begun; answers whether there are too many for one connection. */
  boolean beganTooMany(HttpConnection connection) {
    State state = open.get(connection);
    return state != null && ++state.underWay > MAX_PIPELINED;
  }

  /** Its answer is being written. */
  void answering(HttpConnection connection) {
    State state = open.get(connection);
    if (state != null && state.unread++ == 0) {
      state.unreadSince = time.nanoTime();
    }
  }

  /** Its answer has been written. */
  void ended(HttpConnection connection) {
    State state = open.get(connection);
    if (state != null) {
      state.underWay--;
      state.unread--;
      state.served = true;
      state.idleSince = time.nanoTime();
      state.unreadSince = state.idleSince;
    }
  }

  int count() {
    return open.size();
  }

  private void closeSlow() {
    long now = time.nanoTime();
    open.entrySet().stream()
        .filter(entry -> isSlow(entry.getValue(), now))
        .map(Map.Entry::getKey)
        .toList() // closing removes it from the map
        .forEach(HttpConnection::close);
  }

  private static boolean isSlow(State state, long now) {
    if (state.underWay > 0) {
      return state.unread > 0 && now - state.unreadSince > UNREAD_NANOS;
    }
    return now - state.idleSince > (state.served ? KEEP_ALIVE_NANOS : FIRST_REQUEST_NANOS);
  }

  void close() {
    vertx.cancelTimer(sweep);
  }
}
