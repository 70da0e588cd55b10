package io.evenkeel.http.consul;

import static io.evenkeel.http.consul.QueryFixture.A;
import static io.evenkeel.http.consul.QueryFixture.B;
import static io.evenkeel.http.consul.QueryFixture.answer;
import static io.evenkeel.http.consul.QueryFixture.leaderless;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.ServiceSnapshot.Freshness;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlockingQueryTest {
  private final QueryFixture consul = QueryFixture.start();

  @Test
  void the_first_read_does_not_wait() {
    assertEquals(new QueryRequest(QueryIndex.NONE, Duration.ZERO, false), consul.last());
  }

  @Test
  void the_next_read_waits_for_something_beyond_the_index_of_the_last() {
    consul.answer(answer("7", A));
    assertEquals(new QueryRequest(7, Duration.ofMinutes(5), false), consul.last());
    assertEquals(List.of(A), consul.told.get(0).instances());
    assertEquals(Freshness.FRESH, consul.told.get(0).freshness());
  }

  @Test
  void the_wait_is_what_the_options_say() {
    QueryFixture patient = new QueryFixture(Map.of("wait", "10m"));
    patient.answer(answer("7", A));
    assertEquals(Duration.ofMinutes(10), patient.last().hold());
  }

  @Test
  void an_empty_list_is_told_as_any_other() {
    consul.answer(answer("7"));
    assertEquals(List.of(), consul.told.get(0).instances());
  }

  @Test
  void what_did_not_change_is_not_told_again() {
    consul.answer(answer("7", A, B));
    consul.answer(answer("8", A, B));
    consul.next();
    consul.answer(answer("9", B, A)); // another order is no change
    assertEquals(1, consul.told.size());
  }

  @Test
  void a_change_is_told_and_asked_for_again_within_200_ms() {
    consul.answer(answer("7", A));
    consul.answer(answer("8", A, B));
    assertEquals(List.of(A, B), consul.told.get(1).instances());
    assertEquals(8, consul.next().index());
    assertTrue(consul.now().toMillis() <= 200);
  }

  @Test
  void an_index_that_goes_backwards_is_forgotten_and_the_list_read_again_at_once() {
    consul.answer(answer("50", A));
    consul.answer(answer("10", A, B));
    assertEquals(QueryIndex.NONE, consul.next().index());
    assertTrue(consul.now().compareTo(Duration.ofSeconds(1)) < 0);
    consul.answer(answer("10", B));
    assertEquals(List.of(B), consul.told.get(2).instances());
    assertEquals(10, consul.next().index());
  }

  @Test
  void after_an_error_the_index_stays_and_the_first_wait_is_short() {
    consul.answer(answer("7", A));
    consul.fail();
    assertEquals(new QueryRequest(7, Duration.ofSeconds(1), false), consul.next());
    consul.answer(answer("7", A));
    assertEquals(new QueryRequest(7, Duration.ofMinutes(5), false), consul.next());
  }

  @Test
  void an_error_is_told_and_so_is_the_list_after_it() {
    consul.answer(answer("7", A));
    consul.fail();
    assertEquals(1, consul.errors.size());
    consul.next();
    consul.answer(answer("7", A));
    assertEquals(2, consul.told.size());
    consul.next();
    consul.answer(answer("8", A));
    assertEquals(2, consul.told.size());
  }

  @Test
  void errors_are_followed_by_pauses_of_at_most_30_seconds_that_grow() {
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 40; i++) {
      Duration before = consul.now();
      consul.fail();
      consul.next();
      Duration pause = consul.now().minus(before);
      longest = pause.compareTo(longest) > 0 ? pause : longest;
      assertTrue(pause.compareTo(Duration.ofMillis(30_001)) <= 0, "pause " + pause);
      assertTrue(i > 0 || pause.compareTo(Duration.ofMillis(1_001)) <= 0, "first " + pause);
    }
    assertTrue(longest.compareTo(Duration.ofSeconds(20)) > 0, "the longest of 40: " + longest);
  }

  @Test
  void without_a_leader_a_list_is_told_as_stale() {
    consul.answer(answer("7", A, B));
    consul.answer(leaderless("7", A));
    assertEquals(List.of(A), consul.told.get(1).instances());
    assertEquals(Freshness.STALE, consul.told.get(1).freshness());
  }

  @Test
  void without_a_leader_an_empty_list_is_not_believed() {
    consul.answer(answer("7", A));
    consul.answer(leaderless("7"));
    assertEquals(List.of(A), consul.told.get(1).instances());
    assertEquals(Freshness.STALE, consul.told.get(1).freshness());
  }

  @Test
  void without_a_leader_from_the_start_an_empty_list_is_an_error() {
    consul.answer(leaderless("7"));
    assertEquals(List.of(), consul.told);
    assertEquals(1, consul.errors.size());
  }

  @Test
  void when_the_leader_is_back_the_same_list_is_fresh() {
    consul.answer(answer("7", A));
    consul.answer(leaderless("7", A));
    assertFalse(consul.next().isBlocking()); // a wait would sit the leader's return out
    consul.answer(answer("7", A));
    assertEquals(Freshness.FRESH, consul.told.get(2).freshness());
  }

  @Test
  void a_server_without_a_leader_is_not_asked_all_the_time() {
    consul.answerAll(Duration.ofMillis(1), request -> leaderless("7", A));
    consul.answer(leaderless("7", A));
    consul.time.advance(Duration.ofMinutes(10));
    assertTrue(consul.sent.size() < 100, "requests in 10 min: " + consul.sent.size());
    assertEquals(1, consul.told.size());
  }

  @Test
  void an_answer_that_is_too_stale_is_asked_for_again_in_the_default_mode() {
    QueryFixture stale = new QueryFixture(Map.of("consistency", "stale", "max-stale", "2s"));
    stale.answer(new QueryAnswer(List.of(A), "7", true, Duration.ofSeconds(3)));
    assertEquals(List.of(), stale.told);
    assertEquals(new QueryRequest(QueryIndex.NONE, Duration.ZERO, true), stale.next());
    stale.answer(answer("9", B));
    assertEquals(List.of(B), stale.told.get(0).instances());
    assertEquals(new QueryRequest(9, Duration.ofMinutes(5), false), stale.next());
  }

  @Test
  void an_answer_that_is_a_little_stale_will_do() {
    QueryFixture stale = new QueryFixture(Map.of("consistency", "stale", "max-stale", "2s"));
    stale.answer(new QueryAnswer(List.of(A), "7", true, Duration.ofSeconds(2)));
    assertEquals(List.of(A), stale.told.get(0).instances());
  }

  @Test
  void a_closed_one_gives_its_request_up_and_tells_nothing_more() {
    consul.answer(answer("7", A));
    consul.close();
    assertTrue(consul.isGivenUp());
    consul.answer(answer("8", A, B));
    assertEquals(1, consul.told.size());
    assertFalse(consul.isOpen());
  }

  @Test
  void a_closed_one_tells_no_error_and_sends_nothing_more() {
    consul.close();
    consul.fail();
    consul.time.advance(Duration.ofMinutes(1));
    assertEquals(List.of(), consul.errors);
    assertEquals(1, consul.sent.size());
  }

  @Test
  void one_that_is_closed_between_two_requests_sends_no_other() {
    consul.fail();
    consul.close();
    consul.time.advance(Duration.ofMinutes(1));
    assertEquals(1, consul.sent.size());
    assertEquals(0, consul.time.pendingTasks());
  }
}
