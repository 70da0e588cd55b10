package io.evenkeel.loadbalancer.fakes;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.strategy.Outcome;
import io.evenkeel.strategy.Picker;
import io.evenkeel.strategy.Tracker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Always the first one; notes what all of them report. */
public final class Reported implements BalancingStrategy {
  private final List<LoadReport> heard = new CopyOnWriteArrayList<>();

  /** In the order they came. */
  public List<LoadReport> heard() {
    return heard;
  }

  @Override
  public String name() {
    return "reported";
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, Picker previous) {
    return context -> endpoints.size() == 0 ? null : endpoints.get(0);
  }

  @Override
  public Tracker newTracker(ServiceInstance instance) {
    return new Tracker() {
      @Override
      public long begin() {
        return 0;
      }

      @Override
      public void end(long token, Outcome outcome) {}

      @Override
      public void report(LoadReport report) {
        heard.add(report);
      }
    };
  }
}
