package io.evenkeel.server.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.ServiceInstance;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealedTest {
  /** As much as the server ever keeps: the longest ids, and the longest document of any dialect. */
  private static final Sealed MOST =
      new Sealed(
          "i".repeat(511),
          "o".repeat(512),
          Long.MAX_VALUE,
          true,
          "d".repeat(30_000),
          Duration.ofDays(1),
          LeaseWord.NONE);

  private static ServiceInstance instance(Map<String, String> metadata) {
    return ServiceInstance.builder("web", "10.0.0.1", 80).metadata(metadata).build();
  }

  private static Map<String, String> full() {
    Map<String, String> metadata = new HashMap<>();
    for (int i = 0; i < 64; i++) {
      metadata.put(i + "k".repeat(126 - i / 10), "v".repeat(512));
    }
    return metadata;
  }

  @Test
  void what_is_sealed_in_comes_out_as_it_was() {
    assertEquals(MOST, Sealed.of(MOST.close(instance(Map.of()))));
  }

  @Test
  void what_a_check_says_comes_out_as_it_was() {
    LeaseWord word = new LeaseWord("c".repeat(480), CheckStatus.WARNING, Duration.ofDays(1));
    Sealed sealed = new Sealed("w", "", 1, false, "d".repeat(30_000), Duration.ZERO, word);
    assertEquals(sealed, Sealed.of(sealed.close(instance(Map.of()))));
  }

  @Test
  void it_takes_no_room_from_the_metadata_of_the_instance() {
    ServiceInstance instance = instance(full());
    ServiceInstance stored = MOST.close(instance);
    assertEquals(instance, Sealed.open(stored));
    assertEquals(MOST, Sealed.of(stored));
  }

  @Test
  void a_document_is_never_cut_inside_a_character() {
    String document = "d" + "\uD83D\uDE00".repeat(1_000);
    Sealed sealed = new Sealed("web~a", "", -1, false, document, Duration.ZERO, LeaseWord.NONE);
    assertEquals(document, Sealed.of(sealed.close(instance(Map.of()))).document());
  }

  @ParameterizedTest
  @ValueSource(strings = {"wire.owner", "wire.standing", "wire.doc.0", "wire.mine"})
  void what_a_client_says_under_the_names_of_the_server_is_refused(String key) {
    ServiceInstance forged = instance(Map.of(key, "v"));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Registration(forged, "w", "", Tenure.standing(), List.of(), "", false));
    assertTrue(refused.getMessage().startsWith("metadata key: " + key + " (expected: "));
  }
}
