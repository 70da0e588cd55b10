package io.evenkeel.samples.demo;

import io.evenkeel.time.TimeSource;
import io.evenkeel.vertx.BalancedWebClient;
import io.evenkeel.vertx.ServiceRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Open-loop traffic: request i is due at i / rate, whether earlier ones were answered or not, and
 * its latency counts from then. So a slow instance cannot slow the generator and hide itself.
 */
final class Traffic {
  private final Vertx vertx;
  private final ServiceRequest request;
  private final TimeSource time;
  private final int perSecond;
  private final AtomicIntegerArray micros; // latency of each request
  private final AtomicInteger failed = new AtomicInteger();
  private final CountDownLatch open;

  Traffic(Vertx vertx, BalancedWebClient client, TimeSource time, int perSecond, int requests) {
    this.vertx = vertx;
    this.request = client.get(Demo.SERVICE, "/");
    this.time = time;
    this.perSecond = perSecond;
    this.micros = new AtomicIntegerArray(requests);
    this.open = new CountDownLatch(requests);
  }

  /** Sends all requests; blocks until the last one is sent. Two contexts share them. */
  void send() {
    Context[] contexts = {vertx.getOrCreateContext(), vertx.getOrCreateContext()};
    long start = time.nanoTime();
    for (int i = 0; i < micros.length(); i++) {
      long due = start + i * 1_000_000_000L / perSecond;
      for (long wait = due - time.nanoTime(); wait > 0; wait = due - time.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      int number = i;
      contexts[i % contexts.length].runOnContext(go -> sendOne(number, due));
    }
  }

  private void sendOne(int number, long due) {
    request
        .send()
        .compose(
            response ->
                response.statusCode() == 200
                    ? Future.succeededFuture()
                    : Future.failedFuture("status " + response.statusCode()))
        .onComplete(
            result -> {
              micros.set(number, (int) ((time.nanoTime() - due) / 1_000));
              if (result.failed()) {
                failed.incrementAndGet();
              }
              open.countDown();
            });
  }

  /** Waits for the answers that are still missing; what does not come counts as failed. */
  void awaitAnswers() throws InterruptedException {
    if (!open.await(20, TimeUnit.SECONDS)) {
      failed.addAndGet((int) open.getCount());
    }
  }

  int requests() {
    return micros.length();
  }

  int failed() {
    return failed.get();
  }

  /** The latency in milliseconds that a share of the requests did not exceed; 1 is the slowest. */
  double percentileMillis(double share) {
    int[] sorted = new int[micros.length()];
    Arrays.setAll(sorted, micros::get);
    Arrays.sort(sorted);
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return sorted[Math.max(0, Math.min(index, sorted.length - 1))] / 1_000.0;
  }
}
