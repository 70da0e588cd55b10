package io.evenkeel.server.directory;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the check says that an instance's lease stands for. Every replica knows it, so that reports
 * may go to any of them; the other checks are known where the instance was registered.
 *
 * @param checkId empty if there is no such check
 * @param ttl of the lease
 */
record LeaseWord(String checkId, CheckStatus status, Duration ttl) {
  static final int MAX_ID = 480; // a metadata value holds 512 characters
  static final LeaseWord NONE = new LeaseWord("", CheckStatus.PASSING, Duration.ZERO);

  private static final String SAYS = "wire.says"; // status, TTL and id in one pair
  private static final Pattern FORM = Pattern.compile("([a-z]+) ([0-9]{1,12}) (.+)");

  void writeTo(Map<String, String> metadata) {
    if (!checkId.isEmpty()) {
      metadata.put(SAYS, status.label() + " " + ttl.toMillis() + " " + checkId);
    }
  }

  static LeaseWord of(Map<String, String> metadata) {
    Matcher said = FORM.matcher(metadata.getOrDefault(SAYS, ""));
    for (CheckStatus known : CheckStatus.values()) {
      if (said.matches() && known.label().equals(said.group(1))) {
        Duration lease = Duration.ofMillis(Long.parseLong(said.group(2)));
        return new LeaseWord(said.group(3), known, lease);
      }
    }
    return NONE;
  }

  /** The check as it is shown by a replica that knows no more of it. */
  CheckDefinition definition() {
    return new CheckDefinition(
        checkId, checkId, "", CheckDefinition.Kind.TTL, "", ttl, ttl, status, 1, 1, 1, null);
  }
}
