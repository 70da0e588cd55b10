package io.evenkeel.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.ManualTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract on a client that is the user's own, and so knows no serializer of ours. */
@Tag("cluster")
@Tag("slow")
class HazelcastClientContractIT extends RealClusterContract {
  private static TestCluster cluster;
  private static HazelcastInstance client;

  @BeforeAll
  static void start_cluster() {
    cluster = TestCluster.start();
    client = cluster.newClient();
  }

  @AfterAll
  static void stop_cluster() {
    cluster.close();
  }

  @Override
  protected ServiceRegistry newRegistry(ManualTime time) {
    return HazelcastServiceRegistry.over(client, TestCluster.options());
  }
}
