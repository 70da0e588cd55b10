package io.evenkeel.hazelcast;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.ClientNetworkConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SerializationConfig;
import java.util.List;

/**
 * The configuration of the instances we make. Hazelcast's defaults bind every interface, look for
 * members by multicast, call home, take two minutes to notice a frozen peer and seven to heal a
 * split brain; none of that here. There is no TLS and no authentication in the Community edition,
 * so whoever reaches the port is trusted.
 */
final class SafeConfig {
  /**
   * Hazelcast keeps as many as there are other members: one with two members, two from three on.
   */
  static final int BACKUPS = 2;

  private static final int MERGE_BATCH = 100;

  private SafeConfig() {}

  /** A member's place: {@code host} is an address of this machine, and the only one it binds. */
  record MemberPlace(String host, int port, List<String> members, boolean lite) {}

  static Config member(String cluster, String map, int backups, MemberPlace place) {
    Config config = new Config().setClusterName(cluster).setLiteMember(place.lite);
    property(config, "hazelcast.socket.bind.any", false);
    property(config, "hazelcast.phone.home.enabled", false);
    property(config, "hazelcast.shutdownhook.enabled", false);
    property(config, "hazelcast.logging.type", "jdk");
    property(config, "hazelcast.logging.emoji.enabled", false);
    property(config, "hazelcast.max.no.heartbeat.seconds", 10);
    property(config, "hazelcast.heartbeat.interval.seconds", 1);
    property(config, "hazelcast.merge.first.run.delay.seconds", 30);
    property(config, "hazelcast.merge.next.run.delay.seconds", 30);
    property(config, "hazelcast.graceful.shutdown.max.wait", 10);
    config.getMetricsConfig().setEnabled(false);
    config.getJetConfig().setEnabled(false);
    config.setNetworkConfig(network(place));
    config.setSerializationConfig(serialization());
    return config.addMapConfig(map(map, backups));
  }

  private static void property(Config config, String name, Object value) {
    config.setProperty(name, value.toString());
  }

  private static NetworkConfig network(MemberPlace place) {
    NetworkConfig network =
        new NetworkConfig().setPort(place.port).setPortAutoIncrement(false).setReuseAddress(true);
    network.getInterfaces().setEnabled(true).addInterface(place.host);
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).setMembers(place.members);
    return network;
  }

  static MapConfig map(String name, int backups) {
    MergePolicyConfig merge =
        new MergePolicyConfig(RegistrationMergePolicy.class.getName(), MERGE_BATCH);
    return new MapConfig(name)
        .setBackupCount(backups)
        .setStatisticsEnabled(false)
        .setMergePolicyConfig(merge);
  }

  static ClientConfig client(String cluster, List<String> members, RoutingMode routing) {
    ClientConfig config = new ClientConfig().setClusterName(cluster);
    config.setProperty("hazelcast.logging.type", "jdk");
    config.setProperty("hazelcast.client.heartbeat.interval", "2000");
    config.setProperty("hazelcast.client.heartbeat.timeout", "10000");
    config.setProperty("hazelcast.client.invocation.timeout.seconds", "10");
    config.getMetricsConfig().setEnabled(false);
    config
        .getConnectionStrategyConfig()
        .setAsyncStart(true)
        .setReconnectMode(ReconnectMode.ASYNC)
        .getConnectionRetryConfig()
        .setInitialBackoffMillis(500)
        .setMaxBackoffMillis(5_000)
        .setMultiplier(2)
        .setJitter(0.3)
        .setClusterConnectTimeoutMillis(Long.MAX_VALUE);
    ClientNetworkConfig network = config.getNetworkConfig().setAddresses(members);
    network.setConnectionTimeout(2_000).getAutoDetectionConfig().setEnabled(false);
    network.getClusterRoutingConfig().setRoutingMode(routing);
    config.setSerializationConfig(serialization());
    return config;
  }

  /** Compact with our serializer; by reflection nothing, and of Java's only what errors are. */
  private static SerializationConfig serialization() {
    SerializationConfig config = new SerializationConfig();
    config.setJavaSerializationFilterConfig(errorsOnly());
    config
        .getCompactSerializationConfig()
        .addSerializer(new RegistrationSerializer())
        .setZeroConfigFilter(nothing());
    return config;
  }

  /** Members answer with exceptions, which Hazelcast moves by Java serialization. */
  private static JavaSerializationFilterConfig errorsOnly() {
    ClassFilter errors =
        new ClassFilter()
            .addPrefixes("com.hazelcast.", "java.lang.", "java.util.Collections$", "[")
            .addClasses(
                "java.io.IOException",
                "java.io.EOFException",
                "java.util.ArrayList",
                "java.util.NoSuchElementException")
            .addPackages("java.net", "java.util.concurrent");
    return new JavaSerializationFilterConfig().setDefaultsDisabled(true).setWhitelist(errors);
  }

  private static JavaSerializationFilterConfig nothing() {
    ClassFilter none = new ClassFilter().addClasses("io.evenkeel.hazelcast.None");
    return new JavaSerializationFilterConfig().setDefaultsDisabled(true).setWhitelist(none);
  }
}
