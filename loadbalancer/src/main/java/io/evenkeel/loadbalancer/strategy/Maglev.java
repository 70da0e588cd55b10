package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.EndpointSet;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls with the same key to the same endpoint by one look into a table that the endpoints
 * have filled in turns. Choose it when keys must be spread as evenly as can be and a pick must cost
 * the same for any list; the price is a table that takes milliseconds to fill at each change.
 *
 * <p>Promise: up to 650 endpoints, shares of the keys are within 1 % of the weights' proportion.
 * When one of N endpoints leaves, its keys move, and a few others: together about 1.1/N. Load bound
 * and spill as in {@link ConsistentHashing}.
 *
 * <p>Source: D. Eisenbud et al., "Maglev: A Fast and Reliable Software Network Load Balancer", NSDI
 * 2016; weights as in Envoy.
 */
public final class Maglev extends Keyed {
  static final String NAME = "maglev";

  private static final int TABLE_SIZE = 65_537;
  private static final int LARGEST = 5_000_011; // Envoy's bound; 20 MB

  private final int tableSize;

  private Maglev(RandomGenerator random, double loadBound, int tableSize) {
    super(random, loadBound);
    boolean prime = BigInteger.valueOf(tableSize).isProbablePrime(50); // as −7 is
    if (tableSize < 2 || tableSize > LARGEST || !prime) {
      throw new IllegalArgumentException(
          "maglev.table: " + tableSize + " (expected: a prime up to 5000011, such as 65537)");
    }
    this.tableSize = tableSize;
  }

  /** Maglev hashing with a load bound of 1.25. */
  public static Maglev create(RandomGenerator random) {
    return create(random, LoadBound.FACTOR, TABLE_SIZE);
  }

  static Maglev create(StrategyContext with) {
    return create(with.random(), LoadBound.of(with), with.wholeNumber("table", TABLE_SIZE));
  }

  /**
   * Maglev hashing with another load bound and table.
   *
   * @param random for calls without a key; must bear as many threads as pick
   * @param loadBound above 1; infinity for none
   * @param tableSize a prime up to 5,000,011, a hundred times as many as there are endpoints; all
   *     clients that should agree on the owners need the same
   */
  public static Maglev create(RandomGenerator random, double loadBound, int tableSize) {
    return new Maglev(random, loadBound, tableSize);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  KeyedPicker.Owners owners(EndpointSet endpoints, KeyedPicker.@Nullable Owners before) {
    int[] table = endpoints.size() < 2 ? new int[1] : filled(endpoints);
    return hash -> table[Hashes.below(table.length, hash)];
  }

  private static int primeAbove(int size) {
    return BigInteger.valueOf(size).nextProbablePrime().intValueExact();
  }

  /** Each in its turn takes the first free place of its own permutation of the places. */
  private int[] filled(EndpointSet set) {
    int[] table = new int[Math.max(tableSize, primeAbove(set.size()))];
    Arrays.fill(table, -1);
    long[] positions = new long[set.size()];
    long[] skips = new long[set.size()];
    for (int i = 0; i < positions.length; i++) {
      long hash = Hashes.of(set.get(i).instance().id());
      positions[i] = Long.remainderUnsigned(hash, table.length);
      skips[i] = 1 + Long.remainderUnsigned(Hashes.nth(hash, 1), table.length - 1);
    }
    double[] weights = set.weights();
    double max = Arrays.stream(weights).max().orElse(1);
    double[] turns = new double[weights.length];
    for (int left = table.length; left > 0; ) {
      for (int i = 0; i < turns.length && left > 0; i++) {
        turns[i] += weights[i] / max; // the heaviest has a turn in each round
        if (turns[i] >= 1) {
          turns[i] -= 1;
          left--;
          while (table[(int) positions[i]] >= 0) {
            positions[i] = (positions[i] + skips[i]) % table.length;
          }
          table[(int) positions[i]] = i;
        }
      }
    }
    return table;
  }
}
