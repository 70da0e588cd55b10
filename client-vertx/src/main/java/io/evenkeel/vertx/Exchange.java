package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.call.Attempt;
import io.evenkeel.loadbalancer.load.LoadHeader;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.strategy.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.internal.ContextInternal;
import io.vertx.ext.web.client.HttpRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of one attempt on the wire, below the web client: whether a connection was there,
 * the status, the end of the body. Each of these ends the attempt as soon as it decides how; what
 * the user's future ends with decides only where the wire has said nothing. The wire speaks on the
 * context of the request; the rest may come from any thread.
 */
final class Exchange {
  private final Attempt attempt;
  private final ContextInternal context;
  private final LoadReader loadReader;
  private volatile boolean started;
  private volatile boolean abandoned; // written before request is read, read after it is written
  private volatile @Nullable HttpClientRequest request; // the newest that has a connection
  private volatile @Nullable HttpClientResponse head; // the newest answer, perhaps without its body

  private Exchange(Attempt attempt, ContextInternal context, LoadReader loadReader) {
    this.attempt = attempt;
    this.context = context;
    this.loadReader = loadReader;
  }

  static Exchange of(Attempt attempt, ContextInternal context, LoadReader loadReader) {
    Exchange exchange = new Exchange(attempt, context, loadReader);
    attempt.onTimeout(exchange::timedOut);
    attempt.onAbort(exchange::abandon);
    return exchange;
  }

  /** Has the user's function send the request, unless the attempt has ended before its turn. */
  <T> Future<T> run(HttpRequest<Buffer> bound, Function<HttpRequest<Buffer>, Future<T>> function) {
    if (abandoned) {
      return Future.failedFuture(tooLate());
    }
    return Future.succeededFuture(bound) // a future catches what the function throws
        .compose(
            each -> Objects.requireNonNull(function.apply(each), "the attempt function's future"))
        .onSuccess(answer -> conclude())
        .recover(this::conclude);
  }

  /** A connection is wanted; false when nobody waits for the answer any more. */
  boolean start() {
    started = true;
    return !abandoned;
  }

  /** Watches a request on its way to a connection; what is returned is what may be sent. */
  Future<HttpClientRequest> watch(Future<HttpClientRequest> connecting) {
    return connecting.onFailure(error -> attempt.complete(unsent(error))).compose(this::connected);
  }

  private Future<HttpClientRequest> connected(HttpClientRequest connected) {
    request = connected;
    if (abandoned) {
      connected.reset();
      return Future.failedFuture(tooLate());
    }
    connected.response().onComplete(this::answered, this::broken);
    return Future.succeededFuture(connected);
  }

  static CancellationException tooLate() {
    return new CancellationException("the attempt ended before it was sent");
  }

  private void answered(HttpClientResponse response) {
    head = response;
    int status = response.statusCode();
    if (status >= 300 && status < 400) {
      attempt.complete(Outcome.success()); // what a redirect leads to is not this instance's
    }
    response.end().onComplete(end -> attempt.complete(byStatus(response)), this::broken);
    report(response); // last, since it is the least
  }

  private void report(HttpClientResponse response) {
    String header = response.getHeader(LoadHeader.NAME);
    LoadReport report = loadReader.read(header, attempt.instance().id());
    if (report != null) {
      attempt.report(report);
    }
  }

  private void broken(Throwable error) {
    attempt.complete(
        error instanceof TimeoutException ? Outcome.timeout() : Outcome.failure(error));
  }

  /** The user's future has succeeded. */
  private void conclude() {
    HttpClientResponse response = head;
    if (response != null) {
      attempt.complete(byStatus(response));
    } else {
      attempt.close(); // with something else than the answer, which nobody waits for now
    }
  }

  /**
   * The user's future has failed. When the body is what failed, or was decoded in vain, the user
   * hears of it before this does: then the wire is given one more turn to speak.
   */
  private <T> Future<T> conclude(Throwable error) {
    if (attempt.outcome() != null || head == null) {
      judge(error);
      return Future.failedFuture(error);
    }
    Promise<T> afterTheWire = context.promise();
    context.runOnContext(
        turn -> {
          judge(error);
          afterTheWire.fail(error);
        });
    return afterTheWire.future();
  }

  private void judge(Throwable error) {
    boolean waited = started && error instanceof TimeoutException; // a limit the user has set
    if (attempt.complete(waited ? timedOut() : Outcome.local(error))) {
      abandon();
    }
  }

  /** What the end of the attempt's time means. */
  private Outcome timedOut() {
    abandoned = true;
    if (!started) {
      return Outcome.local(new TimeoutException("the attempt function has sent nothing"));
    }
    return request == null ? overload(null) : Outcome.timeout();
  }

  /**
   * Why there was no connection. A full queue and a long wait in it speak of too much to do;
   * whoever does not take a connection within the connect timeout is as good as not there; what is
   * refused on this side, such as by a closed client, speaks of neither.
   */
  private static Outcome unsent(Throwable error) {
    if (error instanceof ConnectionPoolTooBusyException || error instanceof TimeoutException) {
      return overload(error);
    }
    return error instanceof IllegalStateException || error instanceof IllegalArgumentException
        ? Outcome.local(error)
        : Outcome.unreachable(error);
  }

  private static Outcome overload(@Nullable Throwable cause) {
    return new Outcome(Outcome.Kind.OVERLOAD, false, Duration.ZERO, cause);
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
  private void abandon() {
    abandoned = true;
    HttpClientRequest connected = request;
    if (connected != null) {
      connected.reset();
    }
  }
}
