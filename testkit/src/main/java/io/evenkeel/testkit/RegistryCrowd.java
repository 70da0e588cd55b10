package io.evenkeel.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Threads that begin at the same moment; what one of them throws fails the test. */
final class RegistryCrowd {
  private final CountDownLatch start = new CountDownLatch(1);
  private final CountDownLatch done;
  private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

  private RegistryCrowd(int threads) {
    done = new CountDownLatch(threads);
  }

  /** Runs the work once per thread, with the thread's number from 0, and waits for all. */
  static void run(int threads, IntConsumer work) throws InterruptedException {
    RegistryCrowd crowd = new RegistryCrowd(threads);
    for (int i = 0; i < threads; i++) {
      int number = i;
      Thread thread = new Thread(() -> crowd.join(number, work), "crowd-" + number);
      thread.setDaemon(true);
      thread.setUncaughtExceptionHandler((t, error) -> crowd.thrown.add(error));
      thread.start();
    }
    crowd.start.countDown();
    assertTrue(crowd.done.await(30, TimeUnit.SECONDS), "all threads end");
    assertTrue(crowd.thrown.isEmpty(), () -> "thrown: " + List.copyOf(crowd.thrown));
  }

  private void join(int number, IntConsumer work) {
    try {
      start.await();
      work.accept(number);
    } catch (InterruptedException | RuntimeException | AssertionError e) {
      thrown.add(e);
    } finally {
      done.countDown();
    }
  }
}
