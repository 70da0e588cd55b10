package io.evenkeel.cli;

import org.jspecify.annotations.Nullable;

/** What the command was asked for did not happen; the message says what to do about it. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failure(String message) {
    super(message);
  }

  Failure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
