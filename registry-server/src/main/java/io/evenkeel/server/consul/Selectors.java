package io.evenkeel.server.consul;

import java.util.Set;
import java.util.TreeSet;

/** The fields that the rows of each list can be filtered by. */
final class Selectors {
  static final Set<String> CHECKS =
      Set.of(
          "Node",
          "CheckID",
          "Name",
          "Status",
          "Notes",
          "Output",
          "ServiceID",
          "ServiceName",
          "ServiceTags",
          "Type");
  static final Set<String> NODES =
      Set.of(
          "ID",
          "Node",
          "Address",
          "Datacenter",
          "Meta",
          "Meta.",
          "TaggedAddresses",
          "TaggedAddresses.");
  static final Set<String> AGENT_SERVICES =
      Set.of(
          "ID",
          "Service",
          "Tags",
          "Meta",
          "Meta.",
          "Port",
          "Address",
          "TaggedAddresses",
          "TaggedAddresses.",
          "Weights.Passing",
          "Weights.Warning",
          "EnableTagOverride");
  static final Set<String> CATALOG =
      Set.of(
          "ID",
          "Node",
          "Address",
          "Datacenter",
          "TaggedAddresses",
          "TaggedAddresses.",
          "NodeMeta",
          "NodeMeta.",
          "ServiceID",
          "ServiceName",
          "ServiceTags",
          "ServiceAddress",
          "ServiceTaggedAddresses",
          "ServiceTaggedAddresses.",
          "ServiceMeta",
          "ServiceMeta.",
          "ServicePort",
          "ServiceWeights.Passing",
          "ServiceWeights.Warning",
          "ServiceEnableTagOverride");
  static final Set<String> HEALTH = health();

  private Selectors() {}

  private static Set<String> health() {
    Set<String> all = new TreeSet<>(Set.of("Checks"));
    NODES.forEach(name -> all.add("Node." + name));
    AGENT_SERVICES.forEach(name -> all.add("Service." + name));
    CHECKS.forEach(name -> all.add("Checks." + name));
    return Set.copyOf(all);
  }
}
