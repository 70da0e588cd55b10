package io.evenkeel.http.consul;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.ServiceRegistryContract;
import io.evenkeel.testkit.wire.RealConsul;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What every backend owes, as far as a Consul that knows nothing of Evenkeel can hold it. */
class RealConsulContractIT extends ServiceRegistryContract {
  @TempDir static Path data;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static ConsulAgent agent;

  @BeforeAll
  static void start() {
    assumeTrue(RealConsul.version().isPresent(), "no consul on the PATH");
    agent = ConsulAgent.start(data);
  }

  @AfterAll
  static void stop() {
    if (agent != null) {
      agent.close();
    }
  }

  @Override
  protected ServiceRegistry newRegistry(ManualTime time) {
    agent.deregisterAll();
    return agent.registry("");
  }

  @Override
  protected boolean runsOnManualTime() {
    return false;
  }

  /** Consul has no place for them, and passing a check that has expired revives it. */
  @Override
  protected boolean knowsIncarnations() {
    return false;
  }

  @Override
  protected Duration ttl() {
    return Duration.ofSeconds(3);
  }

  @Override
  protected Duration callDeadline() {
    return Duration.ofSeconds(30); // as patient as the agent's registries
  }
}
