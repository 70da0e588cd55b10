package io.evenkeel.server.check;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckState;
import io.evenkeel.server.directory.CheckStatus;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Entry;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.web.Refusal;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Polls what the rows of the directory are to be polled for, and reports what it finds. At most 64
 * checks are under way at once, and one check never twice; their times are spread, so that many
 * registrations at once do not make many checks at once. A check ends with its row. Event loop
 * only.
 */
public final class CheckRunner {
  private static final int PARALLEL = 64;
  private static final double SPREAD = 0.1;

  private final Directory directory;
  private final AddressRules rules;
  private final RandomGenerator random;
  private final Probe probe;
  private final Lanes lanes = new Lanes(PARALLEL);
  private final CheckClock clock;
  private final Map<InstanceKey, Map<String, Polling>> polled = new HashMap<>();
  private boolean closed;

  private CheckRunner(
      Vertx vertx, Directory directory, AddressRules rules, RandomGenerator random) {
    this.directory = directory;
    this.rules = rules;
    this.random = random;
    this.probe = new Probe(vertx, rules, PARALLEL);
    this.clock = new CheckClock(directory);
  }

  /** Runs the checks of whatever is registered from now on, and refuses those it must not run. */
  public static CheckRunner start(
      Vertx vertx, Directory directory, Set<String> allowedHosts, RandomGenerator random) {
    CheckRunner runner = new CheckRunner(vertx, directory, new AddressRules(allowedHosts), random);
    directory.onRegistering(runner::require);
    directory.onRegistered(runner::follow);
    directory.onRemoved(row -> runner.forget(row.key()));
    return runner;
  }

  private void require(Registration registration) {
    try {
      registration.checks().forEach(check -> rules.require(registration.instance().host(), check));
    } catch (IllegalArgumentException e) {
      throw new Refusal(400, "Invalid check: " + e.getMessage());
    }
  }

  /** Whether an instance at this host may have this check. */
  public boolean allows(String registeredHost, CheckDefinition check) {
    try {
      rules.require(registeredHost, check);
      return true;
    } catch (IllegalArgumentException refused) { // the caller leaves the check out
      return false;
    }
  }

  /** Makes a check once, when its turn comes; always succeeds, and nothing is reported. */
  public Future<Finding> probe(String registeredHost, CheckDefinition check) {
    if (!allows(registeredHost, check)) {
      return Future.succeededFuture(Finding.critical("the check is not allowed"));
    }
    Promise<Finding> found = Promise.promise();
    lanes.enter(() -> probe.make(registeredHost, check).onComplete(found));
    return found.future();
  }

  /** Polls what a row is checked by now, and nothing else. */
  private void follow(Entry row) {
    if (closed) {
      return;
    }
    clock.follow(row);
    Map<String, Polling> running = polled.computeIfAbsent(row.key(), key -> new HashMap<>());
    Set<String> ended = new HashSet<>(running.keySet());
    for (CheckState check : row.checks()) {
      CheckDefinition definition = check.definition();
      Polling known = running.get(definition.id());
      if (known != null && known.isOf(row, check)) {
        ended.remove(definition.id());
      } else if (definition.kind().isPolled()) {
        Polling fresh = new Polling(row, check);
        Polling replaced = running.put(definition.id(), fresh);
        ended.remove(definition.id());
        if (replaced != null) {
          replaced.stop();
        }
        fresh.begin();
      }
    }
    ended.forEach(id -> running.remove(id).stop());
    if (running.isEmpty()) {
      polled.remove(row.key());
    }
  }

  private void forget(InstanceKey key) {
    clock.forget(key);
    Map<String, Polling> running = polled.remove(key);
    if (running != null) {
      running.values().forEach(Polling::stop);
    }
  }

  /** How many checks are polled. */
  public int polled() {
    return polled.values().stream().mapToInt(Map::size).sum();
  }

  /** How many checks are under way at this moment. */
  public int underWay() {
    return lanes.busy();
  }

  /** Ends every check; what is under way is not reported. */
  public void close() {
    closed = true;
    Set.copyOf(polled.keySet()).forEach(this::forget);
    clock.close();
    probe.close();
  }

  /** One check of one row: a timer, then the probe, then a timer. */
  private final class Polling {
    private final Entry row;
    private final CheckState check;
    private final Thresholds thresholds = new Thresholds();
    private Scheduler.Timer timer = () -> {};
    private boolean stopped;

    Polling(Entry row, CheckState check) {
      this.row = row;
      this.check = check;
    }

    boolean isOf(Entry otherRow, CheckState otherCheck) {
      return row == otherRow && check == otherCheck;
    }

    /** Somewhere between a tenth of the interval and the whole. */
    void begin() {
      Duration interval = check.definition().interval();
      Duration first = interval.dividedBy(10);
      double share = random.nextDouble();
      after(first.plusNanos((long) (interval.minus(first).toNanos() * share)));
    }

    private void after(Duration delay) {
      timer = directory.timers().after(delay, () -> lanes.enter(this::poll));
    }

    private Future<?> poll() {
      if (stopped) {
        return Future.succeededFuture();
      }
      if (row.isExpired()) { // whether it is well is no question before it is back
        again();
        return Future.succeededFuture();
      }
      return probe.make(row.instance().host(), check.definition()).onSuccess(this::found);
    }

    private void found(Finding finding) {
      if (stopped) {
        return;
      }
      CheckStatus status = thresholds.said(check.definition(), check.status(), finding.status());
      // an error here is the registry's, which is away: the next finding tells it again
      directory.report(row, check, status, finding.output());
      again();
    }

    private void again() {
      after(Randomness.jitter(check.definition().interval(), SPREAD, random));
    }

    void stop() {
      stopped = true;
      timer.cancel();
    }
  }
}
