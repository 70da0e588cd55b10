package io.evenkeel.loadbalancer.routing;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints there are, with what each can carry: its weight if it is UP, and its weight if it
 * also is in rotation.
 */
final class Candidates {
  private static final double PANIC_BELOW = 0.5; // of what could be carried, as Envoy has it

  private final List<? extends Endpoint> endpoints;
  private final double[] nominal;
  private final double[] effective;
  private @Nullable EndpointSet everyone; // when first asked for, under the router's lock
  private double unit; // the largest weight, so that no sum overflows; 0 until it is known

  Candidates(List<? extends Endpoint> endpoints, double[] nominal, double[] effective) {
    this.endpoints = endpoints;
    this.nominal = nominal;
    this.effective = effective;
  }

  int size() {
    return endpoints.size();
  }

  /** Those that suit a filter. */
  int[] suiting(InstanceFilter filter) {
    int[] every = IntStream.range(0, size()).toArray();
    return filter == InstanceFilter.all() ? every : suiting(filter, every);
  }

  /** Those of some that suit a filter; all of them when it is a preference that cannot be met. */
  int[] suiting(InstanceFilter filter, int[] some) {
    int[] suiting = IntStream.of(some).filter(i -> filter.matches(instance(i))).toArray();
    return filter.isPreference() && capacity(suiting) == 0 ? some : suiting;
  }

  /** Those of some that take traffic, with their weights. */
  EndpointSet set(int[] some) {
    if (some.length == size()) {
      return everyone();
    }
    List<Endpoint> chosen = new ArrayList<>(some.length);
    double[] weights = new double[some.length];
    for (int member : some) {
      weights[chosen.size()] = effective[member];
      chosen.add(endpoints.get(member));
    }
    return EndpointSet.of(chosen, weights);
  }

  /** All that take traffic, with their weights. */
  EndpointSet everyone() {
    EndpointSet known = everyone;
    if (known == null) {
      known = EndpointSet.of(endpoints, effective);
      everyone = known;
    }
    return known;
  }

  ServiceInstance instance(int index) {
    return endpoints.get(index).instance();
  }

  boolean isUp(int index) {
    return nominal[index] > 0;
  }

  boolean takesTraffic(int index) {
    return effective[index] > 0;
  }

  /** These, or the same without regard to health when fewer than half of some are healthy. */
  Candidates orPanic(int[] some) {
    return capacity(some) < PANIC_BELOW * nominal(some)
        ? new Candidates(endpoints, nominal, nominal)
        : this;
  }

  /** What some could carry together if all of them were in rotation. */
  double nominal(int[] members) {
    return sum(nominal, members);
  }

  /** What some can carry together. */
  double capacity(int[] members) {
    return sum(effective, members);
  }

  private double sum(double[] weights, int[] members) {
    if (unit == 0) {
      unit = Arrays.stream(nominal).max().orElse(0);
      unit = unit > 0 ? unit : 1;
    }
    double sum = 0;
    for (int member : members) {
      sum += weights[member] / unit;
    }
    return sum;
  }
}
