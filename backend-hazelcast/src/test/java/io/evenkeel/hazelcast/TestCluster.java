package io.evenkeel.hazelcast;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Members and clients on loopback, each test class with a cluster and each test with a map. */
final class TestCluster implements AutoCloseable {
  private static final Logger QUIET = Logger.getLogger("com.hazelcast");

  private final String name = "test-" + UUID.randomUUID();
  private final List<HazelcastInstance> all = new CopyOnWriteArrayList<>(); // clients are last
  private final HazelcastInstance member;

  private TestCluster() {
    QUIET.setLevel(Level.SEVERE);
    member = newMember();
  }

  /** A cluster of one member. */
  static TestCluster start() {
    return new TestCluster();
  }

  HazelcastInstance member() {
    return member;
  }

  String name() {
    return name;
  }

  /** Where the first member listens, as host:port. */
  String address() {
    return "127.0.0.1:" + member.getCluster().getLocalMember().getAddress().getPort();
  }

  /** What a member is configured with, to be changed before it starts. */
  Config memberConfig() {
    List<String> others = member == null ? List.of() : List.of(address());
    return SafeConfig.member(
        name,
        "test-*",
        SafeConfig.BACKUPS,
        new SafeConfig.MemberPlace("127.0.0.1", 0, others, false));
  }

  /** A further member; shut down with the cluster. */
  HazelcastInstance newMember() {
    return newMember(memberConfig());
  }

  HazelcastInstance newMember(Config config) {
    HazelcastInstance further = Hazelcast.newHazelcastInstance(config);
    all.add(0, further);
    return further;
  }

  ClientConfig clientConfig() {
    ClientConfig config = SafeConfig.client(name, List.of(address()), RoutingMode.ALL_MEMBERS);
    config.getConnectionStrategyConfig().setAsyncStart(false);
    config
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setClusterConnectTimeoutMillis(30_000);
    return config;
  }

  HazelcastInstance newClient() {
    return newClient(clientConfig());
  }

  HazelcastInstance newClient(ClientConfig config) {
    HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
    all.add(client);
    return client;
  }

  /** A map of its own for each test, and deadlines that a loaded machine keeps. */
  static HazelcastOptions options() {
    return HazelcastOptions.defaults()
        .withMap("test-" + UUID.randomUUID())
        .withCallDeadline(Duration.ofSeconds(30))
        .withSweepPeriod(Duration.ofMillis(50));
  }

  /** A registry as the URIs make it, with our serializer, on an instance that is shared. */
  static HazelcastServiceRegistry registry(HazelcastInstance instance, HazelcastOptions options) {
    return HazelcastServiceRegistry.start(
        "hazelcast:test",
        new ClusterLink.Origin(() -> instance, false, options.map(), true),
        options,
        null);
  }

  /** Only what it started: what registries start goes with them. */
  @Override
  public void close() {
    for (int i = all.size() - 1; i >= 0; i--) {
      all.get(i).getLifecycleService().terminate();
    }
  }
}
