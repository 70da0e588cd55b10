package io.evenkeel.loadbalancer;

import io.evenkeel.loadbalancer.call.Classifier;
import io.evenkeel.loadbalancer.call.RetryOptions;
import io.evenkeel.loadbalancer.feed.FeedOptions;
import io.evenkeel.loadbalancer.health.EjectionOptions;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.loadbalancer.strategy.PowerOfTwoChoices;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.time.Randomness;
import io.evenkeel.time.Scheduler;
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
  private @Nullable BalancingStrategy strategy;
  private @Nullable Scheduler scheduler;
  private FeedOptions feed = FeedOptions.defaults();
  private EjectionOptions ejection = EjectionOptions.defaults();
  private Routing routing = Routing.everywhere();
  private RetryOptions retry = RetryOptions.defaults();
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

  /** Who is picked; power of two choices unless set. One object serves one balancer. */
  public BalancerBuilder strategy(BalancingStrategy value) {
    strategy = value;
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

  /** What varies periods and backoff; safe from any thread. */
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

  BalancingStrategy strategy() {
    return strategy == null ? PowerOfTwoChoices.create() : strategy;
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
