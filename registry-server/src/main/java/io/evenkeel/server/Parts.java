package io.evenkeel.server;

import io.evenkeel.server.admin.AdminDialect;
import io.evenkeel.server.admin.Metrics;
import io.evenkeel.server.check.CheckRunner;
import io.evenkeel.server.dialect.ConfigServiceDialect;
import io.evenkeel.server.dialect.HeartbeatDialect;
import io.evenkeel.server.dialect.OrchestratorDialect;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.Listener;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Routes;
import io.vertx.core.Vertx;

/** What the listeners share, and which dialect each speaks. */
record Parts(
    Vertx vertx,
    Directory directory,
    Readiness readiness,
    CheckRunner checks,
    Metrics metrics,
    RegistryServerOptions options) {

  Listener.Dialect dialect(Protocol protocol) {
    return switch (protocol) {
      case HEARTBEAT -> HeartbeatDialect.of(directory, readiness);
      case CONFIG_SERVICE -> ConfigServiceDialect.of(directory, readiness, checks);
      case ORCHESTRATOR -> OrchestratorDialect.of(directory, readiness);
      case ADMIN -> new AdminDialect(directory, readiness, metrics);
      case CONSUL -> nothing();
    };
  }

  private static Listener.Dialect nothing() {
    return new Listener.Dialect() {
      @Override
      public Routes routes() {
        return new Routes();
      }

      @Override
      public io.evenkeel.server.web.ErrorStyle style() {
        return (request, status, message) -> Reply.text(status, message);
      }
    };
  }
}
