package io.evenkeel.server.directory;

/** What a check says, in Consul's words; later ones are worse. */
public enum CheckStatus {
  /** Well. */
  PASSING,
  /** Well enough for traffic. */
  WARNING,
  /** Not well. */
  CRITICAL;

  /** In lower case, as it stands on the wire. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
