package io.evenkeel.testkit;

/** What share of the picks a strategy promises to each endpoint that has nothing in flight. */
public enum Share {
  /** The same share to each, whatever its weight; exactly, after each turn of the list. */
  EQUAL_EXACTLY(true, false),
  /** The same share to each, whatever its weight; on average. */
  EQUAL_ON_AVERAGE(false, false),
  /** Shares in proportion to the weights; exactly, after as many picks as the weights add up to. */
  WEIGHTED_EXACTLY(true, true),
  /** Shares in proportion to the weights; on average. */
  WEIGHTED_ON_AVERAGE(false, true),
  /** None that depends on weights alone; equal weights still share equally, on average. */
  NONE(false, false);

  private final boolean exact;
  private final boolean weighted;

  Share(boolean exact, boolean weighted) {
    this.exact = exact;
    this.weighted = weighted;
  }

  boolean isExact() {
    return exact;
  }

  double of(double weight) {
    return weighted ? weight : 1;
  }
}
