package io.evenkeel.loadbalancer.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.testkit.ManualTime;
import io.evenkeel.time.Backoff;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final ManualTime time = ManualTime.start();
  private final RetryBudget budget = new RetryBudget(0.2, 10, time);

  @Test
  void without_requests_a_window_has_ten_retries_per_second() {
    assertEquals(100, withdrawAll());
  }

  @Test
  void each_five_requests_bring_one_more() {
    deposit(1_000);
    assertEquals(300, withdrawAll());
  }

  @Test
  void what_was_spent_comes_back_when_its_second_leaves_the_window() {
    withdrawAll();
    time.advance(Duration.ofMillis(9_999));
    assertEquals(0, withdrawAll());
    time.advance(Duration.ofMillis(1));
    assertEquals(100, withdrawAll());
  }

  @Test
  void requests_do_not_count_after_their_window() {
    deposit(1_000);
    time.advance(Duration.ofSeconds(10));
    assertEquals(100, withdrawAll());
  }

  @Test
  void a_long_silence_forgets_everything() {
    deposit(1_000_000);
    withdrawAll();
    time.advance(Duration.ofDays(365));
    assertEquals(100, withdrawAll());
  }

  @Test
  void over_any_ten_aligned_seconds_retries_stay_within_the_share() {
    for (int window = 0; window < 20; window++) {
      int granted = 0;
      for (int second = 0; second < 10; second++) {
        deposit(100);
        granted += withdrawAll();
        time.advance(Duration.ofSeconds(1));
      }
      assertTrue(granted <= 300, "granted " + granted);
      assertTrue(granted >= 200, "granted " + granted);
    }
  }

  @Test
  void an_empty_budget_grants_nothing() {
    assertFalse(new RetryBudget(0, 0, time).tryWithdraw());
  }

  @Test
  void options_out_of_bounds_are_refused_by_name() {
    Backoff backoff = RetryOptions.defaults().backoff();
    assertRefused("budgetRatio: -0.1", () -> new RetryOptions(backoff, -0.1, 1));
    assertRefused("budgetRatio: NaN", () -> new RetryOptions(backoff, Double.NaN, 1));
    assertRefused("budgetPerSecond: -1", () -> new RetryOptions(backoff, 1, -1));
  }

  private static void assertRefused(String start, Runnable making) {
    String message = assertThrows(IllegalArgumentException.class, making::run).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  private void deposit(int requests) {
    for (int i = 0; i < requests; i++) {
      budget.deposit();
    }
  }

  private int withdrawAll() {
    int granted = 0;
    while (budget.tryWithdraw()) {
      granted++;
    }
    return granted;
  }
}
