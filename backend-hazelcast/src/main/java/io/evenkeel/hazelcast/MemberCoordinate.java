package io.evenkeel.hazelcast;

/**
 * A member's place among all members, in the order of their UUIDs: the same on every member that
 * sees the same members, so that each can take its own share of something without asking.
 *
 * @param index from 0
 * @param count how many members there are
 */
public record MemberCoordinate(int index, int count) {
  /** Checks the bounds. */
  public MemberCoordinate {
    if (count < 1 || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "member coordinate: " + index + " of " + count + " (expected: 0 <= index < count)");
    }
  }
}
