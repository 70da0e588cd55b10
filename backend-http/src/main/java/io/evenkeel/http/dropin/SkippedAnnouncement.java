package io.evenkeel.http.dropin;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.RegistrarState;
import io.evenkeel.registry.Renewal;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Nothing is announced, since something is missing. */
record SkippedAnnouncement(CompletionStage<Optional<Registration>> registered)
    implements Announcement {

  @Override
  public RegistrarState state() {
    return RegistrarState.FAILED;
  }

  @Override
  public void update(UnaryOperator<ServiceInstance> change) {}

  @Override
  public CompletionStage<Renewal> ping() {
    return CompletableFuture.completedStage(Renewal.UNKNOWN);
  }

  @Override
  public CompletionStage<Boolean> deregister() {
    return CompletableFuture.completedStage(false);
  }

  @Override
  public void close() {}
}
