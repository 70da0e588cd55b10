package io.evenkeel.loadbalancer.load;

/** How often something happened in the last seconds. One thread at a time. */
final class RecentRate {
  private static final double WINDOW = 5e9; // nanoseconds

  private final long began;
  private long window; // the number of the current one
  private int inWindow;
  private int before; // in the window before

  RecentRate(long now) {
    this.began = now;
  }

  void add(long now) {
    turn(now);
    inWindow++;
  }

  /** As if the window before had been even; before there was one, from what there is. */
  double perSecond(long now) {
    turn(now);
    double passed = (now - began) / WINDOW - window;
    double length = window == 0 ? Math.max(passed, 0.2) : 1; // the first second is taken for whole
    return (before * (1 - passed) + inWindow) / (length * WINDOW / 1e9);
  }

  private void turn(long now) {
    long current = (long) ((now - began) / WINDOW);
    if (current != window) {
      before = current == window + 1 ? inWindow : 0;
      inWindow = 0;
      window = current;
    }
  }
}
