package io.evenkeel.server.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON from strangers: at most 32 levels deep, no key twice, nothing behind the document, no NaN.
 */
public final class Json {
  private static final int MAX_DEPTH = 32;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** What was wrong with a document, and where. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final long offset;

    Malformed(String message, long offset) {
      super(message, null, false, false);
      this.offset = offset;
    }

    /** Where in the text. */
    public long offset() {
      return offset;
    }
  }

  /** Reads a document; null when there is none. */
  public static @Nullable JsonNode read(Buffer body) throws Malformed {
    try {
      JsonNode node = MAPPER.readTree(body.getBytes());
      return node == null || node.isMissingNode() ? null : node;
    } catch (JsonProcessingException e) {
      long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw new Malformed(e.getOriginalMessage(), offset);
    } catch (IOException e) { // such as bytes that are not UTF-8
      throw new Malformed(String.valueOf(e.getMessage()), 0);
    }
  }

  /** The compact text of a document. */
  public static Buffer write(JsonNode document) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(document));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
    }
  }
}
