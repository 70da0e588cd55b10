package io.evenkeel.server.directory;

import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.Lease;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registry.Renewal;
import io.evenkeel.registry.ServiceRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.concurrent.CompletionStage;

/** Writes to the registry, answered on the event loop; a read that began before is then old. */
record Store(ServiceRegistry registry, Context context, Rows rows) {

  Future<Lease> register(ServiceInstance instance, Lease lease) {
    rows.registering(instance);
    return ask(registry.register(instance, lease))
        .onComplete(ended -> rows.registered(instance.key()));
  }

  Future<Renewal> renew(InstanceKey key, Lease lease) {
    return ask(registry.renew(key, lease));
  }

  Future<Boolean> deregister(InstanceKey key, long incarnation) {
    return ask(registry.deregister(key, incarnation));
  }

  private <T> Future<T> ask(CompletionStage<T> stage) {
    return Future.fromCompletionStage(stage, context).onComplete(ended -> rows.written());
  }
}
