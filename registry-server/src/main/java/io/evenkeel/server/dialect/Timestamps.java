package io.evenkeel.server.dialect;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as Python writes them: UTC, microseconds, {@code +00:00}. */
final class Timestamps {
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  static String iso(Instant time) {
    return ISO.format(time);
  }
}
