package io.evenkeel.samples;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import io.evenkeel.hazelcast.HazelcastServiceRegistry;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.PrintStream;

/**
 * One Hazelcast member for both: the event bus of a clustered Vert.x, and the registry. The member
 * is Vert.x', so the registry is closed first and leaves it running.
 */
final class SharedHazelcast {
  private SharedHazelcast() {}

  /** Runs it; the arguments are not looked at. */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    HazelcastClusterManager manager = new HazelcastClusterManager(loopbackOnly());
    VertxOptions options = new VertxOptions();
    options.getEventBusOptions().setHost("127.0.0.1");
    Vertx vertx =
        Vertx.builder().with(options).withClusterManager(manager).buildClustered().await();
    ServiceRegistry registry = HazelcastServiceRegistry.over(manager.getHazelcastInstance());
    ServiceInstance orders = ServiceInstance.builder("orders", "127.0.0.1", 8080).build();
    Registrar registrar = Registrar.announce(registry, orders);
    registrar.registered().toCompletableFuture().join();
    out.println(
        "members "
            + manager.getNodes().size()
            + ", services "
            + registry.services().toCompletableFuture().join());
    registrar.close();
    registry.close();
    vertx.close().await();
  }

  /** Vert.x' own configuration, with our map, and neither multicast nor other interfaces. */
  private static Config loopbackOnly() {
    Config config = HazelcastServiceRegistry.configure(ConfigUtil.loadConfig(), "evenkeel");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    NetworkConfig network = config.getNetworkConfig().setPort(0).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    return config;
  }
}
