package io.evenkeel.server.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.model.FlatInstance;
import io.evenkeel.model.InstanceKey;
import io.evenkeel.model.InstanceStatus;
import io.evenkeel.model.ServiceInstance;
import io.evenkeel.server.directory.Registration;
import io.evenkeel.server.web.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Instances as clients announce them: our own with all their fields in an object {@code evenkeel},
 * foreign ones with a URL.
 */
final class Announced {
  /** The object with our own client's fields. */
  static final String FIELD = "evenkeel";

  /** An id that is unique over all services: a name, or service and id with a {@code ~} between. */
  static final Pattern WIRE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@~-]{0,510}");

  private Announced() {}

  /** The instance in the object of our own client, if there is one. */
  static Optional<ServiceInstance> own(Fields fields) {
    Optional<ObjectNode> pairs = fields.optionalObject(FIELD);
    fields.check();
    return pairs.map(Announced::read);
  }

  private static ServiceInstance read(ObjectNode object) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> pair : object.properties()) {
      if (!pair.getValue().isTextual()) {
        throw Invalid.value(FIELD + ": (expected: an object of strings)");
      }
      pairs.put(pair.getKey(), pair.getValue().textValue());
    }
    return FlatInstance.read(pairs);
  }

  /** What {@link #own} reads. */
  static ObjectNode write(ServiceInstance instance) {
    ObjectNode pairs = Json.object();
    FlatInstance.write(instance).forEach(pairs::put);
    return pairs;
  }

  /**
   * A foreign instance at a URL. One that leads nowhere is stored at a host that cannot exist, out
   * of service and with no weight: no other dialect shows it, and no client of the registry calls
   * it.
   */
  static ServiceInstance at(Optional<Address> address, InstanceKey key, InstanceStatus status) {
    return address
        .map(
            there ->
                ServiceInstance.builder(key.service(), there.host(), there.port())
                    .scheme(there.scheme())
                    .status(status))
        .orElseGet(
            () ->
                ServiceInstance.builder(key.service(), Registration.NOWHERE, 1)
                    .weight(0)
                    .status(InstanceStatus.OUT_OF_SERVICE))
        .id(key.id())
        .build();
  }

  /** The key that a wire id names by itself, whether or not it is registered. */
  static Optional<InstanceKey> key(String wireId) {
    String[] parts = wireId.split(String.valueOf(Registration.QUALIFIER), -1);
    boolean names =
        parts.length == 2
            && Fields.NAME.matcher(parts[0]).matches()
            && Fields.NAME.matcher(parts[1]).matches();
    return names ? Optional.of(new InstanceKey(parts[0], parts[1])) : Optional.empty();
  }

  /** Refuses a wire id that is not this instance's, qualified or plain. */
  static String wireId(String given, ServiceInstance instance) {
    String qualified = Registration.qualified(instance.service(), instance.id());
    if (!given.equals(qualified) && !given.equals(instance.id())) {
      throw Invalid.value("id: (expected: " + qualified + " or " + instance.id() + ")");
    }
    return given;
  }
}
