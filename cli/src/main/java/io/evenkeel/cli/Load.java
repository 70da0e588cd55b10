package io.evenkeel.cli;

import io.evenkeel.time.TimeSource;
import io.evenkeel.vertx.ServiceRequest;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.codec.BodyCodec;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends one request again and again. In an open loop a latency counts from when the request was
 * due, so that a slow service cannot slow the generator and hide itself; else from when it is sent.
 */
final class Load {
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ServiceRequest request;
  private final LoadPlan plan;
  private final Stop stop;
  private final Tally tally = new Tally();
  private final TimeSource time = TimeSource.system();
  private final Semaphore room;
  private final Context[] contexts;
  private long start; // by the thread that runs it
  private long end; // likewise

  Load(Vertx vertx, ServiceRequest request, LoadPlan plan, Stop stop) {
    this.request = request;
    this.plan = plan;
    this.stop = stop;
    this.room = new Semaphore(plan.concurrency());
    this.contexts = new Context[] {vertx.getOrCreateContext(), vertx.getOrCreateContext()};
  }

  /** Blocks until the last one is answered, or until it is told to stop. */
  void run(Duration longestRequest) throws InterruptedException {
    start = time.nanoTime();
    for (long number = 0; number < plan.count() && isDue(number) && hasRoom(); number++) {
      long due = plan.isOpenLoop() ? start + plan.dueNanos(number) : time.nanoTime();
      contexts[(int) (number % contexts.length)].runOnContext(go -> sendOne(due));
    }
    Duration patience = stop.isGiven() ? Duration.ofSeconds(2) : longestRequest.plusSeconds(2);
    room.tryAcquire(plan.concurrency(), patience.toNanos(), TimeUnit.NANOSECONDS);
    end = time.nanoTime();
  }

  /** Waits until the request is due; false when it never will be. */
  private boolean isDue(long number) {
    long due = plan.dueNanos(number);
    for (long now = elapsed(); now < due && goesOn(); now = elapsed()) {
      LockSupport.parkNanos(Math.min(due - now, LOOK_NANOS));
    }
    return goesOn();
  }

  /** Waits until one more may be under way; false when it is too late then. */
  private boolean hasRoom() throws InterruptedException {
    while (!room.tryAcquire(LOOK_NANOS, TimeUnit.NANOSECONDS)) {
      if (!goesOn()) {
        return false;
      }
    }
    return true;
  }

  private boolean goesOn() {
    return !stop.isGiven() && elapsed() < plan.duration().toNanos();
  }

  private long elapsed() {
    return time.nanoTime() - start;
  }

  private void sendOne(long due) {
    AtomicInteger number = new AtomicInteger();
    request
        .send(
            http -> {
              tally.attempt(HostPort.ofUri(http.host(), http.port()), number.getAndIncrement());
              return http.as(BodyCodec.none()).send();
            })
        .onComplete(
            result -> {
              note(result, time.nanoTime() - due);
              room.release();
            });
  }

  private void note(AsyncResult<HttpResponse<Void>> result, long nanos) {
    if (result.failed()) {
      tally.failed(reason(result.cause()), nanos);
    } else if (result.result().statusCode() >= 400) {
      tally.failed("status " + result.result().statusCode(), nanos);
    } else {
      tally.answered(nanos);
    }
  }

  private static String reason(Throwable error) {
    String message = Terminal.oneLine(String.valueOf(error.getMessage()));
    return message.length() > 120 ? message.substring(0, 120) + "…" : message;
  }

  Tally tally() {
    return tally;
  }

  /** How long it took, once it has ended. */
  double seconds() {
    return (end - start) / 1e9;
  }
}
