package io.evenkeel.server.consul;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The one node that everything is registered on, as far as clients of Consul's can see.
 *
 * @param name of the node
 * @param address of the node, where a service says none of its own
 * @param firstIndex the index at which it came to be
 */
record Node(String name, String address, long firstIndex) {
  static final String DATACENTER = "dc1";

  String id() {
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** As the field {@code Node} of a health entry, and a row of the list of nodes. */
  ObjectNode row(String shownAddress) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("ID", id());
    node.put("Node", name);
    node.put("Address", shownAddress);
    node.put("Datacenter", DATACENTER);
    node.set("TaggedAddresses", taggedAddresses(shownAddress));
    node.set("Meta", meta());
    node.put("CreateIndex", firstIndex);
    node.put("ModifyIndex", firstIndex);
    return node;
  }

  static ObjectNode taggedAddresses(String shownAddress) {
    ObjectNode addresses = JsonNodeFactory.instance.objectNode();
    for (String tag : new String[] {"lan", "lan_ipv4", "wan", "wan_ipv4"}) {
      addresses.put(tag, shownAddress);
    }
    return addresses;
  }

  static ObjectNode meta() {
    return JsonNodeFactory.instance.objectNode().put("consul-network-segment", "");
  }

  /** Its own check, which is well as long as it can be asked. */
  ObjectNode check() {
    ObjectNode check = JsonNodeFactory.instance.objectNode();
    check.put("Node", name);
    check.put("CheckID", "serfHealth");
    check.put("Name", "Serf Health Status");
    check.put("Status", "passing");
    check.put("Notes", "");
    check.put("Output", "Agent alive and reachable");
    check.put("ServiceID", "");
    check.put("ServiceName", "");
    check.putArray("ServiceTags");
    check.put("Type", "");
    check.putObject("Definition");
    check.put("CreateIndex", firstIndex);
    check.put("ModifyIndex", firstIndex);
    return check;
  }
}
