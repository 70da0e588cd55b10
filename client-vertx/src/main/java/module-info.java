/** The Vert.x face of Evenkeel: a web client that sends each attempt to the instance it should. */
module io.evenkeel.vertx {
  requires transitive io.evenkeel.loadbalancer;
  requires transitive io.vertx.core;
  requires transitive io.vertx.web.client;
  requires static transitive org.jspecify;

  exports io.evenkeel.vertx;
}
