package io.evenkeel.server.check;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Lets so many things happen at once; the others wait their turn. Event loop only. */
final class Lanes {
  private final int width;
  private final Deque<Supplier<Future<?>>> waiting = new ArrayDeque<>();
  private int busy;

  Lanes(int width) {
    this.width = width;
  }

  /** Starts it now, or as soon as another has ended. */
  void enter(Supplier<Future<?>> work) {
    waiting.add(work);
    next();
  }

  private void next() {
    while (busy < width && !waiting.isEmpty()) {
      busy++;
      waiting
          .remove()
          .get()
          .onComplete(
              ended -> {
                busy--;
                next();
              });
    }
  }

  int busy() {
    return busy;
  }
}
