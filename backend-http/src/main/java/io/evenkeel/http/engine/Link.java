package io.evenkeel.http.engine;

import io.evenkeel.registry.RegistryUri;
import io.evenkeel.time.TimeSource;
import io.vertx.core.Vertx;

/** What a dialect is given to speak with: the wire, the reader of lists, and what the URI says. */
public record Link(Vertx vertx, WireOptions options, Wire wire, Rows rows, TimeSource time) {

  /**
   * Makes what a dialect needs for a URI.
   *
   * @throws IllegalArgumentException naming the part of the URI that is not understood
   */
  public static Link open(Vertx vertx, RegistryUri uri, UriForm form) {
    WireOptions options = WireOptions.read(uri, form);
    TimeSource time = TimeSource.system();
    return new Link(
        vertx, options, Wire.create(vertx, options, time), new Rows(options, time), time);
  }
}
