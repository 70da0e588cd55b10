package io.evenkeel.loadbalancer.strategy;

import io.evenkeel.strategy.Endpoint;
import io.evenkeel.strategy.PickContext;
import io.evenkeel.strategy.Picker;
import org.jspecify.annotations.Nullable;

/**
 * Takes the slots of a list in turn, each thread by its own stripe; an endpoint may hold several.
 */
final class Rotation implements Picker {
  /** After this many leavers in a row, the place in the list counts, not the next survivor. */
  private static final int LEAVERS_SKIPPED = 8;

  private final Endpoint[] slots;
  private final StripedPosition position;

  private Rotation(Endpoint[] slots, StripedPosition position) {
    this.slots = slots;
    this.position = position;
  }

  /** Continues where {@code previous} stands; begins at {@code start} if that was no rotation. */
  static Rotation of(Endpoint[] slots, @Nullable Picker previous, long start) {
    return previous instanceof Rotation rotation
        ? new Rotation(slots, rotation.positionIn(slots))
        : new Rotation(slots, StripedPosition.spread(start, slots.length));
  }

  /** Starts that follow no pattern, so that pickers made for one pick each use all endpoints. */
  static long scattered(long start, int nth) {
    return Hashes.nth(start, nth) >>> 2;
  }

  @Override
  public @Nullable Endpoint pick(PickContext context) {
    Endpoint[] list = slots;
    return list.length == 0 ? null : list[(int) (position.next() % list.length)];
  }

  private StripedPosition positionIn(Endpoint[] fresh) {
    return slots.length == 0 || fresh.length == 0
        ? position.moved(count -> count)
        : position.moved(count -> resumed((int) (count % slots.length), fresh));
  }

  /**
   * The slot of {@code fresh} to continue with: that of the endpoint whose turn is next here or, if
   * it left, of the first one after it that stayed.
   */
  private int resumed(int next, Endpoint[] fresh) {
    int near = (int) ((long) next * fresh.length / slots.length);
    for (int skipped = 0; skipped < LEAVERS_SKIPPED; skipped++) {
      int found = nearest(slots[(next + skipped) % slots.length], fresh, near);
      if (found >= 0) {
        return found;
      }
    }
    return near;
  }

  /** The slot that an endpoint holds closest to {@code near}, going outwards, or -1 if none. */
  private static int nearest(Endpoint endpoint, Endpoint[] fresh, int near) {
    for (int distance = 0; distance <= fresh.length / 2; distance++) {
      int after = (near + distance) % fresh.length;
      if (fresh[after] == endpoint) {
        return after;
      }
      int before = (near - distance + fresh.length) % fresh.length;
      if (fresh[before] == endpoint) {
        return before;
      }
    }
    return -1;
  }
}
