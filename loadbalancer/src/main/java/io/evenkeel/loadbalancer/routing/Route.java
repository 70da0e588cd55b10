package io.evenkeel.loadbalancer.routing;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where traffic goes until the list or somebody's health changes: the endpoints that take it, and
 * the picker that chooses among them. Safe from any thread.
 */
public final class Route {
  /** How many sides a canary's division may have: the canaries, and the others. */
  public static final int SIDES = 2;

  /** So many different filters of calls are kept; others are worked out again for each call. */
  private static final int FILTERS_KEPT = 64;

  private final Router router;
  private final Candidates all;
  private final Division division;
  private final List<Side> sides; // one or two
  private final Map<String, Picker> pickers; // by group
  private final Map<InstanceFilter, Route> filtered = new ConcurrentHashMap<>();
  private volatile Map<InstanceFilter, Map<String, Picker>> before = Map.of(); // at first
  private volatile @Nullable Map<String, Endpoint> byId; // as soon as somebody asks

  Route(
      Router router,
      Candidates all,
      Division division,
      List<Side> sides,
      Map<String, Picker> pickers) {
    this.router = router;
    this.all = all;
    this.division = division;
    this.sides = sides;
    this.pickers = pickers;
  }

  /** The endpoints that take traffic, with their weights. */
  public EndpointSet set() {
    return division.set();
  }

  /** Those in rotation that are not needed now: other tiers, zones and subsets. */
  public EndpointSet reserve() {
    return division.reserve();
  }

  /** The side of the canary's division an endpoint is on, by its place in the list: 0 or 1. */
  public int side(int index) {
    return division.side(index);
  }

  /** The part of a whole share that an endpoint gets, by its place in the list: 0..1. */
  public double part(int index) {
    return division.part(index);
  }

  /**
   * One picker of all that take traffic.
   *
   * @param of makes the picker of a side: its own, or one around it
   */
  public Picker picker(Function<Side, Picker> of) {
    return sides.size() == 1
        ? of.apply(sides.get(0))
        : router.joined(sides.stream().map(of).toList());
  }

  /**
   * The canaries, or all others, or everyone where there are no canaries.
   *
   * @param picker of its endpoints
   * @param set of its endpoints
   */
  public record Side(Picker picker, EndpointSet set) {}

  /**
   * This route for the calls that carry a filter. Worked out at the first such call after a change,
   * which takes a lock; afterwards a look-up.
   */
  public Route only(InstanceFilter filter) {
    Route known = filtered.get(filter);
    return known == null ? router.filter(this, filter) : known;
  }

  /**
   * The endpoint of an instance if it is in rotation, needed now or not. The first to ask after a
   * change lays out a table, afterwards it is a look-up.
   */
  public @Nullable Endpoint find(String instanceId) {
    Map<String, Endpoint> known = byId;
    if (known == null) {
      known = new HashMap<>();
      put(division.reserve(), known);
      put(division.set(), known);
      byId = known;
    }
    return known.get(instanceId);
  }

  private static void put(EndpointSet set, Map<String, Endpoint> table) {
    for (int i = 0; i < set.size(); i++) {
      table.put(set.get(i).instance().id(), set.get(i));
    }
  }

  Map<String, Picker> pickers() {
    return pickers;
  }

  Candidates all() {
    return all;
  }

  void keep(InstanceFilter filter, Route route) {
    if (filtered.size() < FILTERS_KEPT) {
      filtered.put(filter, route);
    }
  }

  @Nullable Route kept(InstanceFilter filter) {
    return filtered.get(filter);
  }

  /** The pickers that the calls with a filter had before this route. */
  Map<String, Picker> pickersBefore(InstanceFilter filter) {
    return before.getOrDefault(filter, Map.of());
  }

  /** Lets this route go on where another one stands. */
  void replaces(Route other) {
    Map<InstanceFilter, Map<String, Picker>> places = new HashMap<>();
    other.filtered.forEach((filter, route) -> places.put(filter, route.pickers));
    other.before.forEach(
        (filter, unused) -> {
          if (places.size() < FILTERS_KEPT) {
            places.putIfAbsent(filter, unused); // calls may be rarer than changes
          }
        });
    before = places;
  }
}
