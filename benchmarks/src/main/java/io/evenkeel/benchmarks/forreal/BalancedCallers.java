package io.evenkeel.benchmarks.forreal;

import io.evenkeel.benchmarks.laboratory.Contender;
import io.evenkeel.loadbalancer.Balancer;
import io.evenkeel.loadbalancer.call.Call;
import io.evenkeel.loadbalancer.strategy.Strategies;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.vertx.BalancedWebClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evenkeel's clients, as a program has them; without retries, so that errors are the strategy's.
 */
final class BalancedCallers implements Callers {
  private final List<BalancedWebClient> clients;

  private BalancedCallers(List<BalancedWebClient> clients) {
    this.clients = clients;
  }

  /** Completes when all of them know the list. */
  static Future<Callers> start(
      Vertx vertx, ServiceRegistry registry, Contender contender, int count, Duration deadline) {
    Call once = Call.once().withMaxAttempts(1).withAttemptTimeout(deadline).withDeadline(deadline);
    List<BalancedWebClient> clients =
        IntStream.range(0, count)
            .mapToObj(
                client ->
                    BalancedWebClient.builder(vertx, registry)
                        .callDefaults(once)
                        .poolOptions(POOL)
                        .balancer(
                            balancer ->
                                balancer
                                    .strategy(Strategies.named(contender.strategy()))
                                    .ejection(contender.ejection()))
                        .build())
            .toList();
    return Future.all(clients.stream().map(BalancedCallers::ready).toList())
        .map(known -> new BalancedCallers(clients));
  }

  private static Future<Balancer> ready(BalancedWebClient client) {
    return Future.fromCompletionStage(client.balancer(RealFleet.SERVICE).ready());
  }

  @Override
  public Future<Answer> call(int client, String uri) {
    return clients
        .get(client)
        .get(RealFleet.SERVICE, uri)
        .send()
        .map(
            response ->
                new Answer(
                    response.statusCode(), Integer.parseInt(response.getHeader(RealServer.INDEX))));
  }

  @Override
  public void close() {
    clients.forEach(client -> client.close().await());
  }
}
