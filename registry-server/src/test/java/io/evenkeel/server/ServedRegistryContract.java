package io.evenkeel.server;

import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.testkit.ManualTime;
import io.evenkeel.testkit.ServiceRegistryContract;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;

/** The contract of every registry, through our own client, against a fresh server. */
abstract class ServedRegistryContract extends ServiceRegistryContract {
  private final Protocol protocol;
  private TestServer server;

  ServedRegistryContract(Protocol protocol) {
    this.protocol = protocol;
  }

  @Override
  protected ServiceRegistry newRegistry(ManualTime time) {
    server = TestServer.start();
    return server.registry(protocol);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected boolean runsOnManualTime() {
    return false;
  }

  @Override
  protected Duration ttl() {
    return Duration.ofSeconds(4); // renewed with 2 s to spare: its tests run side by side
  }

  @Override
  protected Duration callDeadline() {
    return Duration.ofSeconds(30); // as patient as the client
  }
}
