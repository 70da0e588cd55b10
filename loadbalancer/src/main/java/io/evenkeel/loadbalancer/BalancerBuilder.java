package io.evenkeel.loadbalancer;

import io.evenkeel.loadbalancer.call.Classifier;
import io.evenkeel.loadbalancer.call.RetryOptions;
import io.evenkeel.loadbalancer.feed.FeedOptions;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.probe.ProbeOptions;
import io.evenkeel.loadbalancer.probe.Prober;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.loadbalancer.strategy.StrategySpec;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
import io.evenkeel.time.TimeSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link Balancer} is made of; for one thread. Only the registry has no default.
 */
public final class BalancerBuilder {
  private final String service;
  private @Nullable ServiceRegistry registry;
  private @Nullable BalancingStrategy strategy; // one of the two, or none
  private @Nullable StrategySpec spec;
  private Map<String, String> environment = System.getenv();
  private @Nullable Scheduler scheduler;
  private FeedOptions feed = FeedOptions.defaults();
  private EjectionOptions ejection = EjectionOptions.defaults();
  private Routing routing = Routing.everywhere();
  private RetryOptions retry = RetryOptions.defaults();
  private @Nullable Prober prober;
  private ProbeOptions probes = ProbeOptions.defaults();
  private Classifier classifier = Classifier.byException();
  private RandomGenerator random = Randomness.perThread();
  private Executor diskExecutor = ForkJoinPool.commonPool();

  BalancerBuilder(String service) {
    this.service = new InstanceKey(service, "any").service(); // the key knows what a name may be
  }

  /** Where the service's instances are found. It stays the caller's and outlives the balancer. */
  public BalancerBuilder on(ServiceRegistry value) {
    registry = value;
    return this;
  }

  /**
   * Who is picked; what {@code EVENKEEL_STRATEGY} names unless set, and power of two choices where
   * that is not set either. One object serves one balancer.
   */
  public BalancerBuilder strategy(BalancingStrategy value) {
    strategy = value;
    spec = null;
    return this;
  }

  /**
   * Who is picked, in the text form of a {@link StrategySpec}: {@code peak-ewma?decay=5s}.
   *
   * @throws IllegalArgumentException as {@link Strategies#of}
   */
  public BalancerBuilder strategy(String text) {
    return strategy(StrategySpec.parse(text));
  }

  /**
   * Who is picked, by name and options.
   *
   * @throws IllegalArgumentException as {@link Strategies#of}
   */
  public BalancerBuilder strategy(StrategySpec value) {
    Strategies.of(value, random, TimeSource.system()); // is refused where it is written
    strategy = null;
    spec = value;
    return this;
  }

  /** Where {@code EVENKEEL_STRATEGY} is looked up; that of the process unless set. */
  public BalancerBuilder environment(Map<String, String> variables) {
    environment = variables;
    return this;
  }

  /** How the list is kept up to date. */
  public BalancerBuilder feed(FeedOptions value) {
    feed = value;
    return this;
  }

  /** When failing instances are left out. */
  public BalancerBuilder ejection(EjectionOptions value) {
    ejection = value;
    return this;
  }

  /** Where traffic may go; everywhere, with slow start, unless set. */
  public BalancerBuilder routing(Routing value) {
    routing = value;
    return this;
  }

  /** How retries are spaced and bounded. */
  public BalancerBuilder retry(RetryOptions value) {
    retry = value;
    return this;
  }

  /** What asks instances for their load, for strategies that look at it; nobody does unless set. */
  public BalancerBuilder probing(Prober value) {
    prober = value;
    return this;
  }

  /** How many are asked, and how long for; counts when a prober was given. */
  public BalancerBuilder probing(ProbeOptions value) {
    probes = value;
    return this;
  }

  /** How errors are judged whose transport says nothing. */
  public BalancerBuilder classifier(Classifier value) {
    classifier = value;
    return this;
  }

  /** What all timers run on; it stays the caller's. Unless set, a daemon thread per balancer. */
  public BalancerBuilder scheduler(Scheduler value) {
    scheduler = value;
    return this;
  }

  /** What varies periods, backoff and picks; safe from any thread. */
  public BalancerBuilder random(RandomGenerator value) {
    random = value;
    return this;
  }

  /** What reads and writes the copy on disk; it may block. The common pool unless set. */
  public BalancerBuilder diskExecutor(Executor value) {
    diskExecutor = value;
    return this;
  }

  /**
   * Starts the balancer; returns at once, see {@link Balancer#ready()}.
   *
   * @throws IllegalStateException when no registry was given
   * @throws IllegalArgumentException when {@code EVENKEEL_STRATEGY} is asked and not understood
   */
  public Balancer start() {
    registry();
    Scheduler given = scheduler;
    return given == null
        ? new Balancer(this, Scheduler.daemon("evenkeel-" + service), true)
        : new Balancer(this, given, false);
  }

  String service() {
    return service;
  }

  ServiceRegistry registry() {
    if (registry == null) {
      throw new IllegalStateException("registry: not set (expected: .on(registry))");
    }
    return registry;
  }

  BalancingStrategy strategy(TimeSource time) {
    if (strategy != null) {
      return strategy;
    }
    return spec == null
        ? Strategies.fromEnvironment(environment, random, time)
        : Strategies.of(spec, random, time);
  }

  FeedOptions feed() {
    return feed;
  }

  EjectionOptions ejection() {
    return ejection;
  }

  Routing routing() {
    return routing;
  }

  RetryOptions retry() {
    return retry;
  }

  @Nullable Prober prober() {
    return prober;
  }

  ProbeOptions probes() {
    return probes;
  }

  Classifier classifier() {
    return classifier;
  }

  RandomGenerator random() {
    return random;
  }

  Executor diskExecutor() {
    return diskExecutor;
  }
}
