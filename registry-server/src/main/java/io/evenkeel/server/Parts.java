package io.evenkeel.server;

import io.evenkeel.server.admin.AdminDialect;
import io.evenkeel.server.admin.Metrics;
import io.evenkeel.server.check.CheckRunner;
import io.evenkeel.server.consul.ConsulDialect;
import io.evenkeel.server.dialect.ConfigServiceDialect;
import io.evenkeel.server.dialect.HeartbeatDialect;
import io.evenkeel.server.dialect.OrchestratorDialect;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.Listener;
import io.evenkeel.time.Randomness;
import io.vertx.core.Vertx;

/** What the listeners share, and which dialect each speaks. */
record Parts(
    Vertx vertx,
    Directory directory,
    Readiness readiness,
    CheckRunner checks,
    Metrics metrics,
    RegistryServerOptions options) {
  private static final String CONSUL_NODE = "127.0.0.1";

  Listener.Dialect dialect(Protocol protocol) {
    return switch (protocol) {
      case HEARTBEAT -> HeartbeatDialect.of(directory, readiness);
      case CONFIG_SERVICE -> ConfigServiceDialect.of(directory, readiness, checks);
      case ORCHESTRATOR -> OrchestratorDialect.of(directory, readiness);
      case ADMIN -> new AdminDialect(directory, readiness, metrics);
      case CONSUL -> consul();
    };
  }

  private Listener.Dialect consul() {
    return ConsulDialect.of(
        directory,
        readiness,
        CONSUL_NODE,
        new ConsulDialect.WatchLimits(
            options.quota().watchesPerClient(), options.quota().watches()),
        Randomness.perThread());
  }
}
