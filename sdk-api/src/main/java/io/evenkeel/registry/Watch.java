package io.evenkeel.registry;

/** A running subscription to a service's list. */
public interface Watch extends AutoCloseable {

  /**
   * Ends the subscription; at most a call that is already running is still finished. Idempotent.
   */
  @Override
  void close();
}
