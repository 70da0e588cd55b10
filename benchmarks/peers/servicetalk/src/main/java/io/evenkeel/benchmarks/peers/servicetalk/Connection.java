package io.evenkeel.benchmarks.peers.servicetalk;

import io.servicetalk.client.api.LoadBalancedConnection;
import io.servicetalk.client.api.RequestTracker;
import io.servicetalk.concurrent.api.Completable;

/**
 * An open connection that stays open.
 *
 * @param tracker hears of its requests
 */
record Connection(RequestTracker tracker) implements LoadBalancedConnection {
  @Override
  public int score() {
    return 1;
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
