package io.evenkeel.benchmarks.laboratory;

import io.evenkeel.benchmarks.laboratory.world.LatencyHistogram;
import io.evenkeel.benchmarks.laboratory.world.Measurement;
import io.evenkeel.benchmarks.laboratory.world.Scenario;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a contender achieved in a scenario.
 *
 * @param scenario the world
 * @param contender the name of who was tried
 * @param runs one per seed, in the seeds' order
 */
public record Result(Scenario scenario, String contender, List<Measurement> runs) {

  /** Over the seeds. */
  public Estimate estimate(Metric metric) {
    return Estimate.of(runs.stream().mapToDouble(metric::of).toArray());
  }

  /** Seed by seed, since with the same seed both met the same requests and the same weather. */
  public Estimate ratio(Metric metric, Result other) {
    return Estimate.of(
        IntStream.range(0, runs.size())
            .mapToDouble(seed -> metric.of(runs.get(seed)) / metric.of(other.runs.get(seed)))
            .toArray());
  }

  /** The latencies of all runs. */
  public LatencyHistogram latencies() {
    LatencyHistogram all = new LatencyHistogram();
    runs.forEach(run -> all.add(run.latencies()));
    return all;
  }
}
