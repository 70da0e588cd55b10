package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Vose's alias table: as many columns of equal chance as endpoints, each shared by at most two. The
 * two halves of one random long choose the column and the side of its border.
 */
final class AliasTable implements Picker {
  private static final double ONE = 0x1p32; // a border's unit: the range of half a random long

  private final Endpoint[] sides; // column c: its own endpoint at 2c, its alias at 2c + 1
  private final long[] borders; // column c: below it the own endpoint, from it on the alias
  private final RandomGenerator random;

  private AliasTable(Endpoint[] sides, long[] borders, RandomGenerator random) {
    this.sides = sides;
    this.borders = borders;
    this.random = random;
  }

  static AliasTable of(EndpointSet endpoints, RandomGenerator random) {
    int size = endpoints.size();
    Endpoint[] sides = new Endpoint[2 * size];
    for (int i = 0; i < sides.length; i++) {
      sides[i] = endpoints.get(i / 2);
    }
    return new AliasTable(sides, borders(endpoints.weights(), sides), random);
  }

  /** No branch on the border: it would be guessed wrong in a good part of all picks. */
  @Override
  public @Nullable Endpoint pick(PickContext context) {
    long[] columns = borders;
    if (columns.length == 0) {
      return null;
    }
    long bits = random.nextLong();
    int column = Draw.below(columns.length, (int) (bits >>> Integer.SIZE));
    long fromBorder = Integer.toUnsignedLong((int) bits) - columns[column];
    return sides[2 * column + 1 + (int) (fromBorder >> (Long.SIZE - 1))];
  }

  /** Lets each column that its own endpoint does not fill be filled by one that has too much. */
  private static long[] borders(double[] weights, Endpoint[] sides) {
    int size = weights.length;
    double[] filled = columnsFilled(weights);
    int[] work = new int[size]; // the short ones from the left, the long ones from the right
    int shorts = 0;
    int longs = size;
    for (int i = 0; i < size; i++) {
      work[filled[i] < 1 ? shorts++ : --longs] = i;
    }
    long[] borders = new long[size];
    Arrays.fill(borders, (long) ONE);
    while (shorts > 0 && longs < size) {
      int poor = work[--shorts];
      int rich = work[longs];
      borders[poor] = Math.round(filled[poor] * ONE);
      sides[2 * poor + 1] = sides[2 * rich];
      filled[rich] -= 1 - filled[poor];
      if (filled[rich] < 1) {
        longs++;
        work[shorts++] = rich;
      }
    }
    return borders; // whatever rounding left over fills its own column
  }

  /** How many columns each weight fills: 1 on average. */
  private static double[] columnsFilled(double[] weights) {
    double max = Arrays.stream(weights).max().orElse(1); // divides first: the sum may overflow
    double perWeight = weights.length / Arrays.stream(weights).map(weight -> weight / max).sum();
    return Arrays.stream(weights).map(weight -> weight / max * perWeight).toArray();
  }
}
