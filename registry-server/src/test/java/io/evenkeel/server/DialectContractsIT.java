package io.evenkeel.server;

import static io.evenkeel.server.Protocol.CONFIG_SERVICE;
import static io.evenkeel.server.Protocol.CONSUL;
import static io.evenkeel.server.Protocol.HEARTBEAT;
import static io.evenkeel.server.Protocol.ORCHESTRATOR;

import io.evenkeel.registry.ServiceRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract of every registry in each dialect. Most of its time is waiting for leases, so its
 * tests run side by side, and beside no others: every one has a server of its own.
 */
class DialectContractsIT {

  /** Loads what the first calls would spend their time with, all at once. */
  @BeforeAll
  static void warmUp() {
    try (TestServer server = TestServer.start()) {
      for (Protocol protocol : List.of(CONFIG_SERVICE, CONSUL, HEARTBEAT, ORCHESTRATOR)) {
        try (ServiceRegistry registry = server.registry(protocol)) {
          registry.services().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
        }
      }
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class ConfigService extends ServedRegistryContract {
    ConfigService() {
      super(CONFIG_SERVICE);
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Consul extends ServedRegistryContract {
    Consul() {
      super(CONSUL);
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Heartbeat extends ServedRegistryContract {
    Heartbeat() {
      super(HEARTBEAT);
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Orchestrator extends ServedRegistryContract {
    Orchestrator() {
      super(ORCHESTRATOR);
    }
  }
}
