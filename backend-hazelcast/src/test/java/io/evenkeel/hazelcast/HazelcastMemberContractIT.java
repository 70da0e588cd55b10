package io.evenkeel.hazelcast;

import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.ManualTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract on an embedded member, with our serializer. */
@Tag("cluster")
class HazelcastMemberContractIT extends RealClusterContract {
  private static TestCluster cluster;

  @BeforeAll
  static void start_cluster() {
    cluster = TestCluster.start();
  }

  @AfterAll
  static void stop_cluster() {
    cluster.close();
  }

  @Override
  protected ServiceRegistry newRegistry(ManualTime time) {
    return TestCluster.registry(cluster.member(), TestCluster.options());
  }
}
