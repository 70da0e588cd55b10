/** Any registry backend, served over HTTP in four dialects. */
module io.evenkeel.server {
  requires transitive io.evenkeel.api;
  requires transitive io.vertx.core;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires static transitive org.jspecify;

  exports io.evenkeel.server;
}
