package io.evenkeel.loadbalancer.fakes;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.model.ServiceSnapshot;
import io.evenkeel.model.ServiceSnapshot.Freshness;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Instances of the service {@code orders}: number n has the id {@code i<n>}. */
public final class Instances {
  /** The service's name. */
  public static final String SERVICE = "orders";

  private Instances() {}

  /** Number n, UP with weight 1. */
  public static ServiceInstance instance(int n) {
    return instance(SERVICE, n).build();
  }

  /** Number n of a service, to be changed. */
  public static ServiceInstance.Builder instance(String service, int n) {
    return ServiceInstance.builder(service, "10.0." + n / 250 + "." + n % 250, 8080).id("i" + n);
  }

  /** Those numbered 1..count. */
  public static List<ServiceInstance> upTo(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Instances::instance).toList();
  }

  /** A fresh list. */
  public static ServiceSnapshot snapshot(List<ServiceInstance> instances) {
    return snapshot(SERVICE, instances);
  }

  /** A fresh list of a service. */
  public static ServiceSnapshot snapshot(String service, List<ServiceInstance> instances) {
    return new ServiceSnapshot(service, 1, instances, "scripted:", Freshness.FRESH, Instant.EPOCH);
  }
}
