package io.evenkeel.benchmarks.laboratory.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.time.Randomness;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeparturesTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8, 100})
  void the_next_departure_is_the_earliest_of_all(int servers) {
    RandomGenerator random = Randomness.seeded(servers);
    Departures departures = new Departures(servers);
    long[] times = new long[servers];
    Arrays.fill(times, Long.MAX_VALUE);
    for (int i = 0; i < 2000; i++) {
      int server = random.nextInt(servers);
      times[server] = random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextInt(1000);
      departures.set(server, times[server]);
      assertEquals(Arrays.stream(times).min().orElseThrow(), departures.next());
      assertEquals(departures.next(), times[Math.min(departures.server(), servers - 1)]);
    }
  }
}
