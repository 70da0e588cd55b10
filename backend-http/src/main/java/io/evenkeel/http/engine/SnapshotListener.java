package io.evenkeel.http.engine;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.WatchListener;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.BiFunction;

/** Hands lists on as snapshots; a listener that throws is logged. */
record SnapshotListener(
    WatchListener listener, BiFunction<List<ServiceInstance>, Freshness, ServiceSnapshot> snapshots)
    implements ListListener {
  private static final System.Logger LOG = System.getLogger(SnapshotListener.class.getName());

  @Override
  public void onList(List<ServiceInstance> instances, Freshness freshness) {
    ServiceSnapshot snapshot = snapshots.apply(instances, freshness);
    try {
      listener.onSnapshot(snapshot);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a listener of " + snapshot.service() + " failed", e);
    }
  }

  @Override
  public void onError(RegistryException error) {
    try {
      listener.onError(error);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a listener failed on an error", e);
    }
  }
}
