package io.evenkeel.loadbalancer.probe;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.LoadReport;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Asks an instance how loaded it is: the transport's part of probing. Safe from any thread. */
@FunctionalInterface
public interface Prober {

  /**
   * Asks once, without blocking. Completes on any thread; fails when there is no answer in time, or
   * one that says nothing. When the deadline is over nothing may be under way any more: the
   * instance may be asked again.
   */
  CompletionStage<LoadReport> probe(ServiceInstance instance, Duration deadline);
}
