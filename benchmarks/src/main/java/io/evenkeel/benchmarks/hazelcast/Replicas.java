package io.evenkeel.benchmarks.hazelcast;

import io.evenkeel.benchmarks.registry.ServerProcess;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Three registry servers, each with a member of one cluster, and no load balancer: 100 instances
 * renew, and one client reads, through the three addresses while any one server is killed.
 */
public final class Replicas {
  private static final int COUNT = 100;
  private static final Duration TTL = Duration.ofSeconds(10);

  private Replicas() {}

  /** Kills each of the three in turn, or the one that is named: 0, 1 or 2. */
  public static void main(String[] args) throws Exception {
    List<String> victims = List.of("0", "1", "2");
    List<String> wanted = List.of(args).stream().filter(victims::contains).toList();
    for (String name : wanted.isEmpty() ? victims : wanted) {
      int victim = Integer.parseInt(name);
      List<ServerProcess> servers = start();
      try {
        run(servers, victim);
      } finally {
        servers.forEach(ServerProcess::close);
      }
    }
  }

  private static List<ServerProcess> start() throws IOException {
    List<ServerSocket> holders = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      holders.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }
    List<String> members = holders.stream().map(it -> "127.0.0.1:" + it.getLocalPort()).toList();
    for (ServerSocket holder : holders) {
      holder.close();
    }
    List<ServerProcess> servers = new ArrayList<>();
    for (String member : members) {
      String uri =
          "hazelcast-member://%s?cluster=replicas-%d&members=%s"
              .formatted(member, ProcessHandle.current().pid(), String.join(",", members));
      servers.add(ServerProcess.start("--warm-up", "0s", "--registry", uri));
    }
    return servers;
  }

  private static void run(List<ServerProcess> servers, int victim) {
    String addresses =
        servers.stream().map(it -> it.address("heartbeat")).collect(Collectors.joining(","));
    RegistrarOptions options =
        RegistrarOptions.defaults().withTtl(TTL).withRenewInterval(TTL.dividedBy(3));
    try (ServiceRegistry registry = Registries.connect("heartbeat://" + addresses);
        Scheduler scheduler = Scheduler.daemon("announcer")) {
      for (int i = 0; i < COUNT; i++) {
        ServiceInstance one = ServiceInstance.builder("orders", "10.0.0.1", 80).id("r" + i).build();
        Registrar.announce(registry, one, options, scheduler);
      }
      Members.until(() -> Members.size(registry) == COUNT);
      servers.get(victim).close();
      observe(registry, victim);
    }
  }

  private static void observe(ServiceRegistry registry, int victim) {
    long end = Members.TIME.nanoTime() + TTL.multipliedBy(3).dividedBy(2).toNanos();
    int reads = 0;
    int failed = 0;
    int fewest = COUNT;
    String why = "";
    for (; Members.TIME.nanoTime() < end; reads++) {
      try {
        int size = registry.instances("orders").toCompletableFuture().join().instances().size();
        fewest = Math.min(fewest, size);
      } catch (CompletionException unavailable) {
        failed++;
        why = ", lastly " + unavailable.getCause();
      }
      LockSupport.parkNanos(20_000_000);
    }
    Verdict.print(
        failed == 0 && fewest == COUNT,
        "replicas, kill -9 of number %d of 3: reads %d, failed %d%s, fewest listed %d of %d"
            .formatted(victim, reads, failed, why, fewest, COUNT),
        "no read failed or short");
  }
}
