package io.evenkeel.server.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * JSON from strangers: at most 32 levels deep, no key twice, nothing behind the document, no number
 * that is none, no half of a surrogate pair.
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
          .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
          .build();

  private static final ObjectMapper PRINTABLE =
      JsonMapper.builder(new JsonFactoryBuilder().highestNonEscapedChar(0x7e).build()).build();

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
      if (node == null || node.isMissingNode()) {
        return null;
      }
      requireWritable(node);
      return node;
    } catch (JsonProcessingException e) {
      long offset = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getByteOffset());
      throw new Malformed(e.getOriginalMessage(), offset);
    } catch (IOException e) { // such as bytes that are not UTF-8
      throw new Malformed(String.valueOf(e.getMessage()), 0);
    }
  }

  /** What Jackson reads and cannot write, or not as JSON: 1e400, half of a pair. */
  private static void requireWritable(JsonNode node) throws Malformed {
    if (node.isDouble() && !Double.isFinite(node.doubleValue())) {
      throw new Malformed("a number is too large", 0);
    }
    if (node.isTextual() && hasLoneSurrogate(node.textValue())) {
      throw new Malformed("half of a surrogate pair", 0);
    }
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      if (hasLoneSurrogate(names.next())) {
        throw new Malformed("half of a surrogate pair", 0);
      }
    }
    for (JsonNode child : node) {
      requireWritable(child);
    }
  }

  private static boolean hasLoneSurrogate(String text) {
    return text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
  }

  /** A new, empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A new, empty array. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /** The compact text of a document in printable ASCII. */
  public static String printable(JsonNode document) {
    try {
      return PRINTABLE.writeValueAsString(document).replace("\u007f", "\\u007f"); // not by Jackson
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
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
