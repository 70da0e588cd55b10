package io.evenkeel.benchmarks.hazelcast;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Three members in network namespaces of one machine, a and b on one side of a cut of 60 s and c on
 * the other. Each announces 100 instances, and withdraws 10 of its own during the cut. Needs root
 * and {@code ip}; says so where it has not.
 */
public final class SplitBrain {
  private static final String BRIDGE = "evkbr0";
  private static final List<String> NAMES = List.of("a", "b", "c");
  private static final long SECOND = 1_000_000_000L;

  private final List<NodeProcess> nodes = new ArrayList<>();

  private SplitBrain() {}

  /** The arguments are not looked at. */
  public static void main(String[] args) throws IOException {
    if (!run("ip", "link", "add", BRIDGE, "type", "bridge")) {
      System.out.println("SKIPPED split brain: ip cannot make a bridge here (needs root)");
      return;
    }
    SplitBrain experiment = new SplitBrain();
    try {
      experiment.build();
      experiment.split();
    } finally {
      experiment.nodes.forEach(NodeProcess::kill);
      NAMES.forEach(name -> run("ip", "netns", "del", "evk" + name));
      run("ip", "link", "del", BRIDGE);
    }
  }

  private static boolean run(String... command) {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void build() throws IOException {
    run("ip", "link", "set", BRIDGE, "up");
    for (int i = 0; i < NAMES.size(); i++) {
      String name = NAMES.get(i);
      run("ip", "netns", "add", "evk" + name);
      run("ip", "link", "add", "evk0" + name, "type", "veth", "peer", "name", "evk1" + name);
      run("ip", "link", "set", "evk1" + name, "netns", "evk" + name);
      run("ip", "link", "set", "evk0" + name, "master", BRIDGE);
      run("ip", "link", "set", "evk0" + name, "up");
      in(name, "addr", "add", "10.77.0." + (i + 1) + "/24", "dev", "evk1" + name);
      in(name, "link", "set", "evk1" + name, "up");
      in(name, "link", "set", "lo", "up");
      String members = "10.77.0.1:5701,10.77.0.2:5701,10.77.0.3:5701";
      nodes.add(
          NodeProcess.start(
                  "hazelcast-member://10.77.0.%d:5701?cluster=split&members=%s"
                      .formatted(i + 1, members),
                  List.of("ip", "netns", "exec", "evk" + name))
              .ready());
    }
  }

  private static void in(String name, String... command) {
    List<String> all = new ArrayList<>(List.of("ip", "-n", "evk" + name));
    all.addAll(List.of(command));
    run(all.toArray(String[]::new));
  }

  private void split() throws IOException {
    for (int i = 0; i < 3; i++) {
      nodes.get(i).ask("announce %s 0 100 10".formatted(NAMES.get(i)));
    }
    await(0, "{a=100, b=100, c=100}");
    await(2, "{a=100, b=100, c=100}");
    run("ip", "link", "set", "evk0c", "down");
    LockSupport.parkNanos(35 * SECOND);
    String during = withdrawTenEach();
    LockSupport.parkNanos(25 * SECOND);
    String late = nodes.get(0).ask("list") + " | " + nodes.get(2).ask("list");
    run("ip", "link", "set", "evk0c", "up");
    long healed = Members.TIME.nanoTime();
    for (int i = 0; i < 3; i++) {
      await(i, "{a=90, b=90, c=90}");
    }
    double back = Members.millisSince(healed) / 1e3;
    int returned = watchForReturns(healed);
    boolean served = late.split("STALE|FRESH", -1).length == 3 && !late.contains(" 0 {");
    Verdict.print(
        served && back <= 60 && returned == 0,
        "split brain of 60 s: withdrew 10 each on both sides (%s); before healing a|c: %s; all 270"
                .formatted(during, late)
            + " on all nodes %.1f s after healing; other lists until a minute after it: %d"
                .formatted(back, returned),
        "both sides serve, all back within 60 s, none returns");
  }

  private String withdrawTenEach() throws IOException {
    StringBuilder answers = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      answers.append(nodes.get(i).ask("withdraw %s 0 10".formatted(NAMES.get(i)))).append(' ');
    }
    return answers.toString().strip();
  }

  private void await(int node, String content) throws IOException {
    long end = Members.TIME.nanoTime() + 120 * SECOND;
    for (String list = ""; !list.endsWith(content); list = nodes.get(node).ask("list")) {
      if (Members.TIME.nanoTime() > end) {
        throw new IOException(NAMES.get(node) + ": " + list + " (expected: " + content + ")");
      }
      LockSupport.parkNanos(SECOND / 10);
    }
  }

  private int watchForReturns(long healed) throws IOException {
    int wrong = 0;
    long end = healed + 60 * SECOND;
    while (Members.TIME.nanoTime() < end) {
      for (NodeProcess node : nodes) {
        wrong += node.ask("list").endsWith("{a=90, b=90, c=90}") ? 0 : 1;
      }
      LockSupport.parkNanos(SECOND / 2);
    }
    return wrong;
  }
}
