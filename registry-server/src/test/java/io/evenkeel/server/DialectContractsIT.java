package io.evenkeel.server;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract of every registry in each dialect. Most of its time is waiting for leases, so its
 * tests run side by side, and beside no others: every one has a server of its own.
 */
class DialectContractsIT {

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class ConfigService extends ServedRegistryContract {
    ConfigService() {
      super(Protocol.CONFIG_SERVICE);
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Consul extends ServedRegistryContract {
    Consul() {
      super(Protocol.CONSUL);
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Heartbeat extends ServedRegistryContract {
    Heartbeat() {
      super(Protocol.HEARTBEAT);
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT)
  class Orchestrator extends ServedRegistryContract {
    Orchestrator() {
      super(Protocol.ORCHESTRATOR);
    }
  }
}
