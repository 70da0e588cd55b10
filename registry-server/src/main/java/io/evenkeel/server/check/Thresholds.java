package io.evenkeel.server.check;

import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckStatus;

/** How often in a row something must be found before it counts. One for each check. */
final class Thresholds {
  private int successes;
  private int failures;

  /** Whether the newest finding counts now. */
  boolean counts(CheckDefinition check, CheckStatus found) {
    if (found == CheckStatus.CRITICAL) {
      successes = 0;
      failures++;
      return failures >= check.failuresToFail();
    }
    failures = 0;
    successes++;
    return successes >= check.successesToPass();
  }
}
