package io.evenkeel.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  private static final String UUID = "e2c35b5f-5593-42d0-b2ad-5c7af79ea012";

  private final Map<String, String> values = new HashMap<>();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain                | plain",
        "<{{uuid}}>           | <e2c35b5f-5593-42d0-b2ad-5c7af79ea012>",
        "/s/{{ulid}}/$ping    | /s/01M7YEF2PYV85XYHZBYVBJA85Y/$ping",
        "{{timestamp}}        | 2026-11-21T06:59:55.230310+00:00",
        "[{{number}}]         | [-1.25]",
        "{{index}}            | 10",
        "'\"{{text}}\"'       | '\"\"'",
        "'\"{{text}}\"'       | '\"a \\\"b\\\" c\"'",
        "'Allow: {{text}}'    | 'Allow: GET, PUT'",
        "'[{{any}},1]'        | '[{\"a\":[\"}\",{}]},1]'",
        "'{\"a\":{{any}}}'    | '{\"a\":\"x,y\"}'",
        "'{\"a\":{{any}}}'    | '{\"a\":null}'",
        "{{any}}              | 17"
      })
  void this_is_as_written(String template, String actual) {
    assertEquals(Optional.empty(), difference(template, actual));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain                | plane",
        "plain                | plain text",
        "plain text           | plain",
        "{{uuid}}             | e2c35b5f559342d0b2ad5c7af79ea012",
        "{{uuid}}             | E2C35B5F-5593-42D0-B2AD-5C7AF79EA012",
        "{{ulid}}             | 01M7YEF2PYV85XYHZBYVBJA85U",
        "{{timestamp}}        | 2026-11-21T06:59:55Z",
        "{{timestamp}}        | 2026-11-21T06:59:55.230+00:00",
        "{{number}}           | '\"1\"'",
        "{{index}}            | 0",
        "'\"{{text}}\"'       | null",
        "'[{{any}}]'          | '[1,2]'",
        "'[{{any}}]'          | '[]'",
        "'{\"a\":{{any}}}'    | '{\"a\":1,\"b\":2}'"
      })
  void this_differs(String template, String actual) {
    assertTrue(difference(template, actual).isPresent());
  }

  @Test
  void a_value_that_was_kept_must_come_again() {
    assertEquals(Optional.empty(), difference("{{uuid:id}}, {{id}}", UUID + ", " + UUID));
    assertEquals(Map.of("id", UUID), values);
    assertEquals(Optional.empty(), difference("/{{id}}/", "/" + UUID + "/"));
    assertTrue(difference("/{{id}}/", "/" + UUID.replace('2', '3') + "/").isPresent());
  }

  @Test
  void a_value_that_nobody_kept_is_a_fault_of_the_file() {
    assertTrue(difference("{{id}}", UUID).isPresent());
    assertThrows(IllegalStateException.class, () -> Template.of("{{id}}").filled(values));
    assertThrows(IllegalArgumentException.class, () -> Template.of("{{uid:id}}"));
  }

  @Test
  void the_first_difference_is_shown() {
    assertEquals(
        "at 8, after «{\"count\"»: ;1} (expected: :)",
        difference("{\"count\":{{number}}}", "{\"count\";1}").orElseThrow());
    assertEquals(
        "at 1, after «[»: x] (expected: {{uuid}})", difference("[{{uuid}}]", "[x]").orElseThrow());
    assertEquals("at 1, after «[»: the end (expected: ])", difference("[]", "[").orElseThrow());
  }

  @Test
  void every_example_is_what_its_hole_takes() {
    String template =
        "{{uuid}} {{ulid}} {{timestamp}} {{number}} {{index}} \"{{text}}\" [{{any}}] {{uuid:id}}";
    assertEquals(Optional.empty(), difference(template, Template.of(template).filled(values)));
  }

  @Test
  void a_value_that_was_kept_is_filled_in() {
    values.put("id", "x");
    assertEquals("/x/$ping", Template.of("/{{id}}/$ping").filled(values));
  }

  private Optional<String> difference(String template, String actual) {
    return Template.of(template).difference(actual, values);
  }
}
