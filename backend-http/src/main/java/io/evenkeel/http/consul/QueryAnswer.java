package io.evenkeel.http.consul;

import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came back from one read of a list.
 *
 * @param instances in the server's order, no id twice
 * @param index the header {@code X-Consul-Index} as it came, null when it did not
 * @param knownLeader false when the server has lost its leader: what it says is old
 * @param lastContact how long ago the answering server last heard its leader
 */
record QueryAnswer(
    List<ServiceInstance> instances,
    @Nullable String index,
    boolean knownLeader,
    Duration lastContact) {
  QueryAnswer {
    instances = List.copyOf(instances);
  }
}
