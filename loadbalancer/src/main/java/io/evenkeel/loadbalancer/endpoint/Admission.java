package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.model.ServiceInstance;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Who may take traffic, and with which weight: an instance that is UP with a weight above 0, unless
 * its endpoint is ejected. When fewer than half of those that are UP and suit the balancer's filter
 * would be left, health is not believed and all of them take traffic (panic, as Envoy has it). One
 * thread at a time.
 */
final class Admission {
  private static final System.Logger LOG = System.getLogger(Admission.class.getName());
  private static final double PANIC_BELOW = 0.5;

  private final ToDoubleFunction<ServiceInstance> weight;
  private final InstanceFilter filter; // of the balancer
  private boolean complained; // once is enough: the function belongs to the program

  Admission(Routing routing) {
    this.weight = routing.weight();
    this.filter = routing.filter().isPreference() ? InstanceFilter.all() : routing.filter();
  }

  /**
   * The weight of each, 0 for those that are not UP and those whose health speaks against them; it
   * is set, too.
   *
   * @param nominal is set to the weight of each that is UP, 0 for the others
   */
  double[] admit(List<LiveEndpoint> endpoints, double[] nominal) {
    int up = 0;
    int ill = 0;
    for (int i = 0; i < nominal.length; i++) {
      LiveEndpoint endpoint = endpoints.get(i);
      ServiceInstance instance = endpoint.instance();
      nominal[i] = instance.takesTraffic() ? weight(instance) : 0;
      endpoint.setWeight(nominal[i]);
      if (nominal[i] > 0 && filter.matches(instance)) {
        up++;
        ill += endpoint.health().isEjected() ? 1 : 0;
      }
    }
    boolean panic = up - ill < PANIC_BELOW * up;
    return ill == 0 || panic ? nominal : withoutEjected(endpoints, nominal);
  }

  private static double[] withoutEjected(List<LiveEndpoint> endpoints, double[] nominal) {
    double[] weights = nominal.clone();
    for (int i = 0; i < weights.length; i++) {
      if (endpoints.get(i).health().isEjected()) {
        weights[i] = 0;
        endpoints.get(i).setWeight(0);
      }
    }
    return weights;
  }

  private double weight(ServiceInstance instance) {
    String problem;
    try {
      double its = weight.applyAsDouble(instance);
      if (its >= 0 && its <= Double.MAX_VALUE) {
        return its;
      }
      problem = "its result is " + its + " (expected: finite and >= 0)";
    } catch (RuntimeException e) {
      problem = e.toString();
    }
    if (!complained) {
      complained = true;
      LOG.log(
          Level.WARNING,
          "the weight function failed for {0}: {1}; the registry''s weight is used",
          instance.id(),
          problem);
    }
    return instance.weight();
  }
}
