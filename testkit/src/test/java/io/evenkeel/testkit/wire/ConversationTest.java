package io.evenkeel.testkit.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationTest {
  private static final String TEXT =
      """
      # also true of: another 1.2
      # what it is about

      # makes one
      # (section 3)
      ~ PT31S
      POST /things/$new
      Content-Type: application/json
      X-Key: a: b

      {"a":1,
        "b":2}
      => 201
      Location: {{origin}}/things/{{uuid:id}}
      ###
      GET /things/{{id}}
      => 200

      [{{number}},
       2]
      """;

  private final Conversation conversation = Conversation.parse("dialect", "name", TEXT);

  @Test
  void the_head_is_about_the_conversation() {
    assertEquals(List.of("also true of: another 1.2", "what it is about"), conversation.notes());
    assertTrue(conversation.isAlsoTrueOf("another 1.2"));
    assertFalse(conversation.isAlsoTrueOf("another"));
    assertEquals("dialect/name", conversation.toString());
  }

  @Test
  void an_exchange_has_all_its_parts() {
    Exchange first = conversation.exchanges().get(0);
    assertEquals("makes one (section 3)", first.about());
    assertEquals(Duration.ofSeconds(31), first.after());
    assertEquals("POST /things/$new", first.toString());
    assertEquals(
        Map.of("Content-Type", "application/json", "X-Key", "a: b"), first.request().headers());
    assertEquals("{\"a\":1,\"b\":2}", first.request().body());
    assertEquals(201, first.status());
    assertEquals("{{origin}}/things/{{uuid:id}}", first.answer().headers().get("Location"));
    assertEquals("", first.answer().body());
  }

  @Test
  void what_is_left_out_is_empty() {
    Exchange second = conversation.exchanges().get(1);
    assertEquals(
        new Exchange(
            "",
            Duration.ZERO,
            "GET",
            "/things/{{id}}",
            new Exchange.Message(Map.of(), ""),
            200,
            new Exchange.Message(Map.of(), "[{{number}},2]")),
        second);
  }

  @Test
  void a_client_gets_examples_that_fit_together() {
    Map<String, String> values = new HashMap<>(Map.of("origin", "http://h:1"));
    Exchange.Message answer = conversation.exchanges().get(0).answer().filled(values);
    String location = answer.headers().get("Location");
    assertEquals(location, "http://h:1" + conversation.exchanges().get(1).target(values));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET\n=> 200",
        "GET /a b\n=> 200",
        "GET /\nno header\n=> 200",
        "GET /",
        "GET /\n=> fine",
        "~ later\nGET /\n=> 200"
      })
  void what_is_not_a_conversation_is_refused_with_its_place(String text) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Conversation.parse("dialect", "name", text));
    assertTrue(refused.getMessage().startsWith("dialect/name, exchange "), refused.getMessage());
  }
}
