package io.evenkeel.hazelcast;

import io.evenkeel.testkit.ServiceRegistryContract;
import java.time.Duration;

/** The contract on a real cluster: real time, and deadlines that a loaded machine keeps. */
abstract class RealClusterContract extends ServiceRegistryContract {
  @Override
  protected boolean runsOnManualTime() {
    return false;
  }

  @Override
  protected Duration ttl() {
    return Duration.ofSeconds(4);
  }

  @Override
  protected Duration callDeadline() {
    return Duration.ofSeconds(30);
  }
}
