package io.evenkeel.benchmarks.laboratory;

import static io.evenkeel.benchmarks.laboratory.world.Scenario.standard;

import io.evenkeel.benchmarks.laboratory.world.Clients;
import io.evenkeel.benchmarks.laboratory.world.Disturbance;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import io.evenkeel.benchmarks.laboratory.world.Server.Mode;
import io.evenkeel.benchmarks.laboratory.world.Work;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The worlds strategies are judged in: Prequal's test bed (B. Wydrowski et al., "Load is not what
 * you should balance: Introducing Prequal", NSDI 2024), and what happens to it. Where no source
 * gives a number (antagonists, cold starts, pauses, bursts), it was chosen such that round robin,
 * least connections and two choices come out as in the simulations this project began with.
 */
final class Scenarios {
  /** Those in which servers fail: there ejection is tried as well. */
  private static final Set<String> FAILING =
      Set.of("gray", "black-hole", "crash-refused", "crash-silent");

  private Scenarios() {}

  static List<Scenario> all() {
    return Stream.of(alike(), antagonised(), failing(), otherWork(), otherClients())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Some of them, in the order given.
   *
   * @throws IllegalArgumentException for an unknown name
   */
  static List<Scenario> named(Collection<String> names) {
    Map<String, Scenario> known =
        all().stream().collect(Collectors.toMap(Scenario::name, Function.identity()));
    for (String name : names) {
      if (!known.containsKey(name)) {
        String expected = all().stream().map(Scenario::name).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
            "lab.scenarios: " + name + " (expected: " + expected + ")");
      }
    }
    return names.stream().map(known::get).toList();
  }

  static boolean hasFailures(Scenario scenario) {
    return FAILING.contains(scenario.name());
  }

  private static List<Scenario> alike() {
    return List.of(
        standard("equal-30", "all equal, 30 %", 0.3),
        standard("equal-70", "all equal, 70 %", 0.7),
        standard("equal-90", "all equal, 90 %", 0.9),
        standard("two-speeds", "half of the servers 2 x slower, 90 %", 0.9)
            .on(4, server -> server % 2 == 0 ? 4 / 3.0 : 2 / 3.0));
  }

  private static List<Scenario> antagonised() {
    return List.of(
        standard("antagonists-70", "antagonists, 70 %", 0.7).amid(antagonists()),
        standard("antagonists-90", "antagonists, 90 %", 0.9).amid(antagonists()),
        standard("antagonists-110", "antagonists, 110 % of allocation", 1.1).amid(antagonists()),
        standard("mixed", "mixed speeds and antagonists, 90 %", 0.9)
            .on(4, server -> 0.6 + 0.8 * (server % 10) / 9)
            .amid(antagonists()));
  }

  /** Above their allocation of 4 cores, servers use what others leave: 5.25 on average. */
  private static Disturbance antagonists() {
    return Disturbances.antagonists(2.5, 8, 5);
  }

  private static List<Scenario> failing() {
    return List.of(
        standard("gray", "one server 20 x slower for 10 s, 75 %", 0.75)
            .amid(Disturbances.gray(20, 1, 11)),
        standard("black-hole", "one server fails in 1 ms, 75 %", 0.75)
            .amid(Disturbances.blackHole(0.5)),
        standard("crash-refused", "10 % crash, connections refused, 75 %", 0.75)
            .amid(Disturbances.crash(Mode.REFUSING, 3, 3)),
        standard("crash-silent", "10 % crash silently, 75 %", 0.75)
            .amid(Disturbances.crash(Mode.SILENT, 3, 3)),
        standard("rolling-deploy", "rolling deploy, cold instances, 70 %", 0.7)
            .amid(Disturbances.rollingDeploy(0.5, 4, 10)),
        standard("pauses", "stop-the-world pauses of 270 ms, 75 %", 0.75)
            .amid(Disturbances.pauses(20, 0.27)),
        standard("scale-out", "from 60 to 100 servers, 70 % before", 0.42)
            .amid(Disturbances.scaleOut(0.6, 3)));
  }

  private static List<Scenario> otherWork() {
    return List.of(
        standard("heavy-tail", "lognormal work, 90 %", 0.9).doing(Work.lognormal(1), 0),
        standard("dear-requests", "5 % of requests 60 x dearer, 80 %", 0.8)
            .doing(Work.dearer(0.05, 60), 0),
        standard("one-core", "one core per server, 70 %", 0.7).on(1, server -> 1),
        standard("thread-pool", "4 threads and a queue, 75 %", 0.75).threads(4),
        standard("bursts", "bursts of +-40 %, 65 %", 0.65).doing(Work.truncatedNormal(), 0.4));
  }

  private static List<Scenario> otherClients() {
    return List.of(
        standard("few-clients", "5 clients, antagonists, 90 %", 0.9).of(5, 100).amid(antagonists()),
        standard("few-equal", "5 clients, all equal, 90 %", 0.9).of(5, 100),
        standard("one-client", "one client, all equal, 90 %", 0.9).of(1, 100),
        standard("small", "3 clients, 5 servers, antagonists, 80 %", 0.8)
            .of(3, 5)
            .amid(antagonists()),
        standard("low-traffic", "1,000 clients, antagonists, 90 %", 0.9)
            .of(1000, 100)
            .amid(antagonists()),
        standard("zipf-clients", "clients by Zipf's law, 75 %", 0.75).by(Clients.zipf(100)));
  }
}
