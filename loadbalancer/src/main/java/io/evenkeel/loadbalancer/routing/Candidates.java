package io.evenkeel.loadbalancer.routing;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The endpoints there are, with what each can carry: its weight if it is UP, and its weight if it
 * also is in rotation.
 */
final class Candidates {
  private final List<? extends Endpoint> endpoints;
  private final double[] nominal;
  private final double[] effective;
  private final double unit; // the largest weight, so that no sum overflows

  Candidates(List<? extends Endpoint> endpoints, double[] nominal, double[] effective) {
    this.endpoints = endpoints;
    this.nominal = nominal;
    this.effective = effective;
    double largest = 0;
    for (double weight : nominal) {
      largest = Math.max(largest, weight);
    }
    this.unit = largest > 0 ? largest : 1;
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
      return EndpointSet.of(endpoints, effective);
    }
    List<Endpoint> chosen = new ArrayList<>(some.length);
    double[] weights = new double[some.length];
    for (int member : some) {
      weights[chosen.size()] = effective[member];
      chosen.add(endpoints.get(member));
    }
    return EndpointSet.of(chosen, weights);
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

  /** What some could carry together if all of them were in rotation. */
  double nominal(int[] members) {
    return sum(nominal, members);
  }

  /** What some can carry together. */
  double capacity(int[] members) {
    return sum(effective, members);
  }

  private double sum(double[] weights, int[] members) {
    double sum = 0;
    for (int member : members) {
      sum += weights[member] / unit;
    }
    return sum;
  }
}
