package io.evenkeel.hazelcast;

import static io.evenkeel.hazelcast.Samples.KEY;
import static io.evenkeel.hazelcast.Samples.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.evenkeel.model.Lease;
import io.evenkeel.registry.Renewal;
import io.evenkeel.testkit.RecordingListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two members, and what they do to each other's registrations. */
@Tag("cluster")
class ClusterIT {
  private static final Lease LEASE = new Lease(Duration.ofMinutes(5), 1);

  private final HazelcastOptions options = TestCluster.options();
  private TestCluster cluster;
  private HazelcastInstance second;
  private HazelcastServiceRegistry here;
  private HazelcastServiceRegistry there;

  @BeforeEach
  void start() {
    cluster = TestCluster.start();
    second = cluster.newMember();
    here = TestCluster.registry(cluster.member(), options);
    there = TestCluster.registry(second, options);
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    cluster.close();
  }

  private IMap<String, Object> map() {
    return cluster.member().getMap(options.map());
  }

  @Test
  void what_one_registers_another_sees_and_hears_of() {
    RecordingListener listener = RecordingListener.create();
    there.watch("orders", listener);
    Waiting.result(here.register(instance(1), LEASE));
    Waiting.until("heard", () -> listener.lastIds().equals(Set.of("a")));
    assertEquals(Set.of("a"), Waiting.ids(there));
  }

  @Test
  void any_node_renews_what_another_registered() {
    Waiting.result(here.register(instance(1), LEASE));
    assertEquals(Renewal.RENEWED, Waiting.result(there.renew(KEY, LEASE)));
  }

  @Test
  void when_the_map_is_cleared_the_node_that_announced_puts_it_again() {
    Waiting.result(here.register(instance(1), LEASE));
    map().clear();
    Waiting.until("put again", () -> map().containsKey(KEY.toString()));
    assertEquals(Set.of("a"), Waiting.ids(there));
  }

  @Test
  void a_tombstone_that_was_overwritten_comes_back() {
    Waiting.result(here.register(instance(1), LEASE));
    Object alive = map().get(KEY.toString());
    Waiting.result(here.deregister(KEY, 1));
    Waiting.until("gone", () -> Waiting.ids(there).isEmpty());
    map().set(KEY.toString(), alive); // as a merge without our policy does
    Waiting.until("buried again", () -> ((Registration) map().get(KEY.toString())).isTombstone());
    assertEquals(Set.of(), Waiting.ids(there));
  }

  @Test
  void the_death_of_a_member_loses_nothing() {
    Waiting.result(here.register(instance(1), LEASE));
    Waiting.until("seen", () -> Waiting.ids(there).equals(Set.of("a")));
    cluster.member().getLifecycleService().terminate();
    Waiting.until(
        "renewed by the survivor",
        () ->
            Waiting.result(there.renew(KEY, LEASE).exceptionally(e -> Renewal.UNKNOWN))
                == Renewal.RENEWED);
    assertEquals(Set.of("a"), Waiting.ids(there));
    assertTrue(second.getMap(options.map()).containsKey(KEY.toString()));
  }

  @Test
  void each_member_has_its_own_coordinate() {
    Waiting.until("both are up", () -> coordinates().size() == 2);
    assertEquals(
        Set.of(new MemberCoordinate(0, 2), new MemberCoordinate(1, 2)), Set.copyOf(coordinates()));
  }

  private List<MemberCoordinate> coordinates() {
    return Stream.of(here, there).flatMap(registry -> registry.coordinate().stream()).toList();
  }

  @Test
  void a_client_has_no_coordinate() {
    try (HazelcastServiceRegistry client =
        HazelcastServiceRegistry.over(cluster.newClient(), options)) {
      Waiting.orders(client);
      assertEquals(Optional.empty(), client.coordinate());
    }
  }

  @Test
  void two_backups_are_kept_and_our_policy_merges() {
    assertEquals(2, cluster.memberConfig().getMapConfig("test-*").getBackupCount());
    assertEquals(
        RegistrationMergePolicy.class.getName(),
        second.getConfig().findMapConfig(options.map()).getMergePolicyConfig().getPolicy());
  }
}
