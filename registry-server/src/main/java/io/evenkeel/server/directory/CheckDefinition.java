package io.evenkeel.server.directory;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A check of an instance, as a dialect hands it in.
 *
 * @param id unique among the checks of one owner
 * @param target an http or https URL, {@code host:port}, or empty for a TTL check
 * @param interval between two checks; for a TTL check, the TTL
 * @param initial what it says before its first result
 * @param successesToPass in a row, before it says so; 1 for at once
 * @param failuresToWarn in a row, before it warns; as many as fail it for no warning
 * @param failuresToFail in a row, before it says so; 1 for at once
 * @param deregisterAfter how long it may be critical before the instance is deregistered; null for
 *     ever
 */
public record CheckDefinition(
    String id,
    String name,
    String notes,
    Kind kind,
    String target,
    Duration interval,
    Duration timeout,
    CheckStatus initial,
    int successesToPass,
    int failuresToWarn,
    int failuresToFail,
    @Nullable Duration deregisterAfter) {

  /** How a check learns what it says. */
  public enum Kind {
    /** The server sends a GET. */
    HTTP,
    /** The server connects. */
    TCP,
    /** The instance reports within its TTL. */
    TTL,
    /** Someone reports when there is something to say. */
    TOLD,
    /** An operator has taken the instance out; critical as long as it is there. */
    MAINTENANCE;

    /** Whether the server asks. */
    public boolean isPolled() {
      return this == HTTP || this == TCP;
    }
  }

  /** A GET or a connect with one threshold each, healthy until it is found otherwise. */
  public static CheckDefinition polled(
      String id, Kind kind, String target, Duration interval, Duration timeout) {
    return new CheckDefinition(
        id, id, "", kind, target, interval, timeout, CheckStatus.PASSING, 1, 1, 1, null);
  }

  /** This check with another time until the instance is deregistered; null for never. */
  public CheckDefinition deregisteringAfter(@Nullable Duration patience) {
    return new CheckDefinition(
        id,
        name,
        notes,
        kind,
        target,
        interval,
        timeout,
        initial,
        successesToPass,
        failuresToWarn,
        failuresToFail,
        patience);
  }
}
