package io.evenkeel.http.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.System.Logger.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationEventTest {
  private static String line(Object value) {
    return RegistrationEvent.of(Level.INFO, "registration.success", "id", value).line();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a-1|a-1",
        "http://h:80/$register|http://h:80/$register",
        "a b|\"a b\"",
        "a=b|\"a=b\""
      })
  void a_value_is_quoted_where_it_could_be_mistaken(String value, String shown) {
    assertEquals("registration.success id=" + shown, line(value));
  }

  @Test
  void no_value_makes_another_line_or_another_field() {
    assertEquals(
        "registration.success id=\"a\\u000a\\\" b=\\\\\\u0085\\u2028\"",
        line("a\n\" b=\\\u0085\u2028"));
    assertEquals("registration.success id=\"\"", line(""));
  }

  @Test
  void fields_keep_their_order_and_those_without_a_value_are_left_out() {
    RegistrationEvent event = RegistrationEvent.of(Level.INFO, "x.y", "b", 1, "c", null, "a", 2.5);
    assertEquals("x.y b=1 a=2.5", event.line());
  }
}
