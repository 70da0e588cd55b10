package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.routing.InstanceFilter;
import io.evenkeel.loadbalancer.routing.Routing;
import io.evenkeel.loadbalancer.routing.SlowStart;
import io.evenkeel.loadbalancer.routing.Subset;
import io.evenkeel.loadbalancer.routing.Tiers;
import io.evenkeel.loadbalancer.routing.ZonePreference;
import io.evenkeel.model.InstanceKey;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;

/** Reads where traffic may go. */
final class RoutingJson {
  private RoutingJson() {}

  static Routing read(JsonSection json) {
    Routing routing = Routing.everywhere();
    String filter = json.text("filter");
    if (filter != null) {
      routing = routing.only(InstanceFilter.parse(filter));
    }
    routing = zone(json.section("zone"), routing);
    routing = canary(json.section("canary"), routing);
    Object tiers = json.value("tiers");
    if (tiers != null) {
      routing = routing.withTiers(tiers(json, tiers));
    }
    routing = subset(json.section("subset"), routing);
    routing = routing.withSlowStart(slowStart(json.section("slowStart")));
    String self = json.text("self");
    if (self != null) {
      routing = routing.as(self(json, self));
    }
    json.end();
    return routing;
  }

  private static Routing zone(JsonSection json, Routing routing) {
    String name = json.text("name");
    int minimum = json.wholeNumber("minimumEndpoints", ZonePreference.of("any").minimumEndpoints());
    json.end();
    return name == null ? routing : routing.inZone(new ZonePreference(name, minimum));
  }

  private static Routing canary(JsonSection json, Routing routing) {
    String instances = json.text("instances");
    double share = json.number("share", 0);
    json.end();
    return instances == null ? routing : routing.withCanary(InstanceFilter.parse(instances), share);
  }

  private static Tiers tiers(JsonSection json, Object value) {
    if (value.equals("priority")) {
      return Tiers.byPriority();
    }
    if (value instanceof JsonArray groups) {
      List<InstanceFilter> filters = new ArrayList<>();
      groups.forEach(group -> filters.add(InstanceFilter.parse(String.valueOf(group))));
      return Tiers.failover(filters);
    }
    throw json.refused("tiers", value, "priority, or a list of filters for failover");
  }

  private static Routing subset(JsonSection json, Routing routing) {
    int aperture = json.wholeNumber("aperture", 0);
    int random = json.wholeNumber("random", 0);
    json.end();
    if (aperture != 0 && random != 0) {
      throw json.refused("random", random, "an aperture or a random subset, not both");
    }
    if (aperture != 0) {
      return routing.withSubset(new Subset.Aperture(aperture));
    }
    return random == 0 ? routing : routing.withSubset(Subset.random(random));
  }

  private static SlowStart slowStart(JsonSection json) {
    SlowStart usual = SlowStart.defaults();
    SlowStart start =
        new SlowStart(
            json.duration("window", usual.window()),
            json.number("minimum", usual.minimum()),
            json.number("aggression", usual.aggression()));
    json.end();
    return start;
  }

  private static InstanceKey self(JsonSection json, String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      throw json.refused("self", text, "service/id of the instance this process announces");
    }
    return new InstanceKey(text.substring(0, slash), text.substring(slash + 1));
  }
}
