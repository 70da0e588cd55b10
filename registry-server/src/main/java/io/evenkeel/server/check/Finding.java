package io.evenkeel.server.check;

import io.evenkeel.server.directory.CheckStatus;

/**
 * What one probe found.
 *
 * @param http the status of the answer, 0 if there was none
 * @param output for people; nothing of what came over the wire but the status line
 */
public record Finding(CheckStatus status, int http, String output) {

  /** As Consul reads a status: 2xx passes, 429 warns, anything else is critical. */
  static Finding ofHttp(int status, String reason) {
    String output = "HTTP GET: " + status + " " + reason;
    if (status / 100 == 2) {
      return new Finding(CheckStatus.PASSING, status, output);
    }
    return new Finding(status == 429 ? CheckStatus.WARNING : CheckStatus.CRITICAL, status, output);
  }

  static Finding critical(String output) {
    return new Finding(CheckStatus.CRITICAL, 0, output);
  }
}
