package io.evenkeel.samples;

import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.vertx.BalancedWebClient;
import io.vertx.core.Vertx;

/** The README's first code: names a service where a web client names a host. */
public final class FirstCall {
  private FirstCall() {}

  /** Calls two instances on ports 8081 and 8082 of this machine, and prints what they say. */
  public static void main(String[] args) {
    // README: first call
    Vertx vertx = Vertx.vertx();
    ServiceRegistry registry = Registries.connect("static:orders=127.0.0.1:8081,127.0.0.1:8082");
    BalancedWebClient client = BalancedWebClient.create(vertx, registry);

    client
        .get("orders", "/orders/42")
        .send()
        .onSuccess(response -> System.out.println(response.bodyAsString()))
        .onFailure(Throwable::printStackTrace);
    // README: end
  }
}
