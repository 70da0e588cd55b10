package io.evenkeel.loadbalancer.probe;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.endpoint.Rotation;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.time.TimeSource;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Has a few random endpoints in rotation asked for their load with every request, so that the next
 * requests know. No request waits for it, nobody is asked twice at once, and without requests
 * nobody is asked at all. Any thread, no lock, no timer: an answer is late when it comes late.
 */
public final class Probing {
  private static final System.Logger LOG = System.getLogger(Probing.class.getName());
  private static final double SECOND = 1e9; // nanoseconds
  private static final long QUIET = 30_000_000_000L; // nanoseconds between two lines of the log
  private static final int MANY = 64;

  private final Prober prober;
  private final ProbeOptions options;
  private final Rotation rotation;
  private final TimeSource time;
  private final RandomGenerator random;
  private final ConcurrentMap<LiveEndpoint, Long> askedAt = new ConcurrentHashMap<>();
  private final RateBound rate;
  private final AtomicLong quietUntil;

  private Probing(
      Prober prober,
      ProbeOptions options,
      Rotation rotation,
      TimeSource time,
      RandomGenerator random) {
    this.prober = prober;
    this.options = options;
    this.rotation = rotation;
    this.time = time;
    this.random = random;
    this.rate = new RateBound((long) (SECOND / options.maxPerSecond()), time.nanoTime());
    this.quietUntil = new AtomicLong(time.nanoTime());
  }

  /** Probes those in that rotation; it is the caller's thread that sends them. */
  public static Probing of(
      Prober prober,
      ProbeOptions options,
      Rotation rotation,
      TimeSource time,
      RandomGenerator random) {
    return new Probing(prober, options, rotation, time, random);
  }

  /** A request begins: it is time to ask. */
  public void requested() {
    EndpointSet set = rotation.inRotation();
    int probes = set.size() == 0 ? 0 : (int) (options.perRequest() + random.nextDouble());
    for (int i = 0; i < probes; i++) {
      ask((LiveEndpoint) set.get(random.nextInt(set.size())), set.size());
    }
  }

  private void ask(LiveEndpoint endpoint, int size) {
    long now = time.nanoTime();
    Long before = askedAt.get(endpoint);
    if ((before != null && !isLate(before, now)) || !rate.allows(now)) {
      return;
    }
    if (askedAt.size() > MANY + 2 * size) {
      askedAt.values().removeIf(asked -> isLate(asked, now)); // a prober has left them open
    }
    Long mine = now;
    boolean first =
        before == null
            ? askedAt.putIfAbsent(endpoint, mine) == null
            : askedAt.replace(endpoint, before, mine);
    if (first) {
      send(endpoint, mine);
    }
  }

  private boolean isLate(long asked, long now) {
    return now - asked > options.deadline().toNanos();
  }

  private void send(LiveEndpoint endpoint, Long asked) {
    try {
      Objects.requireNonNull(
              prober.probe(endpoint.instance(), options.deadline()), "the prober's stage")
          .whenComplete((report, error) -> answered(endpoint, asked, report, error));
    } catch (RuntimeException e) {
      answered(endpoint, asked, null, e);
    }
  }

  private void answered(
      LiveEndpoint endpoint, Long asked, @Nullable LoadReport report, @Nullable Throwable error) {
    askedAt.remove(endpoint, asked);
    long now = time.nanoTime();
    if (isLate(asked, now)) {
      return;
    }
    if (report != null) {
      endpoint.report(report);
    } else {
      complain(endpoint, error, now);
    }
  }

  /** Now and then: one that fails will be asked again with one of the next requests. */
  private void complain(LiveEndpoint endpoint, @Nullable Throwable error, long now) {
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + QUIET)) {
      LOG.log(
          Level.WARNING,
          () -> "probe: no load report from " + endpoint.instance().id() + ": " + error);
    }
  }
}
