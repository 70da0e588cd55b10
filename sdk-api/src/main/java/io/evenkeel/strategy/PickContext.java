package io.evenkeel.strategy;

import org.jspecify.annotations.Nullable;

/** What a call tells the picker about itself. Most pickers look at none of it. */
@FunctionalInterface
public interface PickContext {
  /** A first attempt of a call without a key. */
  PickContext NONE = () -> null;

  /** What calls have in common that belong on one endpoint: a user, a session, a cache key. */
  @Nullable String key();

  /** Which attempt of its call this is, from 0. */
  default int attempt() {
    return 0;
  }
}
