package io.evenkeel.server.web;

import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The open connections of a listener. One that has not sent a whole request in time is closed, so
 * that a client that sends a byte a second holds nothing; one that waits for an answer is left
 * alone. Event loop only.
 */
final class Connections {
  private static final long FIRST_REQUEST_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long KEEP_ALIVE_NANOS = Duration.ofSeconds(75).toNanos();

  private static final class State {
    private int underWay;
    private boolean served;
    private long since; // when it last began to wait for a request
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
    state.since = time.nanoTime();
    open.put(connection, state);
    connection.closeHandler(closed -> open.remove(connection));
  }

  void began(HttpConnection connection) {
    State state = open.get(connection);
    if (state != null) {
      state.underWay++;
    }
  }

  void ended(HttpConnection connection) {
    State state = open.get(connection);
    if (state != null) {
      state.underWay--;
      state.served = true;
      state.since = time.nanoTime();
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
    long patience = state.served ? KEEP_ALIVE_NANOS : FIRST_REQUEST_NANOS;
    return state.underWay == 0 && now - state.since > patience;
  }

  void close() {
    vertx.cancelTimer(sweep);
  }
}
