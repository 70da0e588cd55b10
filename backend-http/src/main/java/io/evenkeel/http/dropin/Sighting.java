package io.evenkeel.http.dropin;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.http.engine.Exchanged;
import io.evenkeel.http.engine.HttpServiceRegistry;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.ServiceRegistry;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered, as far as events tell of it. Nothing of it is there where the registry is
 * not spoken to over HTTP.
 *
 * @param url that was called
 */
record Sighting(@Nullable Integer status, @Nullable String url, @Nullable JsonNode body) {
  private static final Sighting NOTHING = new Sighting(null, null, null);

  /** The last answer that a registry got; a registrar makes one call at a time. */
  static Sighting last(ServiceRegistry registry) {
    if (!(registry instanceof HttpServiceRegistry http)) {
      return NOTHING;
    }
    return http.lastExchange()
        .map(exchange -> new Sighting(exchange.answer().status(), exchange.url(), json(exchange)))
        .orElse(NOTHING);
  }

  private static @Nullable JsonNode json(Exchanged exchange) {
    try {
      return exchange.answer().json();
    } catch (RegistryException.Protocol e) {
      return null; // Consul answers with nothing
    }
  }

  /** A text of the answer's body, null where it is not there. */
  @Nullable String text(String field) {
    return body == null ? null : body.path(field).textValue();
  }
}
