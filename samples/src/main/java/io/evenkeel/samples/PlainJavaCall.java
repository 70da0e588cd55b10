package io.evenkeel.samples;

import io.evenkeel.loadbalancer.Balancer;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.registry.Registries;
import io.evenkeel.registry.ServiceRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Balancing without Vert.x: the JDK's own HTTP client sends the attempts. */
public final class PlainJavaCall {
  private PlainJavaCall() {}

  /** Calls one of the instances of the service, as the registry URI in the arguments lists them. */
  public static void main(String[] args) {
    String uri = args.length > 0 ? args[0] : "static:orders=127.0.0.1:8081,127.0.0.1:8082";
    try (ServiceRegistry registry = Registries.connect(uri);
        Balancer balancer = Balancer.forService("orders").on(registry).start()) {
      HttpClient http = HttpClient.newHttpClient();
      // README: plain java
      HttpResponse<String> response =
          balancer
              .call(
                  Call.repeatable(),
                  attempt -> {
                    var to = attempt.instance();
                    var path = URI.create("http://" + to.host() + ":" + to.port() + "/orders/42");
                    return http.sendAsync(
                        HttpRequest.newBuilder(path).build(), BodyHandlers.ofString());
                  })
              .toCompletableFuture()
              .join();
      // README: end
      System.out.println(response.body());
    }
  }
}
