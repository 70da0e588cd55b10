package io.evenkeel.http.consul;

import static io.evenkeel.http.consul.QueryFixture.A;
import static io.evenkeel.http.consul.QueryFixture.B;
import static io.evenkeel.http.consul.QueryFixture.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a blocking query asks, through the query itself. */
class QueryPaceTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final QueryFixture consul = QueryFixture.start();
  private final AtomicLong index = new AtomicLong(1);

  /** The index moves every 10 ms, and the list does not. */
  private void churn() {
    consul.answerAll(
        Duration.ofMillis(10), request -> answer(Long.toString(index.addAndGet(1)), A));
    consul.answer(answer("1", A));
  }

  @Test
  void churn_is_asked_for_ten_times_in_the_first_second_at_most() {
    churn();
    consul.time.advance(SECOND);
    assertTrue(consul.sent.size() <= 10, "requests: " + consul.sent.size());
  }

  @Test
  void lasting_churn_is_polled_once_in_15_seconds_at_most() {
    churn();
    consul.time.advance(Duration.ofMinutes(10));
    long later = consul.sentBetween(SECOND.multipliedBy(2), Duration.ofMinutes(10));
    assertTrue(later <= 40, "requests after the second second: " + later);
    assertTrue(later >= 35, "it still asks: " + later);
    assertEquals(1, consul.told.size());
  }

  @Test
  void a_change_amid_churn_is_seen_with_the_next_poll() {
    churn();
    consul.time.advance(Duration.ofMinutes(1));
    consul.answerAll(Duration.ofMillis(10), request -> answer("99999", A, B));
    consul.time.advance(Duration.ofSeconds(17));
    assertEquals(List.of(A, B), consul.told.get(1).instances());
  }

  @Test
  void when_a_query_waits_again_the_churn_is_over() {
    churn();
    consul.time.advance(Duration.ofMinutes(1));
    consul.answerAll(Duration.ofSeconds(4), request -> answer("99999", A));
    consul.time.advance(Duration.ofSeconds(22));
    long before = consul.sent.size();
    consul.time.advance(Duration.ofSeconds(12));
    assertEquals(3, consul.sent.size() - before);
  }

  @Test
  void five_idle_answers_in_a_row_do_not_delay_a_change_by_a_second() {
    consul.answer(answer("1", A));
    for (int i = 0; i < 5; i++) {
      consul.answer(answer(Integer.toString(i + 2), A));
      consul.next();
    }
    Duration before = consul.now();
    consul.answer(answer("9", A, B));
    assertEquals(2, consul.told.size());
    consul.next();
    assertTrue(consul.now().minus(before).compareTo(SECOND) < 0);
  }

  @Test
  void twenty_idle_answers_a_minute_are_no_churn() {
    consul.answerAll(
        Duration.ofMillis(2_900), request -> answer(Long.toString(index.addAndGet(1)), A));
    consul.answer(answer("1", A));
    consul.time.advance(Duration.ofMinutes(5));
    assertTrue(consul.sent.size() >= 95, "requests in 5 min: " + consul.sent.size());
  }

  @Test
  void a_list_that_changes_all_the_time_is_read_five_times_a_second() {
    consul.answerAll(
        AT_ONCE,
        request -> {
          long at = index.addAndGet(1);
          return answer(Long.toString(at), at % 2 == 0 ? A : B);
        });
    consul.answer(answer("1", A));
    consul.time.advance(Duration.ofSeconds(10));
    assertTrue(consul.sent.size() <= 53, "requests in 10 s: " + consul.sent.size());
    assertTrue(consul.sent.size() >= 45, "requests in 10 s: " + consul.sent.size());
  }

  @Test
  void a_wait_of_a_second_that_passes_is_no_churn() {
    QueryFixture hasty = new QueryFixture(Map.of("wait", "1s"));
    hasty.answerAll(SECOND, request -> answer("7", A));
    hasty.answer(answer("7", A));
    hasty.time.advance(Duration.ofMinutes(1));
    assertTrue(hasty.sent.size() >= 55, "requests in a minute: " + hasty.sent.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", "-3", "abc", "99999999999999999999"})
  void an_index_that_leads_nowhere_is_asked_for_twice_a_second_at_most(String header) {
    consul.answerAll(AT_ONCE, request -> answer(header, A));
    consul.answer(answer(header, A));
    consul.time.advance(Duration.ofMinutes(1));
    for (long at = 0; at < 59; at++) {
      Duration from = SECOND.multipliedBy(at);
      assertTrue(consul.sentBetween(from, from.plus(SECOND)) <= 2, "in second " + at);
    }
    assertTrue(consul.sent.size() < 20, "requests in a minute: " + consul.sent.size());
  }

  @Test
  void a_server_that_sends_no_index_is_asked_for_twice_a_second_at_most() {
    consul.answerAll(AT_ONCE, request -> answer(null, A));
    consul.answer(answer(null, A));
    assertEquals(1, consul.next().index());
    consul.time.advance(SECOND);
    assertTrue(consul.sent.size() <= 3, "requests in a second: " + consul.sent.size());
  }

  @Test
  void a_server_that_does_not_wait_is_polled() {
    consul.answerAll(AT_ONCE, request -> answer("7", A));
    consul.answer(answer("7", A));
    consul.time.advance(Duration.ofMinutes(1));
    assertTrue(consul.sent.size() <= 12, "requests in a minute: " + consul.sent.size());
  }
}
