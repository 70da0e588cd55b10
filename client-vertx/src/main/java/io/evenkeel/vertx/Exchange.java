package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.call.Attempt;
import io.evenkeel.strategy.Outcome;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one attempt on the wire, below the web client: whether a connection was there,
 * the status, the end of the body. It ends the attempt at the end of the body, or when the user's
 * future ends before. Called on the context of the request; {@link #abort} from any thread.
 */
final class Exchange {
  private final Attempt attempt;
  private volatile @Nullable HttpClientRequest request; // set once there is a connection
  private volatile boolean aborted;
  private boolean started; // the rest: the request's context only
  private @Nullable Throwable connectFailure;
  private @Nullable HttpClientResponse head;

  Exchange(Attempt attempt) {
    this.attempt = attempt;
  }

  /** A connection was asked for. */
  void started() {
    started = true;
  }

  void connected(AsyncResult<HttpClientRequest> result) {
    if (result.failed()) {
      connectFailure = result.cause();
      return;
    }
    HttpClientRequest connected = result.result();
    request = connected;
    if (aborted) {
      connected.reset();
    }
    connected.response().onSuccess(this::answered);
  }

  private void answered(HttpClientResponse response) {
    head = response;
    response
        .end()
        .onComplete(
            end ->
                attempt.complete(
                    end.succeeded() ? byStatus(response) : Outcome.failure(end.cause())));
  }

  /** The user's future has ended: whatever was not seen by now decides. */
  void conclude(@Nullable Throwable error) {
    if (error == null) {
      HttpClientResponse response = head;
      attempt.complete(response == null ? Outcome.success() : byStatus(response));
    } else {
      attempt.complete(byFailure(error));
    }
  }

  private Outcome byFailure(Throwable error) {
    Throwable connecting = connectFailure;
    if (connecting instanceof ConnectionPoolTooBusyException) {
      return new Outcome(Outcome.Kind.OVERLOAD, false, Duration.ZERO, connecting);
    }
    if (connecting instanceof IllegalStateException || !started) {
      return Outcome.local(error); // the client is closed, or nothing was ever asked of it
    }
    if (connecting != null) {
      return Outcome.unreachable(connecting);
    }
    return error instanceof TimeoutException ? Outcome.timeout() : Outcome.failure(error);
  }

  /** 501 and 505 say what the server cannot do at all: another attempt would hear the same. */
  private static Outcome byStatus(HttpClientResponse response) {
    int status = response.statusCode();
    if (status == 429 || status == 503) {
      return Outcome.overload(retryAfter(response.getHeader("Retry-After")));
    }
    boolean failed = status >= 500 && status != 501 && status != 505;
    return failed ? Outcome.failure(null) : Outcome.success();
  }

  /** Seconds, as RFC 9110, section 10.2.3, has it; its other form, a date, counts as not given. */
  private static Duration retryAfter(@Nullable String header) {
    return header != null && header.matches("\\d{1,6}")
        ? Duration.ofSeconds(Long.parseLong(header))
        : Duration.ZERO;
  }

  /** Nobody waits for the answer any more: frees the connection. */
  void abort() {
    aborted = true;
    HttpClientRequest connected = request;
    if (connected != null) {
      connected.reset();
    }
  }
}
