package io.evenkeel.server.check;

import io.evenkeel.server.directory.CheckDefinition;
import io.evenkeel.server.directory.CheckStatus;

/** How often in a row something must be found before it counts. One for each check. */
final class Thresholds {
  private int successes;
  private int failures;

  /** What the check says with the newest finding: what it said before, until enough is found. */
  CheckStatus said(CheckDefinition check, CheckStatus before, CheckStatus found) {
    if (found != CheckStatus.CRITICAL) {
      failures = 0;
      successes++;
      return successes >= check.successesToPass() ? found : before;
    }
    successes = 0;
    failures++;
    if (failures >= check.failuresToFail()) {
      return CheckStatus.CRITICAL;
    }
    return failures >= check.failuresToWarn() ? CheckStatus.WARNING : before;
  }
}
