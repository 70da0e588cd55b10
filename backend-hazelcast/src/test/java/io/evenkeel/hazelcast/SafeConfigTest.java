package io.evenkeel.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import com.hazelcast.client.config.ConnectionRetryConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeConfigTest {
  private final Config member =
      SafeConfig.member(
          "dev",
          "evenkeel",
          2,
          new SafeConfig.MemberPlace("127.0.0.1", 5701, List.of("127.0.0.1:5702"), true));
  private final ClientConfig client =
      SafeConfig.client("dev", List.of("127.0.0.1:5701"), RoutingMode.SINGLE_MEMBER);

  @ParameterizedTest
  @CsvSource({
    "hazelcast.socket.bind.any, false",
    "hazelcast.phone.home.enabled, false",
    "hazelcast.shutdownhook.enabled, false",
    "hazelcast.max.no.heartbeat.seconds, 10",
    "hazelcast.heartbeat.interval.seconds, 1",
    "hazelcast.merge.first.run.delay.seconds, 30",
    "hazelcast.merge.next.run.delay.seconds, 30",
    "hazelcast.logging.type, jdk"
  })
  void a_members_properties_are_the_measured_ones(String name, String value) {
    assertEquals(value, member.getProperty(name));
  }

  @Test
  void a_member_binds_one_interface_and_finds_others_by_address_only() {
    assertEquals(List.of("127.0.0.1"), interfaces());
    assertTrue(member.getNetworkConfig().getInterfaces().isEnabled());
    JoinConfig join = member.getNetworkConfig().getJoin();
    assertFalse(join.getMulticastConfig().isEnabled());
    assertFalse(join.getAutoDetectionConfig().isEnabled());
    assertEquals(List.of("127.0.0.1:5702"), join.getTcpIpConfig().getMembers());
  }

  private List<String> interfaces() {
    return List.copyOf(member.getNetworkConfig().getInterfaces().getInterfaces());
  }

  @Test
  void a_member_runs_nothing_but_the_map() {
    assertFalse(member.getJetConfig().isEnabled());
    assertFalse(member.getMetricsConfig().isEnabled());
    assertFalse(member.getAdvancedNetworkConfig().isEnabled());
    assertTrue(member.isLiteMember());
  }

  @Test
  void the_map_evicts_nothing_and_idles_nothing_out() {
    MapConfig map = member.getMapConfig("evenkeel");
    assertEquals(EvictionPolicy.NONE, map.getEvictionConfig().getEvictionPolicy());
    assertEquals(0, map.getMaxIdleSeconds());
    assertEquals(2, map.getBackupCount());
    assertEquals(RegistrationMergePolicy.class.getName(), map.getMergePolicyConfig().getPolicy());
  }

  @Test
  void a_client_never_blocks_its_callers_and_notices_a_frozen_member() {
    assertTrue(client.getConnectionStrategyConfig().isAsyncStart());
    assertEquals(ReconnectMode.ASYNC, client.getConnectionStrategyConfig().getReconnectMode());
    assertEquals("2000", client.getProperty("hazelcast.client.heartbeat.interval"));
    assertEquals("10000", client.getProperty("hazelcast.client.heartbeat.timeout"));
    ConnectionRetryConfig retry = client.getConnectionStrategyConfig().getConnectionRetryConfig();
    assertEquals(0.3, retry.getJitter());
    assertEquals(2.0, retry.getMultiplier());
    assertEquals(Long.MAX_VALUE, retry.getClusterConnectTimeoutMillis());
  }

  @Test
  void what_java_serialization_may_read_is_a_list() {
    for (JavaSerializationFilterConfig filter :
        List.of(
            member.getSerializationConfig().getJavaSerializationFilterConfig(),
            client.getSerializationConfig().getJavaSerializationFilterConfig())) {
      assertTrue(filter.isDefaultsDisabled());
      assertTrue(filter.getWhitelist().isListed("com.hazelcast.core.HazelcastException"));
      assertFalse(filter.getWhitelist().isListed("java.rmi.server.UnicastRemoteObject"));
      assertFalse(filter.getWhitelist().isListed("java.util.PriorityQueue"));
      assertFalse(filter.getWhitelist().isListed("org.example.Gadget"));
    }
  }
}
