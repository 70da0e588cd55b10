package io.evenkeel.samples.demo;

import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.Registrar;
import io.evenkeel.registrar.RegistrarOptions;
import io.evenkeel.registry.ServiceRegistry;
import io.evenkeel.time.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One real HTTP instance on loopback that announces itself, and that can be made to misbehave. Its
 * renewals have a scheduler of their own, so that they stop when it is killed or frozen, as they
 * would with its process.
 */
final class DemoInstance {
  private static final RegistrarOptions LEASE =
      RegistrarOptions.defaults().withTtl(Duration.ofMillis(1_200));

  private final Vertx vertx;
  private final InstancePlan plan;
  private final HttpServer server;
  private final Scheduler renewals;
  private volatile Mode mode = Mode.HEALTHY;
  private @Nullable Registrar registrar;

  /** What it does with a request. */
  private enum Mode {
    HEALTHY,
    REFUSING,
    FROZEN
  }

  private DemoInstance(Vertx vertx, InstancePlan plan) {
    this.vertx = vertx;
    this.plan = plan;
    this.renewals = Scheduler.daemon("instance-" + plan.id());
    this.server = vertx.createHttpServer().requestHandler(this::answer);
  }

  /** Listens on a free port and announces itself. */
  static Future<DemoInstance> start(Vertx vertx, ServiceRegistry registry, InstancePlan plan) {
    DemoInstance instance = new DemoInstance(vertx, plan);
    return instance
        .server
        .listen(0, "127.0.0.1")
        .compose(listening -> instance.announce(registry, listening.actualPort()));
  }

  private Future<DemoInstance> announce(ServiceRegistry registry, int port) {
    ServiceInstance instance =
        ServiceInstance.builder(Demo.SERVICE, "127.0.0.1", port)
            .id(plan.id())
            .weight(plan.weight())
            .zone(plan.zone())
            .build();
    Registrar announced = Registrar.announce(registry, instance, LEASE, renewals);
    registrar = announced;
    return Future.fromCompletionStage(announced.registered()).map(this);
  }

  private void answer(HttpServerRequest request) {
    switch (mode) {
      case HEALTHY ->
          vertx.setTimer(plan.serviceMillis(), timer -> request.response().end(plan.id()));
      case REFUSING -> request.response().setStatusCode(503).end();
      case FROZEN -> {} // accepted, never answered
    }
  }

  InstancePlan plan() {
    return plan;
  }

  void answer503() {
    mode = Mode.REFUSING;
  }

  void recover() {
    mode = Mode.HEALTHY;
  }

  /** As a stopped process: connections stay, nothing is answered, no lease is renewed. */
  void freeze() {
    mode = Mode.FROZEN;
    renewals.close();
  }

  /** As kill -9: the port closes, connections break, no lease is renewed, nobody is told. */
  void kill() {
    renewals.close();
    server.close();
  }

  /** As a good citizen: says so first, finishes what it has, withdraws, then stops. */
  void drain() {
    Registrar announced = registrar;
    if (announced != null) {
      announced.update(instance -> instance.withStatus(InstanceStatus.DRAINING));
      vertx.setTimer(500, timer -> announced.closeAsync().whenComplete((gone, error) -> kill()));
    }
  }

  Future<Void> stop() {
    renewals.close();
    return server.close();
  }
}
