package io.evenkeel.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.registry.WatchListener;
import io.evenkeel.testkit.wire.Fault;
import io.evenkeel.testkit.wire.FaultProxy;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whether who withdraws while the cluster is away, or just back, stays withdrawn. */
@Tag("cluster")
@Tag("slow")
class WithdrawalIT {
  private static final int ROUNDS = 10;
  private static final int EACH = 100;

  /** Longer than this test's patience: whoever is gone within that was not just silent. */
  private static final Duration TTL = Duration.ofSeconds(60);

  private static final Lease LEASE = new Lease(TTL, 1);

  private final HazelcastOptions options =
      TestCluster.options().withCallDeadline(Duration.ofMillis(900));
  private final Random random = new Random(33);
  private final Scheduler scheduler = Scheduler.daemon("withdrawals");
  private final Returns returns = new Returns();
  private final List<ServiceRegistry> open = new ArrayList<>(); // they may yet put something again
  private TestCluster cluster;
  private HazelcastServiceRegistry observer;
  private FaultProxy proxy;

  @BeforeEach
  void start() {
    cluster = TestCluster.start();
    proxy =
        FaultProxy.inFrontOf(
            "127.0.0.1", cluster.member().getCluster().getLocalMember().getAddress().getPort());
    observer = TestCluster.registry(cluster.member(), options);
    observer.watch("orders", returns);
  }

  @AfterEach
  void stop() {
    open.forEach(ServiceRegistry::close);
    proxy.close();
    scheduler.close();
    observer.close();
    cluster.close();
  }

  @Test
  void of_a_thousand_that_were_withdrawn_around_a_reconnect_none_comes_back() {
    for (int round = 0; round < ROUNDS; round++) {
      withdrawAroundAReconnect(round);
    }
    ServiceInstance last = ServiceInstance.builder("orders", "10.0.0.1", 80).id("last").build();
    Waiting.result(observer.register(last, new Lease(Duration.ofSeconds(10), 1)));
    Waiting.until("every client has settled", () -> Waiting.ids(observer).isEmpty());
    assertEquals(ROUNDS * EACH, returns.gone());
    assertEquals(Set.of(), returns.returned());
  }

  private void withdrawAroundAReconnect(int round) {
    String uri = "hazelcast://127.0.0.1:%d?routing=single&cluster=%s&map=%s";
    ServiceRegistry registry =
        Registries.connect(uri.formatted(proxy.port(), cluster.name(), options.map()));
    open.add(registry);
    List<InstanceKey> keys = register(registry, round);
    int before = random.nextInt(EACH);
    int whileAway = before + random.nextInt(EACH - before);
    List<CompletionStage<Boolean>> ends = new ArrayList<>();
    keys.subList(0, before).forEach(key -> ends.add(withdraw(registry, key)));
    proxy.apply(Fault.refuse(), Fault.reset());
    keys.subList(before, whileAway).forEach(key -> ends.add(withdraw(registry, key)));
    pass(Duration.ofMillis(random.nextInt(1_500)));
    proxy.heal();
    keys.subList(whileAway, EACH).forEach(key -> ends.add(withdraw(registry, key)));
    for (int i = 0; i < EACH; i++) {
      InstanceKey key = keys.get(i);
      if (!Waiting.result(ends.get(i))) {
        Waiting.until("withdrawn", () -> Waiting.result(withdraw(registry, key)));
      }
    }
    returns.withdrawn(keys.stream().map(InstanceKey::id).toList());
    Waiting.until("all are gone", () -> Waiting.ids(observer).isEmpty());
  }

  private List<InstanceKey> register(ServiceRegistry registry, int round) {
    List<InstanceKey> keys = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      String id = "r" + round + "-" + i;
      ServiceInstance one = ServiceInstance.builder("orders", "10.0.0.1", 80).id(id).build();
      Waiting.until("registered", () -> succeeds(registry.register(one, LEASE)));
      keys.add(one.key());
    }
    return keys;
  }

  /**
   * With a renewal before and one after, which may arrive in any order; answers if it succeeded.
   */
  private static CompletionStage<Boolean> withdraw(ServiceRegistry registry, InstanceKey key) {
    CompletionStage<Renewal> early = registry.renew(key, LEASE);
    CompletionStage<Boolean> end =
        registry.deregister(key, 1).handle((was, error) -> error == null);
    CompletionStage<Renewal> late = registry.renew(key, LEASE);
    return end.thenCombine(early.handle((lease, error) -> 0), (done, renewed) -> done)
        .thenCombine(late.handle((lease, error) -> 0), (done, renewed) -> done);
  }

  private static boolean succeeds(CompletionStage<?> call) {
    return Waiting.result(call.handle((value, error) -> error == null));
  }

  private void pass(Duration time) {
    CountDownLatch passed = new CountDownLatch(1);
    scheduler.schedule(time, passed::countDown);
    Waiting.until("the time has passed", () -> passed.getCount() == 0);
  }

  /** Notices who is listed again after it was withdrawn and gone. */
  private static final class Returns implements WatchListener {
    private final Set<String> withdrawn = new HashSet<>(); // guarded by this
    private final Set<String> gone = new HashSet<>(); // guarded by this
    private final Set<String> returned = new HashSet<>(); // guarded by this

    synchronized void withdrawn(List<String> ids) {
      withdrawn.addAll(ids);
    }

    synchronized int gone() {
      return gone.size();
    }

    synchronized Set<String> returned() {
      return Set.copyOf(returned);
    }

    @Override
    public synchronized void onSnapshot(ServiceSnapshot snapshot) {
      Set<String> listed =
          snapshot.instances().stream().map(ServiceInstance::id).collect(Collectors.toSet());
      listed.stream().filter(gone::contains).forEach(returned::add);
      withdrawn.stream().filter(id -> !listed.contains(id)).forEach(gone::add);
    }

    @Override
    public void onError(RegistryException error) {}
  }
}
