/** The {@code evenkeel} command. */
module io.evenkeel.cli {
  requires io.evenkeel.api;
  requires io.evenkeel.server;
  requires io.evenkeel.vertx;
  requires io.vertx.web.common;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires java.logging;
  requires static transitive org.jspecify;

  exports io.evenkeel.cli;

  opens io.evenkeel.cli to
      info.picocli;
}
