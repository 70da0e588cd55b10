package io.evenkeel.inmemory;

import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.registry.Watch;
import io.evenkeel.registry.WatchListener;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;

/** One watch: a listener, and what it has heard. */
final class Subscription implements Watch {
  private static final System.Logger LOG =
      System.getLogger(InMemoryServiceRegistry.class.getName());

  private final WatchListener listener;
  private final Consumer<Subscription> onClose;
  private long seen = -1; // touched by the dispatch under way only
  private volatile boolean closed;

  Subscription(WatchListener listener, Consumer<Subscription> onClose) {
    this.listener = listener;
    this.onClose = onClose;
  }

  /** Tells the listener, unless it has heard this revision or is closed. */
  void tell(ServiceSnapshot snapshot) {
    if (closed || seen == snapshot.revision()) {
      return;
    }
    seen = snapshot.revision();
    try {
      listener.onSnapshot(snapshot);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a listener of " + snapshot.service() + " failed", e);
    }
  }

  /** The registry is closed: the listener hears no more. */
  void end() {
    closed = true;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      onClose.accept(this);
    }
  }
}
