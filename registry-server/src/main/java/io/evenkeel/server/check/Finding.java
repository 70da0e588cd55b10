package io.evenkeel.server.check;

import io.evenkeel.server.directory.CheckStatus;

/** What one probe found. */
record Finding(CheckStatus status, String output) {

  /** As Consul reads a status: 2xx passes, 429 warns, anything else is critical. */
  static Finding ofHttp(int status, String reason) {
    String output = "HTTP GET: " + status + " " + reason;
    if (status / 100 == 2) {
      return new Finding(CheckStatus.PASSING, output);
    }
    return new Finding(status == 429 ? CheckStatus.WARNING : CheckStatus.CRITICAL, output);
  }

  static Finding critical(String output) {
    return new Finding(CheckStatus.CRITICAL, output);
  }
}
