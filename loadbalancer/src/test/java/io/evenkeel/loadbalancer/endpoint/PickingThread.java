package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.PickContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Picks and ends attempts without a pause, and complains when nobody or the wrong one comes. */
final class PickingThread extends Thread {
  private final Rotation rotation;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private volatile boolean finished;
  private volatile long picks; // written by this thread

  private PickingThread(Rotation rotation) {
    this.rotation = rotation;
  }

  static PickingThread on(Rotation rotation) {
    PickingThread thread = new PickingThread(rotation);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Override
  public void run() {
    long count = 0;
    while (!finished && complaints.size() < 10) {
      LiveEndpoint endpoint = rotation.pick(PickContext.NONE);
      if (endpoint == null || endpoint.instance().weight() == 0) {
        complaints.add("picked " + endpoint);
      } else {
        endpoint.end(endpoint.begin(), Outcome.success());
        count++;
      }
    }
    picks = count;
  }

  /** Ends it; at most 30 s. */
  void finish() throws InterruptedException {
    finished = true;
    join(30_000);
  }

  long picks() {
    return picks;
  }

  List<String> complaints() {
    return complaints;
  }
}
