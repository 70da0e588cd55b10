package io.evenkeel.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a service, as a registry stores it. Immutable; every value is checked when it is
 * made and a refusal names value and expectation. Made by {@link #builder}. Twelve components,
 * since it is the wire's row and nothing but the builder calls the constructor.
 *
 * @param service the service's name, 1..255 of {@code [A-Za-z0-9._:@-]}, the first alphanumeric
 * @param id identifies the instance within its service; same form as the name
 * @param scheme the protocol, {@code http} unless said
 * @param host a name or an IP address others can reach; no wildcard, brackets, scheme or port
 * @param port 1..65535
 * @param weight 0..65535, the share of traffic relative to the other instances; 0 takes none
 * @param zone where it runs, empty if unknown
 * @param version of its software, empty if unknown
 * @param tags up to 64 of up to 255 characters
 * @param metadata up to 64 pairs, keys of 1..128 and values of up to 512 characters; pairs under
 *     {@value #SEALED} are counted apart, up to 64 of them
 * @param status what it says of itself
 * @param healthCheck how to ask it whether it is well
 */
public record ServiceInstance(
    String service,
    String id,
    String scheme,
    String host,
    int port,
    int weight,
    String zone,
    String version,
    Set<String> tags,
    Map<String, String> metadata,
    InstanceStatus status,
    HealthCheck healthCheck) {
  /** Starts the keys of metadata that a registry server keeps beside an instance. */
  public static final String SEALED = "wire.";

  /** Checks and copies every component. */
  public ServiceInstance {
    Checks.name("service", service);
    Checks.name("id", id);
    Checks.scheme(scheme);
    Checks.host(host);
    Checks.port(port);
    Checks.weight(weight);
    Checks.text("zone", zone, Checks.MAX_TEXT);
    Checks.text("version", version, Checks.MAX_TEXT);
    tags = Checks.tags(tags);
    metadata = Checks.metadata(metadata);
    Checks.present("status", status);
    Checks.present("healthCheck", healthCheck);
  }

  /**
   * Starts an instance that is UP, with weight 1, scheme http and the id {@code service@host:port}.
   */
  public static Builder builder(String service, String host, int port) {
    return new Builder(service, host, port);
  }

  /** What identifies this instance in a registry. */
  public InstanceKey key() {
    return new InstanceKey(service, id);
  }

  /** Whether it may be picked at all: UP and with a weight above 0. */
  public boolean takesTraffic() {
    return status.takesTraffic() && weight > 0;
  }

  /** A builder that starts from this instance's values. */
  public Builder toBuilder() {
    return new Builder(service, host, port)
        .id(id)
        .scheme(scheme)
        .weight(weight)
        .zone(zone)
        .version(version)
        .tags(tags)
        .metadata(metadata)
        .status(status)
        .healthCheck(healthCheck);
  }

  /** This instance with another status. */
  public ServiceInstance withStatus(InstanceStatus newStatus) {
    return toBuilder().status(newStatus).build();
  }

  /** Collects the values of an instance; for one thread. Values are checked by {@link #build()}. */
  public static final class Builder {
    private final String service;
    private final String host;
    private final int port;
    private @Nullable String id;
    private String scheme = "http";
    private int weight = 1;
    private String zone = "";
    private String version = "";
    private InstanceStatus status = InstanceStatus.UP;
    private HealthCheck healthCheck = HealthCheck.none();
    private final Set<String> tags = new LinkedHashSet<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private Builder(String service, String host, int port) {
      this.service = service;
      this.host = host;
      this.port = port;
    }

    /** Identifies the instance within its service; {@code service@host:port} unless set. */
    public Builder id(String value) {
      id = value;
      return this;
    }

    /** The protocol, {@code http} unless set. */
    public Builder scheme(String value) {
      scheme = value;
      return this;
    }

    /** 0..65535, 1 unless set. */
    public Builder weight(int value) {
      weight = value;
      return this;
    }

    /** Where the instance runs. */
    public Builder zone(String value) {
      zone = value;
      return this;
    }

    /** The version of its software. */
    public Builder version(String value) {
      version = value;
      return this;
    }

    /** Adds a tag. */
    public Builder tag(String value) {
      tags.add(value);
      return this;
    }

    /** Replaces all tags. */
    public Builder tags(Collection<String> values) {
      tags.clear();
      tags.addAll(values);
      return this;
    }

    /** Adds a metadata pair. */
    public Builder metadata(String key, String value) {
      metadata.put(key, value);
      return this;
    }

    /** Replaces all metadata. */
    public Builder metadata(Map<String, String> pairs) {
      metadata.clear();
      metadata.putAll(pairs);
      return this;
    }

    /** What the instance says of itself, UP unless set. */
    public Builder status(InstanceStatus value) {
      status = value;
      return this;
    }

    /** How to ask it whether it is well, not at all unless set. */
    public Builder healthCheck(HealthCheck value) {
      healthCheck = value;
      return this;
    }

    /**
     * Makes the instance.
     *
     * @throws IllegalArgumentException naming the first value that is out of bounds
     */
    public ServiceInstance build() {
      Checks.name("service", service);
      Checks.host(host);
      Checks.port(port);
      String identity = id == null ? service + "@" + host + ":" + port : id;
      return new ServiceInstance(
          service,
          identity,
          scheme,
          host,
          port,
          weight,
          zone,
          version,
          tags,
          metadata,
          status,
          healthCheck);
    }
  }
}
