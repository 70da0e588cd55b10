package io.evenkeel.server;

import io.evenkeel.server.web.Bounds;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link RegistryServer} listens on and whom it lets in. Immutable; start from {@link
 * #defaults()}.
 *
 * @param listeners where each protocol is served; port 0 takes a free one. All five on loopback at
 *     their default ports by default
 * @param tokens who may call: token to owner's name. Instances belong to the owner whose token
 *     registered them. Empty by default: everyone may, so only loopback is served
 * @param allowInsecure whether other addresses than loopback may be served without tokens; false by
 *     default
 * @param tls certificate and key for every listener; none by default
 * @param warmUp how long an empty registry says that it does not know yet, with 503 and {@code
 *     Retry-After}, instead of saying that no service exists; 12 s by default, a heartbeat period
 *     of the systems served and its jitter
 * @param checkHosts hosts that health checks may call beside the registered address itself; none by
 *     default
 * @param quota how much one owner may register, and wait for
 * @param connections what a client may keep open, and how slowly it may send
 */
public record RegistryServerOptions(
    Map<Protocol, SocketAddress> listeners,
    Map<String, String> tokens,
    boolean allowInsecure,
    @Nullable Tls tls,
    Duration warmUp,
    Set<String> checkHosts,
    Quota quota,
    Connections connections) {

  /**
   * The server's certificate.
   *
   * @param certificate PEM file
   * @param key PEM file
   */
  public record Tls(Path certificate, Path key) {}

  /**
   * Bounds for one owner, or for one client address where it says so. An owner's instances are
   * counted over all servers on one registry, each within the second in which the others see it;
   * queries are counted by each server.
   *
   * @param instances registered by one owner, 1,000 by default
   * @param services registered by one owner, 200 by default
   * @param watchesPerClient blocking queries of one client address, 200 by default
   * @param watches blocking queries in all, 10,000 by default
   * @param total instances of everyone, 100,000 by default; without tokens the only bound
   */
  public record Quota(int instances, int services, int watchesPerClient, int watches, int total) {
    /** Checks that all are above 0. */
    public Quota {
      positive("quota.instances", instances);
      positive("quota.services", services);
      positive("quota.watchesPerClient", watchesPerClient);
      positive("quota.watches", watches);
      positive("quota.total", total);
    }

    private static void positive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
      }
    }

    /** 1,000 instances, 200 services, 200 and 10,000 watches, 100,000 instances in all. */
    public static Quota defaults() {
      return new Quota(1_000, 200, 200, 10_000, 100_000);
    }
  }

  /**
   * Bounds for the connections of each listener.
   *
   * @param perClient open at once from one IPv4 address or one /64 network of IPv6, 4,000 by
   *     default; one more is closed at once. Clients behind one proxy or NAT are one client
   * @param request how long a request may take to arrive, 8 s by default; the connection of one
   *     that takes longer is closed within an eighth of it, and a second
   * @param idle how long a connection stays open between two requests, 75 s by default; one that
   *     waits for an answer is not idle
   */
  public record Connections(int perClient, Duration request, Duration idle) {
    /** Checks that all are above 0. */
    public Connections {
      Quota.positive("connections.perClient", perClient);
      positive("connections.request", request);
      positive("connections.idle", idle);
    }

    private static void positive(String name, Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
      }
    }

    /** 4,000 connections, 8 s for a request, 75 s between two. */
    public static Connections defaults() {
      return new Connections(4_000, Duration.ofSeconds(8), Duration.ofSeconds(75));
    }

    Bounds bounds() {
      return new Bounds(perClient, request, idle);
    }
  }

  /** Copies the collections. */
  public RegistryServerOptions {
    Map<Protocol, SocketAddress> copy = new EnumMap<>(Protocol.class);
    copy.putAll(listeners);
    listeners = Collections.unmodifiableMap(copy);
    tokens = Map.copyOf(tokens);
    checkHosts = Set.copyOf(checkHosts);
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warmUp: " + warmUp + " (expected: >= 0)");
    }
  }

  /**
   * Refuses to serve the world without asking who calls.
   *
   * @throws IllegalArgumentException naming the listener
   */
  void requireSafe() {
    listeners.forEach(
        (protocol, address) -> {
          boolean open = tokens.isEmpty() && !allowInsecure;
          if (open && !isLoopback(address.host())) {
            throw new IllegalArgumentException(
                protocol.label()
                    + " listener: "
                    + address.host()
                    + " (expected: loopback, unless there are tokens or allowInsecure is set)");
          }
        });
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || host.equals("0:0:0:0:0:0:0:1")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  /** Every protocol at its default port on 127.0.0.1, without tokens and TLS. */
  public static RegistryServerOptions defaults() {
    RegistryServerOptions options = none();
    for (Protocol protocol : Protocol.values()) {
      options = options.withListener(protocol, "127.0.0.1", protocol.defaultPort());
    }
    return options;
  }

  /** No listener yet; otherwise as {@link #defaults()}. */
  public static RegistryServerOptions none() {
    return new RegistryServerOptions(
        Map.of(),
        Map.of(),
        false,
        null,
        Duration.ofSeconds(12),
        Set.of(),
        Quota.defaults(),
        Connections.defaults());
  }

  /** Serves a protocol there, and no longer where it was. */
  public RegistryServerOptions withListener(Protocol protocol, String host, int port) {
    Map<Protocol, SocketAddress> changed = new EnumMap<>(Protocol.class);
    changed.putAll(listeners);
    changed.put(protocol, SocketAddress.inetSocketAddress(port, host));
    return new RegistryServerOptions(
        changed, tokens, allowInsecure, tls, warmUp, checkHosts, quota, connections);
  }

  /** Lets in only who has one of these tokens. */
  public RegistryServerOptions withTokens(Map<String, String> ownersByToken) {
    return new RegistryServerOptions(
        listeners, ownersByToken, allowInsecure, tls, warmUp, checkHosts, quota, connections);
  }

  /** Serves other addresses than loopback without tokens. */
  public RegistryServerOptions withAllowInsecure(boolean allow) {
    return new RegistryServerOptions(
        listeners, tokens, allow, tls, warmUp, checkHosts, quota, connections);
  }

  /** Serves TLS; null for none. */
  public RegistryServerOptions withTls(@Nullable Tls newTls) {
    return new RegistryServerOptions(
        listeners, tokens, allowInsecure, newTls, warmUp, checkHosts, quota, connections);
  }

  /** Another warm-up; zero for none. */
  public RegistryServerOptions withWarmUp(Duration duration) {
    return new RegistryServerOptions(
        listeners, tokens, allowInsecure, tls, duration, checkHosts, quota, connections);
  }

  /** Lets health checks call these hosts too. */
  public RegistryServerOptions withCheckHosts(Set<String> hosts) {
    return new RegistryServerOptions(
        listeners, tokens, allowInsecure, tls, warmUp, hosts, quota, connections);
  }

  /** Other bounds. */
  public RegistryServerOptions withQuota(Quota newQuota) {
    return new RegistryServerOptions(
        listeners, tokens, allowInsecure, tls, warmUp, checkHosts, newQuota, connections);
  }

  /** Other bounds for connections. */
  public RegistryServerOptions withConnections(Connections newConnections) {
    return new RegistryServerOptions(
        listeners, tokens, allowInsecure, tls, warmUp, checkHosts, quota, newConnections);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "RegistryServerOptions[listeners="
        + listeners
        + ", tokens of "
        + tokens.values()
        + ", allowInsecure="
        + allowInsecure
        + ", tls="
        + tls
        + ", warmUp="
        + warmUp
        + ", checkHosts="
        + checkHosts
        + ", quota="
        + quota
        + ", connections="
        + connections
        + "]";
  }
}
