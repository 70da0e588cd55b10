package io.evenkeel.samples.demo;

/**
 * What went wrong, or changed, and how long traffic took to follow.
 *
 * @param instance whom it happened to
 * @param words what happened
 * @param joins whether traffic was to come, rather than to go
 * @param millis until it had; -1 if it never did
 */
record Incident(String instance, String words, boolean joins, double millis) {

  String line() {
    String what = instance + " " + words + ": ";
    if (millis < 0) {
      return what + "no traffic came";
    }
    return String.format(
        joins ? "%sits first request came after %.0f ms" : "%straffic left after %.0f ms",
        what,
        millis);
  }
}
