package io.evenkeel.benchmarks.laboratory.world;

import java.util.random.RandomGenerator;

/** How many clients there are, and whose request comes next; each knows only what it saw itself. */
public final class Clients {
  private final int count;
  private final double[] below; // share of the requests of all before this one; empty if alike

  private Clients(int count, double[] below) {
    this.count = count;
    this.below = below;
  }

  /** Each sends as much as any other. */
  public static Clients alike(int count) {
    return new Clients(count, new double[0]);
  }

  /** Zipf's law: the k-th busiest sends 1/k of what the busiest does. */
  public static Clients zipf(int count) {
    double[] below = new double[count];
    double sum = 0;
    for (int i = 0; i < count; i++) {
      below[i] = sum;
      sum += 1.0 / (i + 1);
    }
    for (int i = 0; i < count; i++) {
      below[i] /= sum;
    }
    return new Clients(count, below);
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  int draw(RandomGenerator random) {
    if (below.length == 0) {
      return random.nextInt(count);
    }
    double share = random.nextDouble();
    int client = count - 1;
    while (share < below[client]) {
      client--;
    }
    return client;
  }
}
