package io.evenkeel.benchmarks.laboratory.world;

import java.util.random.RandomGenerator;

/** Something that happens to servers while requests come. */
@FunctionalInterface
public interface Disturbance {

  /** Changes servers now, or schedules it. */
  void begin(Stage stage, RandomGenerator chance);
}
