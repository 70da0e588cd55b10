package io.evenkeel.loadbalancer.fakes;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import java.util.concurrent.atomic.AtomicInteger;

/** One after the other, by a plain counter that outlives updates; trackers count. */
public final class InTurn implements BalancingStrategy {
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger pickers = new AtomicInteger();
  private volatile EndpointSet latest;

  /** How many pickers were made. */
  public int pickers() {
    return pickers.get();
  }

  /** What the newest picker was made from. */
  public EndpointSet latest() {
    return latest;
  }

  @Override
  public String name() {
    return "in-turn";
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, Picker previous) {
    pickers.incrementAndGet();
    latest = endpoints;
    return context ->
        endpoints.size() == 0
            ? null
            : endpoints.get(Math.floorMod(turn.getAndIncrement(), endpoints.size()));
  }

  @Override
  public Tracker newTracker(ServiceInstance instance) {
    return new Counted();
  }

  /** Counts what it is told. */
  public static final class Counted implements Tracker {
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    /** How many attempts have begun. */
    public int begun() {
      return begun.get();
    }

    /** How many have ended. */
    public int ended() {
      return ended.get();
    }

    @Override
    public long begin() {
      return begun.incrementAndGet();
    }

    @Override
    public void end(long token, Outcome outcome) {
      ended.incrementAndGet();
    }
  }
}
