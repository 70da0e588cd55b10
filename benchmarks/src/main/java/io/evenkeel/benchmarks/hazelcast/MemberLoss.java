package io.evenkeel.benchmarks.hazelcast;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Scheduler;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * 1,000 instances that renew through one client while members die: one of three, two of three at
 * once, the one whose clock is right of two, and all one after the other in a rolling restart. How
 * many of them does another client ever miss, how many of its reads fail, and when does a client
 * that comes up afterwards, and so knows nothing but what the map holds, list all?
 */
public final class MemberLoss {
  private static final int COUNT = 1_000;
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Duration HEARTBEAT = TTL.dividedBy(3);

  /** A heartbeat and its jitter, and a second in which the newcomer itself comes up. */
  private static final double BOUND = HEARTBEAT.toMillis() * 1.1 + 1_000;

  private static final String ROLLING = "rolling restart of 3"; // which has no such bound

  private final Members members;
  private int fewest = Integer.MAX_VALUE;
  private int reads;
  private int failed;
  private String more = "";

  private MemberLoss(Members members) {
    this.members = members;
  }

  /** What is done to the members. */
  private interface Blow {
    void fall(MemberLoss experiment) throws IOException;
  }

  /** All cases, or those named: one, two, skew, rolling. */
  public static void main(String[] args) throws Exception {
    List<String> cases = List.of("one", "two", "skew", "rolling");
    List<String> wanted = List.of(args).stream().filter(cases::contains).toList();
    for (String name : wanted.isEmpty() ? cases : wanted) {
      switch (name) {
        case "one" -> run("kill -9 of 1 of 3", 3, it -> it.kill(0));
        case "two" -> run("kill -9 of 2 of 3", 3, it -> it.kill(0, 1));
        case "skew" ->
            run(
                "kill -9 of 1 of 2, the survivor's clock 60 s ahead",
                2,
                MemberLoss::leaveTheSkewed,
                "-Dcom.hazelcast.clock.offset=60000");
        default -> run(ROLLING, 3, MemberLoss::rollAll);
      }
    }
  }

  private static void run(String what, int count, Blow blow, String... firstJvm) throws Exception {
    try (Members members = Members.start(count, firstJvm);
        ServiceRegistry announcer = members.client();
        ServiceRegistry observer = members.client();
        Scheduler scheduler = Scheduler.daemon("announcer")) {
      MemberLoss experiment = new MemberLoss(members);
      List<Registrar> registrars = announce(announcer, scheduler);
      Members.until(() -> Members.size(observer) == COUNT);
      experiment.observe(observer, HEARTBEAT);
      blow.fall(experiment);
      double back = experiment.newcomer();
      experiment.observe(observer, TTL.multipliedBy(2));
      experiment.conclude(what, back);
      registrars.clear();
    }
  }

  private void conclude(String what, double back) {
    boolean bounded = !what.equals(ROLLING);
    boolean inTime = back <= BOUND || !bounded;
    String bound = String.format(", a heartbeat with jitter and start-up: %.0f ms", BOUND);
    Verdict.print(
        fewest == COUNT && failed == 0 && inTime,
        String.format(
            "%s, %d instances with a TTL of %s: lost %d, reads %d, failed %d; a client that came up"
                + " afterwards listed all after %.0f ms%s",
            what, COUNT, TTL, COUNT - fewest, reads, failed, back, more),
        "lost 0, failed 0" + (bounded ? bound : ""));
  }

  private static List<Registrar> announce(ServiceRegistry registry, Scheduler scheduler) {
    RegistrarOptions options =
        RegistrarOptions.defaults().withTtl(TTL).withRenewInterval(HEARTBEAT);
    List<Registrar> registrars = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      ServiceInstance one = ServiceInstance.builder("orders", "10.0.0.1", 80).id("l" + i).build();
      registrars.add(Registrar.announce(registry, one, options, scheduler));
    }
    return registrars;
  }

  private void kill(int... indexes) {
    for (int index : indexes) {
      members.node(index).kill();
    }
  }

  private void leaveTheSkewed() throws IOException {
    more = ", warnings of skew: " + members.node(1).logged("clock differs");
    kill(1);
  }

  private void rollAll() throws IOException {
    try (ServiceRegistry observer = members.client()) {
      for (int i = 0; i < 3; i++) {
        members.restart(i);
        observe(observer, Duration.ofSeconds(3));
      }
    }
  }

  /** Reads the list every 10 ms, and notes the shortest. */
  private void observe(ServiceRegistry observer, Duration time) {
    long end = Members.TIME.nanoTime() + time.toNanos();
    while (Members.TIME.nanoTime() < end) {
      int size = Members.size(observer);
      reads++;
      if (size < 0) {
        failed++;
      } else {
        fewest = Math.min(fewest, size);
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  private double newcomer() {
    long began = Members.TIME.nanoTime();
    try (ServiceRegistry late = members.newClient()) {
      Members.until(() -> Members.size(late) == COUNT);
      return Members.millisSince(began);
    }
  }
}
