package io.evenkeel.benchmarks.peers.contract;

/**
 * What is measured: one pick, one pick with the begin and end of its request, or one update of the
 * list. Called by several threads at once, but for updates.
 */
@FunctionalInterface
public interface Operation {
  /**
   * Does it once.
   *
   * @param keys the calling thread's; who chooses by key takes one, and nobody else pays for it
   * @return what was picked or made, so that no compiler can leave it out
   * @throws Exception as the peer likes; it ends the measurement
   */
  Object once(Keys keys) throws Exception;
}
