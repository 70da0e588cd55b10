package io.evenkeel.strategy;

import java.util.Arrays;
import java.util.List;

/**
 * The endpoints in rotation and the effective weight of each, in a fixed order. Immutable. An
 * endpoint of weight 0 is not in rotation, so every weight here is above 0.
 */
public final class EndpointSet {
  private final Endpoint[] endpoints;
  private final double[] weights;

  private EndpointSet(Endpoint[] endpoints, double[] weights) {
    this.endpoints = endpoints;
    this.weights = weights;
  }

  /**
   * A set of endpoints with their effective weights; those of weight 0 are left out.
   *
   * @throws IllegalArgumentException when the sizes differ or a weight is negative or not finite
   */
  public static EndpointSet of(List<? extends Endpoint> endpoints, double[] weights) {
    if (endpoints.size() != weights.length) {
      throw new IllegalArgumentException(
          "weights: " + weights.length + " (expected: one per endpoint, " + endpoints.size() + ")");
    }
    Endpoint[] rotation = new Endpoint[weights.length];
    double[] positive = new double[weights.length];
    int size = 0;
    for (int i = 0; i < weights.length; i++) {
      if (!(weights[i] >= 0 && weights[i] <= Double.MAX_VALUE)) {
        throw new IllegalArgumentException(
            "weight: " + weights[i] + " (expected: finite and >= 0; 0 takes it out of rotation)");
      }
      if (weights[i] > 0) {
        rotation[size] = endpoints.get(i);
        positive[size++] = weights[i];
      }
    }
    return new EndpointSet(Arrays.copyOf(rotation, size), Arrays.copyOf(positive, size));
  }

  /** How many endpoints are in rotation. */
  public int size() {
    return endpoints.length;
  }

  /** The endpoint at a position, 0..size − 1. */
  public Endpoint get(int index) {
    return endpoints[index];
  }

  /** The effective weight of the endpoint at a position; finite and above 0. */
  public double weight(int index) {
    return weights[index];
  }

  /** The endpoints in their order, as an array the caller owns. */
  public Endpoint[] toArray() {
    return endpoints.clone();
  }

  /** The weights in the endpoints' order, as an array the caller owns. */
  public double[] weights() {
    return weights.clone();
  }
}
