package io.evenkeel.server.directory;

import java.time.Duration;
import java.util.Map;

/**
 * What the check says that an instance's lease stands for. Every replica knows it, so that reports
 * may go to any of them; the other checks are known where the instance was registered.
 *
 * @param checkId empty if there is no such check
 * @param ttl of the lease
 */
record LeaseWord(String checkId, CheckStatus status, Duration ttl) {
  static final LeaseWord NONE = new LeaseWord("", CheckStatus.PASSING, Duration.ZERO);

  private static final String ID = "wire.check";
  private static final String STATUS = "wire.says";
  private static final String TTL = "wire.ttl";

  void writeTo(Map<String, String> metadata) {
    if (!checkId.isEmpty()) {
      metadata.put(ID, checkId);
      metadata.put(STATUS, status.label());
      metadata.put(TTL, Long.toString(ttl.toMillis()));
    }
  }

  static LeaseWord of(Map<String, String> metadata) {
    String status = metadata.getOrDefault(STATUS, "");
    String ttl = metadata.getOrDefault(TTL, "");
    for (CheckStatus known : CheckStatus.values()) {
      if (known.label().equals(status) && ttl.matches("[0-9]{1,12}")) {
        Duration lease = Duration.ofMillis(Long.parseLong(ttl));
        return new LeaseWord(metadata.getOrDefault(ID, ""), known, lease);
      }
    }
    return NONE;
  }

  /** The check as it is shown by a replica that knows no more of it. */
  CheckDefinition definition() {
    return new CheckDefinition(
        checkId, checkId, "", CheckDefinition.Kind.TTL, "", ttl, ttl, status, 1, 1, null);
  }
}
