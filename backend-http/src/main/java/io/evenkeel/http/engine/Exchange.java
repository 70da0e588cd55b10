package io.evenkeel.http.engine;

import io.evenkeel.http.engine.Addresses.Target;
import io.evenkeel.registry.RegistryException;
import io.evenkeel.registry.WireHeaders;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Timer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One call, from its first address to its answer, its error or its deadline. On one context, but
 * for the promise.
 */
final class Exchange {
  /** A list of 10,000 instances takes about 4 MB. */
  static final int MAX_BODY = 16 * 1024 * 1024;

  /** Of a refusal's words only the first few are shown. */
  private static final int MAX_REFUSAL = 64 * 1024;

  private final Wire wire;
  private final Call call;
  private final String what;
  private final Promise<Answer> promise;
  private final Addresses.Walk walk;
  private @Nullable Timer deadline;
  private @Nullable HttpClientRequest current;
  private @Nullable Throwable lastFailure;
  private boolean done;

  Exchange(Wire wire, Call call, String what, Promise<Answer> promise) {
    this.wire = wire;
    this.call = call;
    this.what = what;
    this.promise = promise;
    this.walk = wire.walk(call);
  }

  void start() {
    long millis = wire.timeout().plus(call.hold()).toMillis();
    deadline = wire.vertx().timer(millis, TimeUnit.MILLISECONDS);
    deadline.onSuccess(over -> late(millis));
    attempt();
  }

  private void late(long millis) {
    if (!done) {
      String late = what + ": no complete answer (expected: within " + millis + " ms)";
      fail(new RegistryException.Unavailable(late, wire.text().cause(lastFailure)));
      abandon();
    }
  }

  /** The answer is no longer wanted; the address is none the worse for it. */
  void giveUp() {
    if (!done) {
      fail(new RegistryException.Unavailable(what + ": given up", null));
      if (current != null) {
        current.reset();
      }
    }
  }

  private void attempt() {
    walk.next().onComplete(this::open, this::exhausted);
  }

  private void exhausted(Throwable noneLeft) {
    Throwable why = lastFailure == null ? noneLeft : lastFailure;
    fail(why instanceof RegistryException known ? known : wire.unavailable(what, why));
  }

  private void open(Target next) {
    if (done) {
      return;
    }
    wire.client()
        .request(wire.request(call, next))
        .onComplete(request -> exchange(next, request), error -> unreachable(next, error));
  }

  private void unreachable(Target at, Throwable error) {
    wire.addresses().failed(at);
    moveOn(error);
  }

  private void moveOn(Throwable error) {
    lastFailure = error;
    if (!done && call.isHeld()) {
      exhausted(error);
    } else if (!done) {
      attempt();
    }
  }

  private void exchange(Target at, HttpClientRequest request) {
    current = request;
    if (done) {
      abandon();
      return;
    }
    Future<HttpClientResponse> response =
        call.body() == null ? request.send() : request.send(Buffer.buffer(call.body().toString()));
    response
        .compose(this::read)
        .onComplete(answer -> answered(at, answer), error -> broken(at, error));
  }

  private void broken(Target at, Throwable error) {
    wire.addresses().failed(at);
    if (error instanceof RegistryException refused) {
      fail(refused);
      abandon();
    } else if (call.isRead()) {
      moveOn(error);
    } else {
      fail(wire.unavailable(what, error));
    }
  }

  private Future<Answer> read(HttpClientResponse response) {
    Promise<Answer> whole = Promise.promise();
    response.exceptionHandler(whole::tryFail);
    String encoding = response.getHeader("Content-Encoding");
    if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")) {
      return Future.failedFuture(
          protocol(response, "Content-Encoding " + encoding, "none, since none was offered"));
    }
    Buffer body = Buffer.buffer();
    response.endHandler(
        end ->
            whole.tryComplete(
                new Answer(what, response.statusCode(), response.headers(), body, wire.text())));
    response.handler(
        part -> {
          if (body.length() + part.length() > MAX_BODY) {
            whole.tryFail(protocol(response, "an endless body", "at most " + MAX_BODY + " bytes"));
          } else {
            body.appendBuffer(part);
          }
        });
    return whole.future();
  }

  private RegistryException protocol(HttpClientResponse response, String read, String expected) {
    return new Answer(what, response.statusCode(), response.headers(), Buffer.buffer(), wire.text())
        .protocol(read, expected);
  }

  private void answered(Target at, Answer answer) {
    int status = answer.status();
    // A server that cannot write, such as a replica whose store is away, may still be read.
    if (status == 429 || (status == 503 && call.isRead())) {
      wire.pause(at.origin()).note(answer.header("Retry-After"), answer.header("Date"));
    }
    if (status / 100 == 2 || call.expected().test(answer)) {
      wire.addresses().worked(at);
      end();
      promise.tryComplete(answer);
      return;
    }
    RegistryException error = error(answer);
    if (isBusy(status)) {
      wire.addresses().failed(at);
    }
    if (isBusy(status) && call.isRead()) {
      moveOn(error); // another address may be another server
    } else {
      fail(error);
    }
  }

  private static boolean isBusy(int status) {
    return status == 429 || status >= 500;
  }

  private RegistryException error(Answer answer) {
    int status = answer.status();
    if (isBusy(status)) {
      return new RegistryException.Unavailable(refusal(answer), null);
    }
    if (status < 400) {
      return answer.protocol("a redirect or the like, which is not followed", "2xx");
    }
    OptionalLong holder = answer.number(WireHeaders.INCARNATION);
    if (status == 409 && holder.isPresent()) {
      return new RegistryException.Superseded(refusal(answer), holder.getAsLong());
    }
    return new RegistryException.Rejected(refusal(answer));
  }

  private String refusal(Answer answer) {
    int shown = Math.min(answer.body().length(), MAX_REFUSAL);
    String words = wire.text().of(answer.body().getString(0, shown));
    return answer + (words.isBlank() ? "" : ": " + words);
  }

  private void fail(RegistryException error) {
    end();
    promise.tryFail(error);
  }

  private void end() {
    done = true;
    if (deadline != null) {
      deadline.cancel();
    }
  }

  private void abandon() {
    if (current != null) {
      current.reset();
    }
  }
}
