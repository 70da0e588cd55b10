package io.evenkeel.http.dropin;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.registrar.RegistrarState;
import io.evenkeel.registry.Renewal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/**
 * A service that a {@link Dropin} announced, until it is closed. Safe from any thread; its stages
 * complete on any.
 */
public interface Announcement extends AutoCloseable {

  /**
   * Completes with what the registry accepted, or with nothing when there is nothing to register
   * with, the attempts are used up, or it was closed before. In these cases it fails instead with
   * {@link Dropin#failOnError}: with {@link IllegalArgumentException} when something is missing or
   * not understood, else with {@link IllegalStateException}.
   */
  CompletionStage<Optional<Registration>> registered();

  /** How the announcement stands; FAILED also when there was nothing to register with. */
  RegistrarState state();

  /**
   * Changes what is announced: weight, status, metadata.
   *
   * @throws IllegalArgumentException when the service or the id changes
   */
  void update(UnaryOperator<ServiceInstance> change);

  /**
   * Gives a sign of life out of turn, also where there is no keep-alive. UNKNOWN when the registry
   * does not have the service; then it is registered again. Fails with a {@code RegistryException}.
   */
  CompletionStage<Renewal> ping();

  /**
   * Ends the announcement and tells the registry, whatever {@link Dropin#autoDeregister} says.
   * Completes with whether the registry had it; fails with a {@code RegistryException}. Idempotent.
   */
  CompletionStage<Boolean> deregister();

  /**
   * Ends the announcement; tells the registry unless {@link Dropin#autoDeregister} says no, and
   * waits for its answer, at most for the timeout. Idempotent. Not for event loops.
   */
  @Override
  void close();
}
