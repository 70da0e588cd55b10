package io.evenkeel.benchmarks.peers.armeria;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.endpoint.DynamicEndpointGroup;
import com.linecorp.armeria.client.endpoint.EndpointSelectionStrategy;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import io.evenkeel.benchmarks.peers.contract.Keys;
import io.evenkeel.benchmarks.peers.contract.Operation;
import io.evenkeel.benchmarks.peers.contract.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A pick is {@code EndpointGroup.selectNow}. By key it is the same with a request context made
 * ahead, since a client has one anyway; the hash of the key is the user's function there and is
 * computed at each pick. An update sets the endpoints of a dynamic group. Nothing in Armeria looks
 * at requests in flight.
 */
public final class ArmeriaPeer implements Peer {
  /** For the benchmark. */
  public ArmeriaPeer() {}

  @Override
  public Operation operation(String choice, int size) {
    return switch (choice) {
      case "round-robin" -> pick(EndpointSelectionStrategy.roundRobin(), size, 1);
      case "weighted-round-robin" -> pick(EndpointSelectionStrategy.weightedRoundRobin(), size, 5);
      case "sticky" -> sticky(size);
      case "update" -> update(size);
      default -> throw Peer.unknown(choice);
    };
  }

  private static Operation pick(EndpointSelectionStrategy strategy, int size, int weights) {
    Group group = new Group(strategy);
    group.set(endpoints(size, weights));
    ClientRequestContext context = context("/");
    return keys -> Objects.requireNonNull(group.selectNow(context));
  }

  private static Operation sticky(int size) {
    Group group = new Group(EndpointSelectionStrategy.sticky(context -> Keys.hash(context.path())));
    group.set(endpoints(size, 1));
    ClientRequestContext[] contexts =
        Keys.all().stream().map(key -> context("/" + key)).toArray(ClientRequestContext[]::new);
    return keys -> Objects.requireNonNull(group.selectNow(contexts[keys.nextNumber()]));
  }

  private static ClientRequestContext context(String path) {
    return ClientRequestContext.of(HttpRequest.of(HttpMethod.GET, path));
  }

  private static Operation update(int size) {
    Group group = new Group(EndpointSelectionStrategy.roundRobin());
    List<Endpoint> all = endpoints(size, 1);
    List<Endpoint> others = new ArrayList<>(all);
    others.remove(size / 2);
    group.set(all);
    int[] updates = new int[1];
    return keys -> {
      group.set((++updates[0] & 1) == 0 ? all : others);
      return group;
    };
  }

  /** With weights of 1 to {@code weights}. */
  private static List<Endpoint> endpoints(int size, int weights) {
    return IntStream.range(0, size)
        .mapToObj(i -> Endpoint.of("h" + i, 80).withWeight(1 + i % weights))
        .toList();
  }

  private static final class Group extends DynamicEndpointGroup {
    Group(EndpointSelectionStrategy strategy) {
      super(strategy);
    }

    void set(List<Endpoint> endpoints) {
      setEndpoints(endpoints);
    }
  }
}
