package io.evenkeel.http.consul;

import org.jspecify.annotations.Nullable;

/**
 * The index with which a blocking query goes on, by the rules of Consul's page on blocking queries:
 * it never goes backwards, and never to 0 by the server's word.
 */
final class QueryIndex {
  /** A query without an index: it is answered at once. */
  static final long NONE = 0;

  private static final long FIRST = 1;

  private QueryIndex() {}

  /** The index after an answer with this header to a query with the index {@code before}. */
  static long after(long before, @Nullable String header) {
    long said = read(header);
    return said < before ? NONE : said; // smaller: the server started anew, or it is another one
  }

  /** Whether the header leads to a query that waits; one that does not must not be in a hurry. */
  static boolean isUsable(@Nullable String header) {
    return read(header) != NONE && header != null && !isZero(header);
  }

  private static long read(@Nullable String header) {
    if (header == null || isZero(header)) {
      return FIRST;
    }
    try {
      return Math.max(NONE, Long.parseLong(header.strip()));
    } catch (NumberFormatException noNumberOrTooLarge) {
      return NONE;
    }
  }

  private static boolean isZero(String header) {
    return header.isBlank() || header.strip().equals("0");
  }
}
