package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The endpoint with the best probe, or, without probes, what another picker says. */
final class HotCold implements Picker {
  private final Object name =
      new Object(); // what endpoints know it by: it does not keep the others
  private final ReportedFleet fleet;
  private final Picker otherwise;
  private final int size;
  private final @Nullable Map<ReportedLoad, Endpoint> own; // of a partial picker; null: ask them

  private HotCold(
      ReportedFleet fleet, Picker otherwise, int size, @Nullable Map<ReportedLoad, Endpoint> own) {
    this.fleet = fleet;
    this.otherwise = otherwise;
    this.size = size;
    this.own = own;
  }

  /** A picker that its endpoints know. */
  static HotCold over(EndpointSet set, ReportedFleet fleet, Picker otherwise) {
    HotCold picker = new HotCold(fleet, otherwise, set.size(), null);
    for (int i = 0; i < set.size(); i++) {
      if (set.get(i).tracker() instanceof ReportedLoad load) {
        load.moveTo(picker.name, set.get(i));
      }
    }
    return picker;
  }

  /** A picker for some of the endpoints that other pickers have. */
  static HotCold overSome(EndpointSet some, ReportedFleet fleet, Picker otherwise) {
    Map<ReportedLoad, Endpoint> own = new HashMap<>(2 * some.size());
    for (int i = 0; i < some.size(); i++) {
      if (some.get(i).tracker() instanceof ReportedLoad load) {
        own.put(load, some.get(i));
      }
    }
    return new HotCold(fleet, otherwise, some.size(), own);
  }

  /** The endpoint that has reported, if it is one of this picker's. */
  @Nullable Endpoint endpointOf(ReportedLoad load) {
    return own == null ? load.endpointOf(name) : own.get(load);
  }

  @Override
  public @Nullable Endpoint pick(PickContext context) {
    ReportedLoad best = fleet.best(this, size);
    Endpoint endpoint = best == null ? null : endpointOf(best);
    return endpoint == null ? otherwise.pick(context) : endpoint;
  }
}
