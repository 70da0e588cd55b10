package io.evenkeel.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.evenkeel.registry.RegistryProvider;
import io.evenkeel.registry.RegistryUri;
import io.evenkeel.registry.ServiceRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers for {@code hazelcast://host:5701,host2:5701} (a client) and {@code
 * hazelcast-member://127.0.0.1:5701} (a member inside this JVM). Found by the service loader, which
 * is why it has a public constructor; people call {@link io.evenkeel.registry.Registries#connect}.
 *
 * <p>Both take the parameters {@code cluster} (its name, {@code dev} by default) and {@code map}
 * ({@code evenkeel}). A client takes {@code routing}: {@code all}, a connection to every member, by
 * default, or {@code single}. A member's address is the IP address it binds, and the only one; its
 * port is 5701 by default, 0 for any. It takes {@code members} ({@code host:port}, comma-separated,
 * where the others are; without them it begins a cluster of its own), {@code lite} ({@code true} to
 * hold no data) and {@code backups} (0..6, 2 by default; as many as there are other members are
 * kept). The instance comes up in the background.
 *
 * <p>It logs through {@code java.util.logging} under {@code com.hazelcast}, warnings only where
 * that logger has no level of its own.
 */
public final class HazelcastRegistryProvider implements RegistryProvider {
  private static final Logger HAZELCAST_LOG = Logger.getLogger("com.hazelcast"); // kept alive here
  private static final Pattern ADDRESS =
      Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[^:\\[\\],/@]+)(?::(\\d{1,5}))?");
  private static final int DEFAULT_PORT = 5701;

  /** For the service loader. */
  public HazelcastRegistryProvider() {}

  @Override
  public Set<String> schemes() {
    return Set.of("hazelcast", "hazelcast-member");
  }

  @Override
  public ServiceRegistry connect(RegistryUri uri) {
    if (uri.tls()) {
      throw refused(uri, "+https", "no TLS: Hazelcast's Community edition has none");
    }
    boolean member = uri.scheme().equals("hazelcast-member");
    Set<String> known =
        member
            ? Set.of("backups", "cluster", "lite", "map", "members")
            : Set.of("cluster", "map", "routing");
    for (String name : uri.parameters().keySet()) {
      if (!known.contains(name)) {
        throw refused(uri, "parameter " + name, "one of " + known.stream().sorted().toList());
      }
    }
    HazelcastOptions options =
        HazelcastOptions.defaults().withMap(parameter(uri, "map", "evenkeel"));
    ClusterLink.Origin origin = member ? member(uri, options) : client(uri, options);
    return HazelcastServiceRegistry.start(uri.toString(), origin, options, null);
  }

  private static ClusterLink.Origin client(RegistryUri uri, HazelcastOptions options) {
    RoutingMode routing =
        switch (parameter(uri, "routing", "all")) {
          case "all" -> RoutingMode.ALL_MEMBERS;
          case "single" -> RoutingMode.SINGLE_MEMBER;
          default -> throw refused(uri, "routing", "all or single");
        };
    List<String> members = addresses(uri, uri.target());
    if (members.isEmpty()) {
      throw refused(uri, "no address", "host:5701,host2:5701");
    }
    ClientConfig config = SafeConfig.client(parameter(uri, "cluster", "dev"), members, routing);
    return origin(() -> HazelcastClient.newHazelcastClient(config), options);
  }

  private static ClusterLink.Origin member(RegistryUri uri, HazelcastOptions options) {
    SafeConfig.MemberPlace place = place(uri);
    Config config =
        SafeConfig.member(parameter(uri, "cluster", "dev"), options.map(), backups(uri), place);
    return origin(() -> Hazelcast.newHazelcastInstance(config), options);
  }

  private static ClusterLink.Origin origin(
      Supplier<HazelcastInstance> instances, HazelcastOptions options) {
    if (HAZELCAST_LOG.getLevel() == null) {
      HAZELCAST_LOG.setLevel(Level.WARNING);
    }
    return new ClusterLink.Origin(instances, true, options.map(), true);
  }

  private static SafeConfig.MemberPlace place(RegistryUri uri) {
    Matcher address = ADDRESS.matcher(uri.target());
    if (!address.matches()) {
      throw refused(uri, uri.target(), "the address to bind, such as 127.0.0.1:5701");
    }
    int port = address.group(2) == null ? DEFAULT_PORT : Integer.parseInt(address.group(2));
    if (port > 65_535) {
      throw refused(uri, "port " + port, "0..65535");
    }
    boolean lite =
        switch (parameter(uri, "lite", "false")) {
          case "true" -> true;
          case "false" -> false;
          default -> throw refused(uri, "lite", "true or false");
        };
    String host = address.group(1).replaceAll("[\\[\\]]", "");
    return new SafeConfig.MemberPlace(
        host, port, addresses(uri, parameter(uri, "members", "")), lite);
  }

  private static int backups(RegistryUri uri) {
    String text = parameter(uri, "backups", Integer.toString(SafeConfig.BACKUPS));
    if (!text.matches("[0-6]")) {
      throw refused(uri, "backups=" + text, "0..6");
    }
    return Integer.parseInt(text);
  }

  private static List<String> addresses(RegistryUri uri, String list) {
    List<String> addresses =
        Arrays.stream(list.split(",", -1)).filter(part -> !part.isEmpty()).toList();
    for (String address : addresses) {
      if (!ADDRESS.matcher(address).matches()) {
        throw refused(uri, address, "host:port");
      }
    }
    return addresses;
  }

  private static String parameter(RegistryUri uri, String name, String otherwise) {
    return uri.parameters().getOrDefault(name, otherwise);
  }

  private static IllegalArgumentException refused(RegistryUri uri, String what, String expected) {
    return new IllegalArgumentException(
        uri.scheme() + ": " + what + " (expected: " + expected + ")");
  }
}
