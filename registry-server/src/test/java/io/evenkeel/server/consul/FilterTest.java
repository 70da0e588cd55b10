package io.evenkeel.server.consul;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.server.web.Json;
import io.evenkeel.server.web.Refusal;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
  private static final String ROW =
      """
      {"Node":{"Node":"n","Meta":{}},
       "Service":{"ID":"web-1","Service":"web","Tags":["v1","blue"],"Port":80,
                  "Meta":{"env":"prod","a b":"c"},"Weights":{"Passing":5}},
       "Checks":[{"CheckID":"serfHealth","Status":"passing"},{"CheckID":"c","Status":"critical"}]}
      """;

  private static boolean passes(String filter) throws Json.Malformed {
    JsonNode row = Json.read(Buffer.buffer(ROW));
    return FilterParser.read(filter, Selectors.HEALTH).test(row);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "Service.ID == web-1 | true",
        "Service.ID==\"web-2\" | false",
        "Service.ID != `web-2` | true",
        "Service.Port == 80 | true",
        "Service.Weights.Passing == 5 | true",
        "Service.Meta.env == prod | true",
        "Service.Meta[\"a b\"] == c | true",
        "Service.Meta.nosuch == prod | false",
        "Service.Meta.nosuch != prod | true",
        "env in Service.Meta | true",
        "Service.Meta contains nosuch | false",
        "v1 in Service.Tags | true",
        "\"v2\" not in Service.Tags | true",
        "Service.Tags contains blue | true",
        "Service.Tags not contains blue | false",
        "Service.Tags is empty | false",
        "Service.Tags is not empty | true",
        "Node.Meta is empty | true",
        "Service.ID matches \"^web-[0-9]+$\" | true",
        "Service.ID not matches \"^api\" | true",
        "Checks.Status == critical | true",
        "Checks.Status == warning | false",
        "Service.ID == x or Service.Port == 80 | true",
        "Service.ID == x or Service.Port == 80 and v2 in Service.Tags | false",
        "not Service.ID == x and not (Service.Port == 80 and v2 in Service.Tags) | true",
        "((Service.Service == web)) | true"
      })
  void a_row_passes_or_not(String filter, boolean passes) throws Exception {
    assertEquals(passes, passes(filter.strip()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Foo == 1",
        "Service.Foo == 1",
        "Service.ID",
        "Service.ID ==",
        "Service.ID == a b",
        "(Service.ID == a",
        "Service.ID is full",
        "Service.ID matches \"(\"",
        "Service.ID == \"a",
        "and",
        "Service.ID = a"
      })
  void what_is_no_filter_is_a_400(String filter) {
    Refusal refusal = assertThrows(Refusal.class, () -> passes(filter));
    assertEquals(400, refusal.status());
  }

  @ParameterizedTest
  @ValueSource(ints = {33, 2_000})
  void nesting_is_bounded(int depth) {
    String filter = "(".repeat(depth) + "Service.ID == a" + ")".repeat(depth);
    assertEquals(400, assertThrows(Refusal.class, () -> passes(filter)).status());
  }

  @Test
  void a_pattern_that_takes_for_ever_is_given_up() throws Exception {
    JsonNode row = Json.read(Buffer.buffer("{\"Service\":{\"ID\":\"" + "a".repeat(500) + "!\"}}"));
    var filter = FilterParser.read("Service.ID matches \"(a+)+$\"", Selectors.HEALTH);
    assertThrows(IllegalArgumentException.class, () -> filter.test(row));
  }
}
