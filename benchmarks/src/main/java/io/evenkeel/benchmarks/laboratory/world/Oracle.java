package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.Picker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Knows every server's true state at this instant, requests on their way included, and picks the
 * one where the request would be done first if nothing else came: a bound that no client can reach.
 * Of those that tie, any with equal chance.
 */
public final class Oracle implements BalancingStrategy {
  /** What options call it. */
  public static final String NAME = "oracle";

  private final Fleet fleet;
  private final RandomGenerator random;

  private Oracle(Fleet fleet, RandomGenerator random) {
    this.fleet = fleet;
    this.random = random;
  }

  /** An oracle for a client of that world. */
  public static Oracle of(World world, RandomGenerator random) {
    return new Oracle(world.fleet(), random);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Picker newPicker(EndpointSet endpoints, @Nullable Picker previous) {
    Endpoint[] list = endpoints.toArray();
    int[] servers = new int[list.length];
    for (int i = 0; i < list.length; i++) {
      servers[i] = fleet.indexOf(list[i]);
    }
    return context -> list.length == 0 ? null : list[best(servers)];
  }

  private int best(int[] servers) {
    double[] stretches = fleet.stretches();
    double least = Double.POSITIVE_INFINITY;
    int ties = 0;
    for (int server : servers) {
      double stretch = stretches[server];
      if (stretch < least) {
        least = stretch;
        ties = 1;
      } else if (stretch == least) {
        ties++;
      }
    }
    int skip = ties < 2 ? 0 : random.nextInt(ties);
    int choice = 0;
    while (stretches[servers[choice]] > least || skip-- > 0) {
      choice++;
    }
    return choice;
  }
}
