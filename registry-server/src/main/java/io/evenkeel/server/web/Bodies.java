package io.evenkeel.server.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Reads bodies of at most 256 kB in the time they are given. Event loop only. */
final class Bodies {
  private static final int MAX_BODY = 256 * 1024;
  private static final Duration LINGER = Duration.ofSeconds(1);

  private final Vertx vertx;

  Bodies(Vertx vertx) {
    this.vertx = vertx;
  }

  /** The whole body of a request that announces one; fails with a {@link Refusal}. */
  Future<Buffer> read(HttpServerRequest http, Duration left) {
    if (http.getHeader("Content-Encoding") != null) {
      return Future.failedFuture(new Refusal(415, "Content-Encoding is not supported"));
    }
    String length = http.getHeader("Content-Length");
    if (length != null && isTooLong(length)) {
      return Future.failedFuture(tooLarge());
    }
    if ("100-continue".equalsIgnoreCase(http.getHeader("Expect"))) {
      http.response().writeContinue();
    }
    return collect(http, left);
  }

  private Future<Buffer> collect(HttpServerRequest http, Duration left) {
    Promise<Buffer> promise = Promise.promise();
    Buffer collected = Buffer.buffer();
    long timer =
        vertx.setTimer(
            Math.max(1, left.toMillis()),
            late -> promise.tryFail(new Refusal(408, "the body did not arrive in time")));
    http.handler(
        chunk -> {
          if (collected.length() + chunk.length() > MAX_BODY) {
            promise.tryFail(tooLarge());
          } else {
            collected.appendBuffer(chunk);
          }
        });
    http.exceptionHandler(
        broken -> promise.tryFail(new Refusal(400, "the body did not arrive whole")));
    http.endHandler(end -> promise.tryComplete(collected));
    return promise.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  /** Whether there is more to come of a request that is being answered. */
  static boolean isUnread(HttpServerRequest http) {
    return isAnnounced(http) && !http.isEnded();
  }

  /**
   * Closes the connection of a request whose body will not be read; not before the client has had a
   * moment to read the answer, since a reset would take it away.
   */
  void closeSoon(HttpServerRequest http) {
    long timer = vertx.setTimer(LINGER.toMillis(), late -> http.connection().close());
    http.handler(ignored -> {});
    http.exceptionHandler(broken -> vertx.cancelTimer(timer)); // it has closed, and is let go
    http.endHandler(
        end -> {
          vertx.cancelTimer(timer);
          http.connection().close();
        });
  }

  /** Whether a request says that it has a body. */
  static boolean isAnnounced(HttpServerRequest http) {
    String length = http.getHeader("Content-Length");
    return length != null ? !length.equals("0") : http.getHeader("Transfer-Encoding") != null;
  }

  private static boolean isTooLong(String length) {
    return length.length() > 6 || Long.parseLong(length) > MAX_BODY; // Netty has seen to digits
  }

  private static Refusal tooLarge() {
    return new Refusal(413, "the body is too large (expected: at most " + MAX_BODY + " bytes)");
  }
}
