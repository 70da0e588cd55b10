package io.evenkeel.benchmarks.peers.servicetalk;

import io.servicetalk.client.api.ConnectionFactory;
import io.servicetalk.client.api.RequestTracker;
import io.servicetalk.concurrent.api.Completable;
import io.servicetalk.concurrent.api.Single;
import io.servicetalk.context.api.ContextMap;
import io.servicetalk.transport.api.TransportObserver;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens connections to nowhere, each with the tracker that the load balancer gives it. */
final class Connections implements ConnectionFactory<String, Connection> {
  @Override
  public Single<Connection> newConnection(
      String host, @Nullable ContextMap context, @Nullable TransportObserver observer) {
    RequestTracker tracker =
        Objects.requireNonNull(context, "context: none").get(RequestTracker.REQUEST_TRACKER_KEY);
    return Single.succeeded(new Connection(Objects.requireNonNull(tracker, "tracker: none")));
  }

  @Override
  public Completable closeAsync() {
    return Completable.completed();
  }

  @Override
  public Completable onClose() {
    return Completable.never();
  }
}
