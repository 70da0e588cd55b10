package io.evenkeel.http.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class QueryIndexTest {
  @Test
  void an_index_that_grew_or_stayed_is_taken() {
    assertEquals(8, QueryIndex.after(7, "8"));
    assertEquals(7, QueryIndex.after(7, "7"));
    assertEquals(Long.MAX_VALUE, QueryIndex.after(7, "9223372036854775807"));
  }

  @Test
  void a_smaller_one_starts_anew() {
    assertEquals(QueryIndex.NONE, QueryIndex.after(50, "10"));
  }

  @Test
  void none_and_0_count_as_1() {
    assertEquals(1, QueryIndex.after(0, null));
    assertEquals(1, QueryIndex.after(0, "0"));
    assertEquals(1, QueryIndex.after(1, " "));
  }

  @Test
  void what_is_no_number_or_too_large_or_negative_starts_anew() {
    assertEquals(QueryIndex.NONE, QueryIndex.after(7, "abc"));
    assertEquals(QueryIndex.NONE, QueryIndex.after(7, "9223372036854775808"));
    assertEquals(QueryIndex.NONE, QueryIndex.after(7, "-1"));
  }

  @Test
  void only_a_number_above_0_leads_to_a_query_that_waits() {
    assertTrue(QueryIndex.isUsable("1"));
    assertFalse(QueryIndex.isUsable("0"));
    assertFalse(QueryIndex.isUsable(null));
    assertFalse(QueryIndex.isUsable("abc"));
  }
}
