package io.evenkeel.server.web;

import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * The open connections of a listener. One that has not sent a whole request in time is closed, so
 * that a client that sends a byte a second holds nothing; so is one that does not read its answers,
 * and one too many of a client. One that waits for an answer is left alone. Event loop only.
 */
final class Connections {
  private static final long UNREAD_NANOS = Duration.ofSeconds(30).toNanos();
  private static final int MAX_PIPELINED = 64;
  private static final int SWEEPS_PER_REQUEST = 8;

  private static final class State {
    private int underWay;
    private int unread; // answers that are handed to the network and not taken by it
    private boolean receiving; // the head of a request
    private boolean served;
    private long receivingSince;
    private long idleSince;
    private long unreadSince;
  }

  private final TimeSource time;
  private final Bounds bounds;
  private final Map<HttpConnection, State> open = new HashMap<>();
  private final Map<String, Integer> perClient = new HashMap<>();
  private final long sweep;
  private final Vertx vertx;
  private int refused;

  Connections(Vertx vertx, TimeSource time, Bounds bounds) {
    this.vertx = vertx;
    this.time = time;
    this.bounds = bounds;
    long period = Math.max(1, bounds.request().toMillis() / SWEEPS_PER_REQUEST);
    this.sweep = vertx.setPeriodic(period, timer -> closeSlow());
  }

  void opened(HttpConnection connection) {
    String client = client(connection.remoteAddress());
    if (perClient.getOrDefault(client, 0) >= bounds.connectionsPerClient()) {
      refused++;
      connection.close();
      return;
    }
    perClient.merge(client, 1, Integer::sum);
    State state = new State();
    state.idleSince = time.nanoTime();
    open.put(connection, state);
    Arrivals.of(connection, () -> arrived(state));
    connection.closeHandler(
        closed -> {
          open.remove(connection);
          perClient.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
        });
  }

  /** Who has one address of an IPv6 network has all 2^64 of them. */
  static String client(SocketAddress address) {
    String literal = address.hostAddress();
    if (literal == null || literal.indexOf(':') < 0) {
      return String.valueOf(literal);
    }
    try {
      InetAddress parsed = InetAddress.getByName(literal); // of a literal: asks nobody
      return parsed instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), Long.BYTES))
          : parsed.getHostAddress();
    } catch (UnknownHostException e) { // an unknown form is a client of its own
      return literal;
    }
  }

  private void arrived(State state) {
    if (!state.receiving && state.underWay == 0) {
      state.receiving = true;
      state.receivingSince = time.nanoTime();
    }
  }

  /** The head of a request is here; answers whether the connection may not send one. */
  boolean refuses(HttpConnection connection) {
    State state = open.get(connection);
    if (state == null) {
      return true;
    }
    if (!state.receiving) { // it came while another was under way
      state.receivingSince = time.nanoTime();
    }
    state.receiving = false;
    return ++state.underWay > MAX_PIPELINED;
  }

  /** How long the rest of a request that has just begun may take. */
  Duration left(HttpConnection connection) {
    State state = open.get(connection);
    Duration spent =
        state == null ? Duration.ZERO : Duration.ofNanos(time.nanoTime() - state.receivingSince);
    Duration left = bounds.request().minus(spent);
    return left.isNegative() ? Duration.ZERO : left;
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

  int refused() {
    return refused;
  }

  private void closeSlow() {
    long now = time.nanoTime();
    open.entrySet().stream()
        .filter(entry -> isSlow(entry.getValue(), now))
        .map(Map.Entry::getKey)
        .toList() // closing removes it from the map
        .forEach(HttpConnection::close);
  }

  private boolean isSlow(State state, long now) {
    if (state.underWay > 0) {
      return state.unread > 0 && now - state.unreadSince > UNREAD_NANOS;
    }
    if (state.receiving) {
      return now - state.receivingSince > bounds.request().toNanos();
    }
    // one that has said nothing yet is as suspect as a slow one
    Duration patience = state.served ? bounds.idle() : bounds.request();
    return now - state.idleSince > patience.toNanos();
  }

  void close() {
    vertx.cancelTimer(sweep);
  }
}
