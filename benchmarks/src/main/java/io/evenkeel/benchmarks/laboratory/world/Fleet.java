package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.model.ServiceInstance;
import io.evenkeel.strategy.Endpoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The servers, and the instances that clients know them by. */
public final class Fleet {
  private static final int PORTS = 65_536;

  private final Server[] servers;
  private final @Nullable ServiceInstance[] listed; // by server
  private final int[] serverAt = new int[PORTS];
  private final double[] stretches; // by server
  private int ports; // given out so far

  Fleet(Machines machines, Requests requests, Departures departures) {
    servers = new Server[machines.count()];
    listed = new ServiceInstance[servers.length];
    stretches = new double[servers.length];
    for (int i = 0; i < servers.length; i++) {
      servers[i] = new Server(i, machines.threads(), requests, departures, stretches);
      servers[i].setSpeed(machines.speed().applyAsDouble(i), 0);
      servers[i].setCores(machines.cores(), 0);
      list(i);
    }
  }

  int size() {
    return servers.length;
  }

  Server server(int index) {
    return servers[index];
  }

  /** The server behind an endpoint. */
  int indexOf(Endpoint endpoint) {
    return indexOf(endpoint.instance());
  }

  /** The server that was announced so. */
  int indexOf(ServiceInstance instance) {
    return serverAt[instance.port()];
  }

  /** By server: how long work of one nanosecond would take there if nothing else came. */
  double[] stretches() {
    return stretches;
  }

  void list(int server) {
    serverAt[++ports] = server;
    listed[server] = ServiceInstance.builder("laboratory", "10.0.0.1", ports).build();
  }

  void unlist(int server) {
    listed[server] = null;
  }

  List<ServiceInstance> instances() {
    return new ArrayList<>(Arrays.stream(listed).filter(Objects::nonNull).toList());
  }
}
