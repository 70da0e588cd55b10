package io.evenkeel.inmemory;

import io.evenkeel.model.ServiceInstance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code orders=10.0.0.1:80*3@zone-a,[2001:db8::1]:80;users=10.0.0.3:80}: services apart by
 * semicolons, instances by commas, each an address with an optional weight and zone.
 */
final class StaticLists {
  private static final Pattern INSTANCE =
      Pattern.compile(
          "(?:\\[(?<v6>[^\\]]+)\\]|(?<name>[^\\[\\]:*@]+)):(?<port>\\d{1,5})"
              + "(?:\\*(?<weight>\\d{1,5}))?(?:@(?<zone>.+))?");

  private StaticLists() {}

  static Map<String, List<ServiceInstance>> parse(String text) {
    Map<String, List<ServiceInstance>> lists = new LinkedHashMap<>();
    for (String part : text.split(";", -1)) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw refused(part, "service=host:port,host:port");
      }
      String service = part.substring(0, equals);
      if (lists.put(service, instances(service, part.substring(equals + 1))) != null) {
        throw refused(service, "each service once");
      }
    }
    return Collections.unmodifiableMap(lists);
  }

  private static List<ServiceInstance> instances(String service, String text) {
    List<ServiceInstance> instances = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (String part : text.split(",", -1)) {
      ServiceInstance instance = instance(service, part);
      if (!ids.add(instance.id())) {
        throw refused(part, "each address once");
      }
      instances.add(instance);
    }
    return List.copyOf(instances);
  }

  private static ServiceInstance instance(String service, String text) {
    Matcher form = INSTANCE.matcher(text);
    if (!form.matches()) {
      throw refused(text, "host:port, [ipv6]:port, then *weight and @zone if wanted");
    }
    String host = form.group("v6") != null ? form.group("v6") : form.group("name");
    ServiceInstance.Builder instance =
        ServiceInstance.builder(service, host, Integer.parseInt(form.group("port")));
    if (form.group("weight") != null) {
      instance.weight(Integer.parseInt(form.group("weight")));
    }
    if (form.group("zone") != null) {
      instance.zone(form.group("zone"));
    }
    return instance.build();
  }

  private static IllegalArgumentException refused(String text, String expected) {
    return new IllegalArgumentException("static: " + text + " (expected: " + expected + ")");
  }
}
