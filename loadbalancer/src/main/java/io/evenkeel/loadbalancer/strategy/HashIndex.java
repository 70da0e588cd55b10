package io.evenkeel.loadbalancer.strategy;

/**
 * Finds the next of many sorted hashes in a step or two, however many there are: since hashes are
 * spread evenly, their first bits say about where to look.
 */
final class HashIndex {
  private static final int PER_BUCKET = 2; // hashes, on average

  private final long[] hashes; // in order
  private final int shift;
  private final int[] first; // of each bucket, and one behind the last

  /** An index of hashes that are in order and stay as they are. */
  HashIndex(long[] hashes) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(hashes.length / PER_BUCKET);
    this.hashes = hashes;
    this.shift = Long.SIZE - 1 - bits;
    this.first = new int[1 << (bits + 1)];
    int next = 0;
    for (int bucket = 0; bucket < first.length; bucket++) {
      while (next < hashes.length && bucket(hashes[next]) < bucket) {
        next++;
      }
      first[bucket] = next;
    }
  }

  /** The place of the first hash that is not before this one; behind the last if there is none. */
  int ceiling(long hash) {
    int place = first[bucket(hash)];
    while (place < hashes.length && hashes[place] < hash) {
      place++;
    }
    return place;
  }

  /** The first bits, in the order of signed numbers. */
  private int bucket(long hash) {
    return (int) ((hash ^ Long.MIN_VALUE) >>> shift);
  }
}
