package io.evenkeel.loadbalancer.health;

/** Why an endpoint is, or should be, left out. */
public enum Suspicion {
  /** Nothing speaks against it. */
  NONE(false),
  /** No connection could be made. */
  UNREACHABLE(false),
  /** Too many failures in a row. */
  CONSECUTIVE_FAILURES(false),
  /** It fails more often than the others do. */
  SUCCESS_RATE(true),
  /** It fails nearly always. */
  FAILURE_SHARE(true),
  /** It answers much slower than the others do. */
  SLOW(true),
  /** It has not answered for long, though a call waits for it. */
  STALLED(true);

  private final boolean byComparison;

  Suspicion(boolean byComparison) {
    this.byComparison = byComparison;
  }

  /** Whether it was found by looking, so that the next look may find otherwise. */
  boolean isByComparison() {
    return byComparison;
  }
}
