package io.evenkeel.loadbalancer.routing;

/**
 * A share of the traffic for some of the instances, whatever their number: the canaries. When none
 * of them is in rotation the others take it, and the other way round.
 *
 * @param instances who is a canary
 * @param share of all traffic that the canaries take together, 0..1
 */
public record Canary(InstanceFilter instances, double share) {

  /** Checks the bounds. */
  public Canary {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("canary.share: " + share + " (expected: 0..1)");
    }
  }
}
