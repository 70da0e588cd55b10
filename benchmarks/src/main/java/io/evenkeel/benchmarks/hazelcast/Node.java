package io.evenkeel.benchmarks.hazelcast;

import com.sun.management.OperatingSystemMXBean;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Scheduler;
import io.evenkeel.time.TimeSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * One JVM of an experiment: a registry, told on its standard input what to do. Answers each command
 * with one line; what a watch sees comes in between.
 */
public final class Node {
  private final ServiceRegistry registry;
  private final Scheduler scheduler = Scheduler.daemon("node");
  private final Map<String, Registrar> registrars = new TreeMap<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<String, Integer> heard = new ConcurrentHashMap<>(); // size by service

  private Node(ServiceRegistry registry) {
    this.registry = registry;
  }

  /** The first argument is the registry's URI. */
  public static void main(String[] args) throws IOException {
    ServiceRegistry registry = Registries.connect(args[0]);
    Node node = new Node(registry);
    node.awaitTheFirstList();
    System.out.println("ready");
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String answer = node.obey(line.split(" ", -1));
      synchronized (System.out) {
        System.out.println(answer);
      }
    }
    registry.close(); // the JVM ends when the member has left
  }

  private void awaitTheFirstList() {
    while (true) {
      try {
        list("orders");
        return;
      } catch (CompletionException notYet) {
        LockSupport.parkNanos(50_000_000);
      }
    }
  }

  private String obey(String[] words) {
    return switch (words[0]) {
      case "announce" -> announce(words);
      case "withdraw" -> withdraw(words);
      case "list" -> describe(list("orders"));
      case "watch" -> watch();
      case "listen" -> listen();
      case "heard" -> "heard " + heard.values().stream().mapToInt(Integer::intValue).sum();
      case "cpu" -> "cpu " + cpuNanos();
      case "heap" -> "heap " + heapBytes();
      default -> "unknown " + words[0];
    };
  }

  /** announce prefix from to ttlSeconds. */
  private String announce(String[] words) {
    Duration ttl = Duration.ofSeconds(Long.parseLong(words[4]));
    RegistrarOptions options =
        RegistrarOptions.defaults().withTtl(ttl).withRenewInterval(ttl.dividedBy(3));
    for (int i = Integer.parseInt(words[2]); i < Integer.parseInt(words[3]); i++) {
      String id = words[1] + i;
      ServiceInstance instance = ServiceInstance.builder("orders", "10.0.0.1", 80).id(id).build();
      registrars.put(id, Registrar.announce(registry, instance, options, scheduler));
    }
    registrars.values().forEach(it -> it.registered().toCompletableFuture().join());
    return "announced " + registrars.size();
  }

  /** withdraw prefix from to. */
  private String withdraw(String[] words) {
    int gone = 0;
    for (int i = Integer.parseInt(words[2]); i < Integer.parseInt(words[3]); i++) {
      Registrar registrar = registrars.remove(words[1] + i);
      if (registrar != null && registrar.closeAsync().toCompletableFuture().join()) {
        gone++;
      }
    }
    return "withdrawn " + gone;
  }

  private ServiceSnapshot list(String service) {
    return registry.instances(service).toCompletableFuture().join();
  }

  /** list freshness count, then how many of each letter that ids begin with. */
  private static String describe(ServiceSnapshot list) {
    Map<String, Long> byLetter =
        list.instances().stream()
            .collect(
                Collectors.groupingBy(
                    one -> one.id().substring(0, 1), TreeMap::new, Collectors.counting()));
    return "list " + list.freshness() + " " + list.instances().size() + " " + byLetter;
  }

  private String watch() {
    registry.watch("orders", this::tellNewcomers);
    return "watching";
  }

  /** Watches the hundred services of {@link Costs}. */
  private String listen() {
    for (int i = 0; i < 100; i++) {
      String service = "orders" + i;
      registry.watch(service, snapshot -> heard.put(service, snapshot.instances().size()));
    }
    return "listening";
  }

  /** Nanoseconds of the machine's monotonic clock, which its JVMs share. */
  private void tellNewcomers(ServiceSnapshot snapshot) {
    long now = TimeSource.system().nanoTime();
    synchronized (System.out) {
      for (ServiceInstance one : snapshot.instances()) {
        if (seen.add(one.id())) {
          System.out.println("seen " + one.id() + " " + now);
        }
      }
    }
  }

  static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  static long heapBytes() {
    for (int i = 0; i < 3; i++) {
      ManagementFactory.getMemoryMXBean().gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
