package io.evenkeel.cli;

import io.evenkeel.loadbalancer.feed.FeedContext;
import io.evenkeel.loadbalancer.feed.FeedOptions;
import io.evenkeel.loadbalancer.feed.SnapshotFeed;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows the list of a service. */
@Command(
    name = "watch",
    description = {
      "Prints the list of a service now and after each change, until SIGTERM or SIGINT.",
      "An outage ends nothing: the list is printed again as STALE, and as FRESH when the registry"
          + " is back. Other than by a balancer, a list is believed at once however short it is."
    })
final class WatchCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 100;

  private final MainCommand main;

  @Parameters(paramLabel = "NAME", description = "The service")
  private String service = "";

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Ends after so many lists (default: never)")
  private @Nullable Long count;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      defaultValue = "1s",
      converter = Durations.class,
      description =
          "Between two reads of a registry that can only be polled (default: ${DEFAULT-VALUE})")
  private Duration interval = Duration.ZERO;

  WatchCommand(MainCommand main) {
    this.main = main;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (count != null && count < 1) {
      throw new IllegalArgumentException("count: " + count + " (expected: >= 1)");
    }
    FeedOptions options =
        FeedOptions.defaults().withPollInterval(interval).withGuardGrace(Duration.ZERO);
    BlockingQueue<ServiceSnapshot> lists = new LinkedBlockingQueue<>();
    try (ServiceRegistry registry = main.connect();
        Scheduler scheduler = Scheduler.daemon("evenkeel-watch");
        SnapshotFeed feed =
            SnapshotFeed.start(
                registry,
                service,
                options,
                new FeedContext(scheduler, Randomness.perThread(), Runnable::run),
                lists::add)) {
      follow(feed, lists);
    }
    return ErrorLines.OK;
  }

  private void follow(SnapshotFeed feed, BlockingQueue<ServiceSnapshot> lists)
      throws InterruptedException {
    long left = count == null ? Long.MAX_VALUE : count;
    ServiceSnapshot printed = null;
    Terminal terminal = main.terminal();
    while (left > 0 && !terminal.stop().isGiven() && !terminal.isDeaf()) {
      ServiceSnapshot next = lists.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      if (next == null && lists.isEmpty()) {
        next = otherFreshness(feed, printed);
      }
      if (next != null) {
        ServiceSnapshot shown = next;
        main.print(() -> line(shown), () -> InstanceJson.of(shown));
        printed = shown;
        left--;
      }
    }
  }

  /** The feed hands on lists, but not that the one it has was confirmed or has become doubtful. */
  private static @Nullable ServiceSnapshot otherFreshness(
      SnapshotFeed feed, @Nullable ServiceSnapshot printed) {
    ServiceSnapshot now = feed.snapshot().orElse(null);
    boolean same =
        now == null
            || printed == null
            || now.freshness() == printed.freshness()
            || !now.instances().equals(printed.instances()); // that one is on its way
    return same ? null : now;
  }

  private static String line(ServiceSnapshot snapshot) {
    String instances =
        snapshot.instances().stream().map(WatchCommand::brief).collect(Collectors.joining(", "));
    return snapshot.readAt()
        + " "
        + snapshot.service()
        + " revision "
        + snapshot.revision()
        + " "
        + snapshot.freshness()
        + " "
        + snapshot.instances().size()
        + (instances.isEmpty() ? "" : ": " + instances);
  }

  private static String brief(ServiceInstance instance) {
    return instance.id() + " " + HostPort.of(instance) + " " + instance.status();
  }
}
