package io.evenkeel.http;

import io.evenkeel.http.consul.Await;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.WatchListener;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a watch told, errors included. Safe from any thread. */
final class Heard implements WatchListener {
  private final List<ServiceSnapshot> snapshots = new CopyOnWriteArrayList<>();
  private final List<RegistryException> errors = new CopyOnWriteArrayList<>();

  @Override
  public void onSnapshot(ServiceSnapshot snapshot) {
    snapshots.add(snapshot);
  }

  @Override
  public void onError(RegistryException error) {
    errors.add(error);
  }

  List<ServiceSnapshot> snapshots() {
    return List.copyOf(snapshots);
  }

  List<RegistryException> errors() {
    return List.copyOf(errors);
  }

  /** Waits until the last snapshot is such a one. */
  void await(String what, Predicate<ServiceSnapshot> condition) {
    Await.until(
        what, () -> !snapshots.isEmpty() && condition.test(snapshots.get(snapshots.size() - 1)));
  }

  static Set<String> ids(ServiceSnapshot snapshot) {
    return snapshot.instances().stream().map(ServiceInstance::id).collect(Collectors.toSet());
  }
}
