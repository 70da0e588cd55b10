/** Any registry backend, served over HTTP in four dialects. */
@SuppressWarnings("requires-automatic") // libraries without a descriptor of their own
module io.evenkeel.server {
  requires transitive io.evenkeel.api;
  requires transitive io.vertx.core;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.github.f4b6a3.ulid;
  requires io.netty.codec.http;
  requires io.netty.transport;
  requires micrometer.core;
  requires micrometer.registry.prometheus;
  requires static transitive org.jspecify;

  exports io.evenkeel.server;
}
