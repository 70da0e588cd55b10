package io.evenkeel.server;

import io.evenkeel.server.consul.ConsulDialect;
import io.evenkeel.server.dialect.HeartbeatDialect;
import io.evenkeel.server.directory.Directory;
import io.evenkeel.server.directory.Readiness;
import io.evenkeel.server.web.Listener;
import io.evenkeel.server.web.Reply;
import io.evenkeel.server.web.Routes;
import io.evenkeel.time.Randomness;
import io.vertx.core.Vertx;

/** What the listeners share, and which dialect each speaks. */
record Parts(Vertx vertx, Directory directory, Readiness readiness, RegistryServerOptions options) {
  private static final String CONSUL_NODE = "127.0.0.1";

  Listener.Dialect dialect(Protocol protocol) {
    return switch (protocol) {
      case HEARTBEAT -> HeartbeatDialect.of(directory, readiness);
      case CONSUL -> consul();
      case CONFIG_SERVICE, ORCHESTRATOR, ADMIN -> nothing();
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
