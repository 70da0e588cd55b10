package io.evenkeel.model;

/** What an instance, or its operator, says of itself. Only {@link #UP} takes traffic. */
public enum InstanceStatus {
  /** Announced, not yet ready. */
  STARTING,
  /** Ready for traffic. */
  UP,
  /** Finishing what it has; takes nothing new. */
  DRAINING,
  /** Knows that it cannot serve. */
  DOWN,
  /** Taken out by an operator. */
  OUT_OF_SERVICE;

  /** Whether an instance of this status may be picked. */
  public boolean takesTraffic() {
    return this == UP;
  }
}
