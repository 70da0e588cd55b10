package io.evenkeel.strategy;

/**
 * What a strategy remembers of one endpoint. It lives as long as the endpoint, so an update of the
 * list loses nothing. Called by any thread, several at once, on the request path: no lock, no
 * allocation.
 */
public interface Tracker {

  /**
   * An attempt has begun and is counted in {@link Endpoint#inFlight()}. The returned token is
   * handed back to {@link #end}: a strategy that measures latency returns its clock's reading, one
   * that only counts returns 0 and never pays for a clock.
   */
  long begin();

  /**
   * The attempt that got {@code token} from {@link #begin} has ended and is no longer counted;
   * called once for each.
   */
  void end(long token, Outcome outcome);

  /** The instance has said how loaded it is: with an answer, or when it was asked. */
  default void report(LoadReport report) {}
}
