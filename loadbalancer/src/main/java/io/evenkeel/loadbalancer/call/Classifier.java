package io.evenkeel.loadbalancer.call;

import io.evenkeel.strategy.Outcome;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

/** Judges the error of an attempt whose transport did not say how it ended. */
@FunctionalInterface
public interface Classifier {

  /** The outcome an error stands for; it is not wrapped in a {@code CompletionException}. */
  Outcome classify(Throwable error);

  /**
   * A connection that could not be made was never sent, a {@link TimeoutException} is a timeout, a
   * {@link CancellationException} was cancelled, and everything else is a failure of the instance.
   */
  static Classifier byException() {
    return error -> {
      if (error instanceof ConnectException
          || error instanceof NoRouteToHostException
          || error instanceof UnknownHostException
          || error instanceof UnresolvedAddressException) {
        return Outcome.unreachable(error);
      }
      if (error instanceof TimeoutException) {
        return Outcome.timeout();
      }
      return error instanceof CancellationException ? Outcome.cancelled() : Outcome.failure(error);
    };
  }
}
