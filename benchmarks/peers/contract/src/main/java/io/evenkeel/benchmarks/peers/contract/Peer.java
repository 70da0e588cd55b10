package io.evenkeel.benchmarks.peers.contract;

/**
 * A load balancer under measurement: ours, a bare floor, or somebody else's. It has a public
 * constructor without arguments, and is made anew in each JVM that measures.
 */
public interface Peer {
  /**
   * One of its ways to choose, over instances that are all up and idle.
   *
   * @param choice one of the names that the line-up has for this peer
   * @param size how many instances
   * @throws IllegalArgumentException for a name it does not know
   * @throws Exception as the peer likes
   */
  Operation operation(String choice, int size) throws Exception;

  /** What a peer says of a name it does not know. */
  static IllegalArgumentException unknown(String choice) {
    return new IllegalArgumentException(
        "choice: " + choice + " (expected: one of the line-up's names for this peer)");
  }
}
