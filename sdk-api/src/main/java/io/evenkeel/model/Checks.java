package io.evenkeel.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of what an instance may carry. They are Consul's where Consul has one (64 metadata
 * pairs, keys of 128, values of 512 characters), so that an instance fits every backend.
 */
final class Checks {
  static final int MAX_METADATA = 64;
  static final int MAX_KEY = 128;
  static final int MAX_VALUE = 512;
  static final int MAX_TAGS = 64;
  static final int MAX_TEXT = 255;
  static final int MAX_WEIGHT = 65_535;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,254}");
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,31}");

  private Checks() {}

  static String name(String field, @Nullable String value) {
    if (value == null || !NAME.matcher(value).matches()) {
      throw refused(field, value, "1..255 of [A-Za-z0-9._:@-], the first a letter or digit");
    }
    return value;
  }

  static String scheme(@Nullable String value) {
    if (value == null || !SCHEME.matcher(value).matches()) {
      throw refused("scheme", value, "such as http, https or grpc, in lower case");
    }
    return value;
  }

  static String host(@Nullable String value) {
    if (value == null || !Hosts.isHost(value)) {
      throw refused("host", value, "a host name or an IP address without brackets, scheme or port");
    }
    if (Hosts.isWildcard(value)) {
      throw refused("host", value, "an address that others can reach, not the wildcard");
    }
    return value;
  }

  static int port(int value) {
    if (value < 1 || value > 65_535) {
      throw refused("port", value, "1..65535");
    }
    return value;
  }

  static int weight(int value) {
    if (value < 0 || value > MAX_WEIGHT) {
      throw refused("weight", value, "0..65535; 0 takes the instance out of rotation");
    }
    return value;
  }

  /** Zone, version, tag: printable, bounded, may be empty. */
  static String text(String field, @Nullable String value, int maxLength) {
    if (value == null || value.length() > maxLength || !isPrintable(value)) {
      throw refused(field, value, "up to " + maxLength + " characters, no control characters");
    }
    return value;
  }

  private static boolean isPrintable(String value) {
    return value.codePoints().allMatch(Checks::isPrintable);
  }

  private static boolean isPrintable(int codePoint) {
    return !Character.isISOControl(codePoint)
        && Character.getType(codePoint) != Character.SURROGATE; // half of a pair
  }

  static <T> T present(String field, @Nullable T value) {
    if (value == null) {
      throw refused(field, null, "not null");
    }
    return value;
  }

  static Set<String> tags(Collection<String> tags) {
    if (tags.size() > MAX_TAGS) {
      throw refused("tags", tags.size() + " tags", "at most " + MAX_TAGS);
    }
    for (String tag : tags) {
      text("tag", tag, MAX_TEXT);
    }
    return tags.isEmpty() ? Set.of() : Collections.unmodifiableSet(new LinkedHashSet<>(tags));
  }

  static Map<String, String> metadata(Map<String, String> metadata) {
    metadata.forEach(Checks::metadataPair);
    String apart = ServiceInstance.SEALED;
    long sealed = metadata.keySet().stream().filter(key -> key.startsWith(apart)).count();
    long most = Math.max(sealed, metadata.size() - sealed);
    if (most > MAX_METADATA) {
      throw refused("metadata", most + " pairs", "at most " + MAX_METADATA);
    }
    return metadata.isEmpty()
        ? Map.of()
        : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  private static void metadataPair(String key, String value) {
    if (text("metadata key", key, MAX_KEY).isEmpty()) {
      throw refused("metadata key", key, "1.." + MAX_KEY + " characters");
    }
    text("metadata[" + key + "]", value, MAX_VALUE);
  }

  static IllegalArgumentException refused(String field, @Nullable Object value, String expected) {
    return new IllegalArgumentException(
        field + ": " + shown(value) + " (expected: " + expected + ")");
  }

  /** A refused value comes from outside: it is cut, and what cannot be printed is made visible. */
  private static String shown(@Nullable Object value) {
    String text = String.valueOf(value);
    String cut = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return cut.codePoints()
        .mapToObj(c -> isPrintable(c) ? Character.toString(c) : String.format("\\u%04x", c))
        .collect(Collectors.joining());
  }
}
