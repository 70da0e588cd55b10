package io.evenkeel.registry;

import org.jspecify.annotations.Nullable;

/** Why a registry did not do what it was asked. The subclass says what a caller can do about it. */
public abstract sealed class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private RegistryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** It could not be reached or did not answer within the deadline: try again later. */
  public static final class Unavailable extends RegistryException {
    private static final long serialVersionUID = 1L;

    /** Says what was tried, and why it failed. */
    public Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** It understood and refused: the same call will be refused again. */
  public static final class Rejected extends RegistryException {
    private static final long serialVersionUID = 1L;

    /** Says what was refused and what was expected. */
    public Rejected(String message) {
      super(message, null);
    }
  }

  /** A higher incarnation holds the key, or this one was deregistered: stop announcing it. */
  public static final class Superseded extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final long holder;

    /**
     * Names the key and both incarnations.
     *
     * @param holder the incarnation that holds the key or was the last to be deregistered
     */
    public Superseded(String message, long holder) {
      super(message, null);
      this.holder = holder;
    }

    /** The incarnation that holds the key or was the last to be deregistered. */
    public long holder() {
      return holder;
    }
  }

  /** It answered something that is not its protocol: what came is not to be believed. */
  public static final class Protocol extends RegistryException {
    private static final long serialVersionUID = 1L;

    /** Says what was read and what was expected. */
    public Protocol(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** This object was closed. */
  public static final class Closed extends RegistryException {
    private static final long serialVersionUID = 1L;

    /** Names the registry. */
    public Closed(String registryName) {
      super(registryName + " is closed", null);
    }
  }
}
