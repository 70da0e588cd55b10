package io.evenkeel.hazelcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.RegistryException;
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
  private static final Duration TTL = Duration.ofSeconds(3);
  private static final RegistrarOptions HABITS =
      RegistrarOptions.defaults().withTtl(TTL).withRenewInterval(Duration.ofSeconds(1));

  private final HazelcastOptions options =
      TestCluster.options().withCallDeadline(Duration.ofMillis(900));
  private final Random random = new Random(33);
  private final Scheduler scheduler = Scheduler.daemon("withdrawals");
  private final Returns returns = new Returns();
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
    Waiting.result(observer.register(last, new Lease(TTL.multipliedBy(2), 1)));
    Waiting.until("two leases have passed", () -> Waiting.ids(observer).isEmpty());
    assertEquals(Set.of(), returns.returned());
  }

  private void withdrawAroundAReconnect(int round) {
    String uri = "hazelcast://127.0.0.1:%d?routing=single&cluster=%s&map=%s";
    try (ServiceRegistry registry =
        Registries.connect(uri.formatted(proxy.port(), cluster.name(), options.map()))) {
      List<Registrar> registrars = announce(registry, round);
      Waiting.until("all listed", () -> Waiting.ids(observer).size() >= EACH);
      List<CompletionStage<?>> ends = new ArrayList<>();
      int before = random.nextInt(EACH);
      int whileAway = before + random.nextInt(EACH - before);
      registrars.subList(0, before).forEach(one -> ends.add(one.closeAsync()));
      proxy.apply(Fault.refuse(), Fault.reset());
      registrars.subList(before, whileAway).forEach(one -> ends.add(one.closeAsync()));
      pass(Duration.ofMillis(random.nextInt(1_500)));
      proxy.heal();
      registrars.subList(whileAway, EACH).forEach(one -> ends.add(one.closeAsync()));
      ends.forEach(end -> Waiting.result(end.handle((value, error) -> true)));
      returns.withdrawn(registrars.stream().map(one -> one.instance().id()).toList());
    }
  }

  private List<Registrar> announce(ServiceRegistry registry, int round) {
    List<Registrar> registrars = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      String id = "r" + round + "-" + i;
      ServiceInstance one = ServiceInstance.builder("orders", "10.0.0.1", 80).id(id).build();
      registrars.add(Registrar.announce(registry, one, HABITS, scheduler));
    }
    return registrars;
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
