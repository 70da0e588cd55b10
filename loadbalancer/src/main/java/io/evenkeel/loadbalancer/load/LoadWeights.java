package io.evenkeel.loadbalancer.load;

import io.evenkeel.time.TimeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Turns what the endpoints of one balancer report into factors on their weights, so that each gets
 * its share of what all can serve. Whoever keeps the endpoints gives each a {@link #newCapacity},
 * hands it the endpoint's reports, and asks for {@link #factors} once a {@link #period}. Source:
 * gRFC A58, whose weights stand in place of the registry's where these correct them.
 */
public final class LoadWeights {
  private final LoadWeightOptions options;
  private final TimeSource time;

  private LoadWeights(LoadWeightOptions options, TimeSource time) {
    this.options = options;
    this.time = time;
  }

  /** Factors that follow reports, or stay 1 when the options say so. */
  public static LoadWeights with(LoadWeightOptions options, TimeSource time) {
    return new LoadWeights(options, time);
  }

  /** What a new endpoint's reports are to be handed to. */
  public ReportedCapacity newCapacity() {
    return new ReportedCapacity(options, time);
  }

  /** Whether the factors can ever be anything but 1. */
  public boolean isEnabled() {
    return options.enabled();
  }

  /** How often to ask for the factors, beside each change of the list. */
  public Duration period() {
    return options.period();
  }

  /**
   * A factor for each endpoint, above 0, the greatest 1, such that weight times factor is in
   * proportion to what the endpoint can serve. One that is not believed yet gets the mean of the
   * others'; all get 1 while fewer than two are known. The caller's thread.
   *
   * @param weights as the registry has them; one of 0 takes no traffic, gets 1 and counts for none
   */
  public double[] factors(List<ReportedCapacity> capacities, double[] weights) {
    if (capacities.size() != weights.length) {
      throw new IllegalArgumentException(
          "weights: "
              + weights.length
              + " (expected: one per endpoint, "
              + capacities.size()
              + ")");
    }
    double[] factors = new double[weights.length];
    long now = time.nanoTime();
    int known = 0;
    double sum = 0;
    for (int i = 0; i < factors.length; i++) {
      double requests = weights[i] > 0 ? capacities.get(i).requests(now) : 0;
      if (requests > 0) {
        factors[i] = requests / weights[i];
        sum += factors[i];
        known++;
      }
    }
    if (known < 2) {
      Arrays.fill(factors, 1);
      return factors;
    }
    return normalised(factors, weights, sum / known);
  }

  private double[] normalised(double[] factors, double[] weights, double mean) {
    double greatest = Math.max(mean, Arrays.stream(factors).max().orElse(mean));
    for (int i = 0; i < factors.length; i++) {
      double factor = (factors[i] > 0 ? factors[i] : mean) / greatest;
      factors[i] = weights[i] > 0 ? Math.max(options.least(), factor) : 1;
    }
    return factors;
  }
}
