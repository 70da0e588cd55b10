package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Picks the owner of a call's key; when that has more than its bound in flight, or has been tried,
 * the owner of the key's next hash, so that the keys of one endpoint spill onto all others. A call
 * without a key goes to the less busy of two random endpoints.
 *
 * <p>Source of the spill: J. Chen, B. Coleman, A. Shrivastava, "Revisiting Consistent Hashing with
 * Bounded Loads", AAAI 2021.
 */
final class KeyedPicker implements Picker {
  private static final int HASHES = 64;

  /** Who owns a hash, by place in the set. */
  @FunctionalInterface
  interface Owners {
    /** The owner; a pure function of the hash. */
    int owner(long hash);
  }

  /** How much its endpoints together may have in flight now, to be divided by their weights. */
  @FunctionalInterface
  interface Bound {
    double now();
  }

  private final Endpoint[] endpoints;
  private final double[] shares; // of what is in flight
  private final Owners owners;
  private final Bound bound;
  private final Picker keyless;

  KeyedPicker(EndpointSet set, Owners owners, Bound bound, RandomGenerator random) {
    this.endpoints = set.toArray();
    this.owners = owners;
    this.bound = bound;
    this.keyless = PowerOfTwoChoices.create(random).newPicker(set, null);
    double[] weights = set.weights();
    double max = Arrays.stream(weights).max().orElse(1); // divides first: the sum may overflow
    double sum = Arrays.stream(weights).map(weight -> weight / max).sum();
    this.shares = Arrays.stream(weights).map(weight -> weight / max / sum).toArray();
  }

  Owners owners() {
    return owners;
  }

  @Override
  public @Nullable Endpoint pick(PickContext context) {
    String key = context.key();
    if (key == null || endpoints.length < 2) {
      return keyless.pick(context);
    }
    long hash = Hashes.of(key);
    double limit = bound.now();
    int tried = context.attempt() % endpoints.length;
    int before = -1;
    for (int n = 0; n < HASHES; n++) {
      int owner = owners.owner(n == 0 ? hash : Hashes.nth(hash, n));
      if (owner != before && endpoints[owner].inFlight() < Math.ceil(limit * shares[owner])) {
        if (tried == 0) {
          return endpoints[owner];
        }
        tried--;
        before = owner;
      }
    }
    return keyless.pick(context); // all its owners are full, or there are too few
  }
}
