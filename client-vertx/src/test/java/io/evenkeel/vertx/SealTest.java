package io.evenkeel.vertx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
  private final Seal seal = Seal.random("EVENKEEL");

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "orders-10.0.0.7:8080", "größer"})
  void it_opens_what_it_has_sealed(String text) {
    assertEquals(text, seal.open(seal.seal(text)));
  }

  @Test
  void what_is_sealed_fits_a_cookie_and_shows_nothing() {
    String token = seal.seal("orders-10.0.0.7:8080");
    assertTrue(token.matches("[A-Za-z0-9_-]+"), token);
    assertFalse(token.contains("orders"), token);
    assertNotEquals(token, seal.seal("orders-10.0.0.7:8080"));
  }

  @Test
  void those_that_know_the_secret_open_it_and_no_others() {
    String token = Seal.of("a secret of theirs", "EVENKEEL").seal("a");
    assertEquals("a", Seal.of("a secret of theirs", "EVENKEEL").open(token));
    assertNull(Seal.of("another secret of theirs", "EVENKEEL").open(token));
    assertNull(Seal.of("a secret of theirs", "OTHER").open(token));
    assertNull(seal.open(token));
  }

  @Test
  void not_one_bit_can_be_forged() {
    byte[] token = Base64.getUrlDecoder().decode(seal.seal("a"));
    for (int bit = 0; bit < token.length * 8; bit++) {
      byte[] forged = token.clone();
      forged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertNull(seal.open(Base64.getUrlEncoder().encodeToString(forged)), "bit " + bit);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "a", "no base 64", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void rubbish_is_not_opened(String token) {
    assertNull(seal.open(token));
    assertNull(seal.open("A".repeat(2_000)));
  }
}
