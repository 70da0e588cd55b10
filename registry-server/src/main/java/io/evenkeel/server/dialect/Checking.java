package io.evenkeel.server.dialect;

import io.evenkeel.server.directory.CheckDefinition;
import io.vertx.core.Future;

/** What the dialects need of whoever runs health checks. */
public interface Checking {
  /** Whether an instance at this host may have this check; one that may not is left out. */
  boolean allows(String registeredHost, CheckDefinition check);

  /** Makes a check now; always succeeds. */
  Future<Result> probe(String registeredHost, CheckDefinition check);

  /**
   * What a check found.
   *
   * @param status of the answer, 0 if there was none
   * @param error what went wrong, empty if nothing did
   */
  record Result(boolean isHealthy, int status, String error) {}
}
