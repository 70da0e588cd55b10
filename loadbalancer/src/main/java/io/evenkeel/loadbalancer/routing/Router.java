package io.evenkeel.loadbalancer.routing;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Composes routing and strategy into one route per change of the list. Routes are made under its
 * lock, since a strategy makes one picker at a time.
 */
public final class Router {
  private final Routing routing;
  private final BalancingStrategy strategy;
  private final RandomGenerator random;
  private final long client;
  private Callers callers = Callers.unknown(); // guarded by this

  private Router(Routing routing, BalancingStrategy strategy, RandomGenerator random) {
    this.routing = routing;
    this.strategy = strategy;
    this.random = random;
    this.client =
        routing.self() == null ? random.nextLong() : SubsetChoice.hash(routing.self().id());
  }

  /**
   * A router for one balancer.
   *
   * @param random divides traffic and, where this process announces no instance, chooses the
   *     client's place; it must bear as many threads as pick
   */
  public static Router of(Routing routing, BalancingStrategy strategy, RandomGenerator random) {
    return new Router(routing, strategy, random);
  }

  /** Who else calls; counts from the next route on. */
  public synchronized void accept(Callers newest) {
    callers = newest;
  }

  /**
   * The route over a new state of the list.
   *
   * @param nominal the weight of each endpoint that is UP, 0 for the others
   * @param effective the same, but 0 for those whose health speaks against them
   * @param before the route this one replaces, null the first time
   */
  public synchronized Route route(
      List<? extends Endpoint> endpoints,
      double[] nominal,
      double[] effective,
      @Nullable Route before) {
    Candidates all = new Candidates(endpoints, nominal, effective);
    int[] suitable = all.suiting(routing.filter());
    Map<String, Picker> pickersBefore = before == null ? Map.of() : before.pickers();
    Route route = compose(all, suitable, pickersBefore, strategy::newPicker);
    if (before != null) {
      route.replaces(before);
    }
    return route;
  }

  synchronized Route filter(Route route, InstanceFilter filter) {
    Route known = route.kept(filter); // by another thread meanwhile
    if (known == null) {
      Candidates listed = route.all();
      int[] suitable = listed.suiting(filter, listed.suiting(routing.filter()));
      Candidates all = listed.orPanic(suitable);
      known = compose(all, suitable, route.pickersBefore(filter), strategy::newPartialPicker);
      route.keep(filter, known);
    }
    return known;
  }

  /** How the strategy makes a picker. */
  @FunctionalInterface
  private interface Making {
    Picker make(EndpointSet set, @Nullable Picker previous);
  }

  private Route compose(Candidates all, int[] suitable, Map<String, Picker> places, Making making) {
    Division division =
        Division.of(routing, all, suitable, new Division.Situation(callers, client));
    Map<String, Picker> pickers = new HashMap<>();
    for (Group group : division.groups()) {
      Picker before = places.get(group.name());
      pickers.put(group.name(), making.make(all.set(group.members()), before));
    }
    List<Route.Side> sides = new ArrayList<>();
    for (int side = 0; side < Route.SIDES; side++) {
      int number = side;
      List<Group> groups =
          division.groups().stream().filter(group -> group.side() == number).toList();
      if (!groups.isEmpty()) {
        sides.add(side(all, groups, pickers));
      }
    }
    return new Route(this, all, division, sides, pickers);
  }

  private Route.Side side(Candidates all, List<Group> groups, Map<String, Picker> pickers) {
    Picker[] parts = groups.stream().map(group -> pickers.get(group.name())).toArray(Picker[]::new);
    double[] shares = groups.stream().mapToDouble(Group::share).toArray();
    int[] members =
        groups.size() == 1
            ? groups.get(0).members()
            : groups.stream().flatMapToInt(group -> IntStream.of(group.members())).toArray();
    return new Route.Side(TrafficSplit.of(parts, shares, random), all.set(members));
  }

  /** One picker for all sides, each with its share of the traffic. */
  Picker joined(List<Picker> sides) {
    Canary canary = routing.canary();
    double share = canary == null ? 1 : canary.share();
    return TrafficSplit.of(sides.toArray(Picker[]::new), new double[] {share, 1 - share}, random);
  }
}
