/** The {@code evenkeel} command. */
module io.evenkeel.cli {
  requires io.evenkeel.api;
  requires io.evenkeel.server;
  requires io.evenkeel.vertx;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires static transitive org.jspecify;

  exports io.evenkeel.cli;

  opens io.evenkeel.cli to
      info.picocli;
}
