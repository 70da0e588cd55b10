package io.evenkeel.loadbalancer.call;

import java.util.concurrent.CompletionStage;

/**
 * Sends one attempt over some transport.
 *
 * @param <T> what the call is answered with
 */
@FunctionalInterface
public interface AttemptFunction<T> {

  /**
   * Sends it to {@link Attempt#instance()} and answers with the result. It may end the attempt
   * itself with the outcome it saw; otherwise a value is a success and an error is judged by {@link
   * Classifier}. A value given with an outcome that is not a success is the call's answer if
   * nothing more may be tried. Must not block.
   */
  CompletionStage<T> send(Attempt attempt);
}
