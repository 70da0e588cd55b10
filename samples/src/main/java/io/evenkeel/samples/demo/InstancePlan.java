package io.evenkeel.samples.demo;

import java.util.List;

/**
 * What an instance of the demo is like.
 *
 * @param id its name, as the tables show it
 * @param weight its share where weights are heeded
 * @param zone where it claims to run
 * @param serviceMillis how long it takes to answer
 */
record InstancePlan(String id, int weight, String zone, int serviceMillis) {

  /** Six at the start; c and f are the slow ones. */
  static final List<InstancePlan> FLEET =
      List.of(
          new InstancePlan("a", 1, "zone-1", 4),
          new InstancePlan("b", 2, "zone-2", 4),
          new InstancePlan("c", 1, "zone-1", 16),
          new InstancePlan("d", 2, "zone-2", 4),
          new InstancePlan("e", 3, "zone-1", 4),
          new InstancePlan("f", 3, "zone-2", 16));

  /** The one that joins later. */
  static final InstancePlan NEWCOMER = new InstancePlan("g", 2, "zone-1", 4);

  boolean isSlow() {
    return serviceMillis > 10;
  }
}
