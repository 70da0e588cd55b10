package io.evenkeel.loadbalancer.endpoint;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.EndpointSet;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Gives some endpoints a part of what the strategy would give them, whatever the strategy: those
 * that are warming up, those of which an aperture covers a part, those that say they are loaded. A
 * choice with a factor f is taken with a chance of f, and only while its load is below f times that
 * of another one; else the strategy is asked again, and an endpoint that was refused once stays
 * refused for this pick. It is only in place while some factor is below 1.
 *
 * <p>The chance keeps shares right for strategies that take turns or draw; the bound on the load
 * does it for those that run after the idle, to which a newcomer is the most idle of all.
 */
final class Thinned implements Picker {
  private static final int TRIES = 4;

  private final Picker inner;
  private final EndpointSet endpoints;
  private final RandomGenerator random;

  Thinned(Picker inner, EndpointSet endpoints, RandomGenerator random) {
    this.inner = inner;
    this.endpoints = endpoints;
    this.random = random;
  }

  @Override
  public @Nullable Endpoint pick(PickContext context) {
    Endpoint refused = null;
    for (int attempt = 0; attempt < TRIES; attempt++) {
      LiveEndpoint choice = (LiveEndpoint) inner.pick(next(context, attempt));
      if (choice == null || (choice != refused && accepts(choice))) {
        return choice;
      }
      refused = choice;
    }
    LiveEndpoint one = anyBut(refused);
    LiveEndpoint other = anyBut(refused);
    return load(other) < load(one) ? other : one;
  }

  private boolean accepts(LiveEndpoint choice) {
    double factor = choice.factor();
    if (factor >= 1) {
      return true;
    }
    if (random.nextDouble() >= factor) {
      return false;
    }
    int inFlight = choice.inFlight();
    return inFlight == 0 || inFlight < load(anyBut(choice)) * factor * choice.weight();
  }

  /** A random one; the given one only if there is no other, or by a rare chance. */
  private LiveEndpoint anyBut(@Nullable Endpoint one) {
    LiveEndpoint drawn = any();
    for (int again = 0; drawn == one && again < TRIES; again++) {
      drawn = any();
    }
    return drawn;
  }

  private LiveEndpoint any() {
    return (LiveEndpoint) endpoints.get((int) (random.nextDouble() * endpoints.size()));
  }

  /** What one attempt more would make of it, of what it can carry. */
  private static double load(LiveEndpoint endpoint) {
    return (endpoint.inFlight() + 1) / (endpoint.weight() * endpoint.factor());
  }

  /** Asked again, a strategy with keys goes on to the key's next owner; without, nothing is new. */
  private static PickContext next(PickContext context, int more) {
    return more == 0 || context.key() == null ? context : new Again(context, more);
  }

  private record Again(PickContext context, int more) implements PickContext {
    @Override
    public @Nullable String key() {
      return context.key();
    }

    @Override
    public int attempt() {
      return context.attempt() + more;
    }
  }
}
