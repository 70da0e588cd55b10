package io.evenkeel.loadbalancer.strategy;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.strategy.BalancingStrategy;
import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.Picker;
import io.evenkeel.testkit.BalancingStrategyContract;
import io.evenkeel.testkit.RotationContract;
import io.evenkeel.testkit.Share;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class RoundRobinTest extends BalancingStrategyContract implements RotationContract {
  @Override
  public BalancingStrategy newStrategy(RandomGenerator random) {
    return RoundRobin.create(random);
  }

  @Override
  public Share share() {
    return Share.EQUAL_EXACTLY;
  }

  @Override
  public BalancingStrategy startingAt(long picks) {
    return RoundRobin.startingAt(picks);
  }

  @Test
  void threads_that_pick_once_each_do_not_meet_at_one_endpoint() throws InterruptedException {
    RoundRobin strategy = RoundRobin.startingAt(0);
    Picker picker = strategy.newPicker(Sets.weighing(strategy, 1, 1, 1, 1, 1, 1, 1, 1), null);
    Set<Endpoint> picked = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 16; i++) {
      Thread thread = new Thread(() -> picked.add(Sets.picked(picker)));
      thread.start();
      thread.join();
    }
    assertTrue(picked.size() >= 4, "picked: " + picked);
  }

  @Test
  void clients_begin_at_different_endpoints() {
    Set<Integer> firsts = new HashSet<>();
    for (int client = 0; client < 100; client++) {
      RoundRobin strategy = RoundRobin.create();
      Picker picker = strategy.newPicker(Sets.weighing(strategy, 1, 1, 1, 1), null);
      firsts.add(Sets.picks(picker, 1)[0]);
    }
    assertTrue(firsts.size() == 4, "firsts: " + firsts);
  }

  @Test
  void a_negative_start_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> RoundRobin.startingAt(-1));
    assertThrows(IllegalArgumentException.class, () -> RoundRobin.startingAt(Long.MAX_VALUE));
  }
}
