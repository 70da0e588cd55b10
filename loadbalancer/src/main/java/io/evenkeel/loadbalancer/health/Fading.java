package io.evenkeel.loadbalancer.health;

/**
 * Counts that are forgotten by and by: each event counts for so many units, of which a tenth is
 * taken away once a second, and one at least. So one event is remembered for some ten seconds, and
 * of many a tenth is forgotten each second.
 */
final class Fading {
  /** What one event counts. */
  static final int UNIT = 16;

  private static final int TENTH = 10;

  private Fading() {}

  /** What is to be taken away of a count. */
  static int of(int count) {
    return (count + TENTH - 1) / TENTH;
  }
}
