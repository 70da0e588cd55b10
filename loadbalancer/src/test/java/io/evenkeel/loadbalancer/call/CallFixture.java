package io.evenkeel.loadbalancer.call;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Three instances, calls over them, and attempts that answer as told. */
class CallFixture {
  final Fleet fleet = Fleet.of(3);
  final Calls calls = fleet.calls();
  final List<Attempt> attempts = new ArrayList<>();
  final List<Long> sentAt = new ArrayList<>();

  static Outcome thrown(Throwable error) {
    throw new IllegalStateException("a defect");
  }

  static Classifier record(List<Throwable> judged) {
    return error -> {
      judged.add(error);
      return Outcome.failure(error);
    };
  }

  void onThread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  CompletableFuture<String> call(Call call, AttemptFunction<String> function) {
    return send(call, function).toCompletableFuture();
  }

  CompletionStage<String> send(Call call, AttemptFunction<String> function) {
    return calls.call(
        call,
        attempt -> {
          attempts.add(attempt);
          sentAt.add(fleet.time.nanoTime());
          return function.send(attempt);
        });
  }

  static AttemptFunction<String> answering(String text) {
    return attempt -> value(text);
  }

  /** Fails so many times, then answers. */
  static AttemptFunction<String> failing(int times) {
    AtomicInteger sent = new AtomicInteger();
    return attempt -> {
      int n = sent.incrementAndGet();
      return n <= times ? failed(new IOException("no " + n)) : value("ok");
    };
  }

  static CompletionStage<String> value(String text) {
    return CompletableFuture.completedStage(text);
  }

  static CompletionStage<String> failed(Throwable error) {
    return CompletableFuture.failedStage(error);
  }

  static Throwable errorOf(CompletableFuture<?> answer) {
    assertTrue(answer.isDone(), "not done");
    return assertThrows(CompletionException.class, answer::join).getCause();
  }
}
