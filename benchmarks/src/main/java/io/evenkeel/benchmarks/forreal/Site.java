package io.evenkeel.benchmarks.forreal;

import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.TimeUnit;

/** One event loop: all clients of a run live on one, all servers on another. */
final class Site implements AutoCloseable {
  private final VertxInternal vertx =
      (VertxInternal) Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final ContextInternal context = vertx.createEventLoopContext();

  Vertx vertx() {
    return vertx;
  }

  ContextInternal context() {
    return context;
  }

  /** Does something on the event loop, in so many nanoseconds; what it returns calls it off. */
  Runnable in(long nanos, Runnable action) {
    ScheduledFuture<?> task =
        context.nettyEventLoop().schedule(action, Math.max(0, nanos), TimeUnit.NANOSECONDS);
    return () -> task.cancel(false);
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
