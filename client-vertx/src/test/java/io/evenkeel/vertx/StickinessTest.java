package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.loadbalancer.call.Call;
import io.vertx.core.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StickinessTest {
  private final Stickiness stickiness = Stickiness.cookie("SHOP", "a secret of all replicas");

  private static String token(Stickiness by, String instance) {
    Session session = by.of((String) null);
    session.sentTo(instance);
    return session.cookie().orElseThrow().getValue();
  }

  @Test
  void a_new_session_prefers_nobody_and_is_told_who_has_answered() {
    Session session = stickiness.of((String) null);
    assertNull(session.appliedTo(Call.once()).preferred());
    assertFalse(session.cookie().isPresent());
    session.sentTo("a");
    assertTrue(session.cookie().isPresent());
  }

  @Test
  void a_known_session_prefers_its_instance_and_needs_no_cookie_while_that_answers() {
    Session session = stickiness.of(token(stickiness, "a"));
    assertEquals("a", session.appliedTo(Call.once()).preferred());
    session.sentTo("a");
    assertFalse(session.cookie().isPresent());
  }

  @Test
  void when_another_one_answers_the_cookie_is_renewed() {
    Session session = stickiness.of(token(stickiness, "a"));
    session.sentTo("a");
    session.sentTo("b");
    String renewed = session.cookie().orElseThrow().getValue();
    assertEquals("b", stickiness.of(renewed).appliedTo(Call.once()).preferred());
  }

  @Test
  void replicas_with_the_same_secret_share_sessions_and_others_begin_again() {
    Stickiness replica = Stickiness.cookie("SHOP", "a secret of all replicas");
    String token = token(stickiness, "a");
    assertEquals("a", replica.of(token).appliedTo(Call.once()).preferred());
    assertNull(Stickiness.cookie("SHOP").of(token).appliedTo(Call.once()).preferred());
  }

  @Test
  void the_cookie_is_for_the_whole_site_and_not_for_scripts() {
    Session session = stickiness.of("forged");
    session.sentTo("a");
    Cookie cookie = session.cookie().orElseThrow();
    String text = cookie.encode();
    assertTrue(text.startsWith("SHOP="), text);
    assertTrue(text.contains("Path=/; HTTPOnly; SameSite=Lax"), text);
  }

  @Test
  void a_header_is_the_key_of_the_call() {
    Session session = Stickiness.header("X-Session").of("user-7");
    assertEquals("user-7", session.appliedTo(Call.once()).key());
    session.sentTo("a");
    assertFalse(session.cookie().isPresent());
    assertNull(Stickiness.header("X-Session").of(" ").appliedTo(Call.once()).key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a;b", "a=b", "größe"})
  void a_name_that_no_cookie_has_is_refused(String name) {
    assertThrows(IllegalArgumentException.class, () -> Stickiness.cookie(name));
    assertThrows(IllegalArgumentException.class, () -> Stickiness.header(name));
  }

  @Test
  void a_short_secret_is_refused_and_not_repeated() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Stickiness.cookie("SHOP", "short"))
            .getMessage();
    assertEquals("secret: of 5 characters (expected: at least 16)", message);
    assertNotEquals(token(stickiness, "a"), token(stickiness, "a"));
  }
}
