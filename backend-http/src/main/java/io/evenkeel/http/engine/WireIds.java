package io.evenkeel.http.engine;

import io.evenkeel.model.InstanceKey;

/**
 * Ids for servers where an id is one of the whole registry, not of a service: {@code service~id},
 * unless the URI says {@code ids=plain}. A tilde may stand in no name, so no two keys share one.
 */
public record WireIds(boolean plain) {
  /** The parameter's name. */
  public static final String PARAMETER = "ids";

  /**
   * Reads the parameter.
   *
   * @throws IllegalArgumentException when it is neither {@code plain} nor {@code qualified}
   */
  public static WireIds read(WireOptions options) {
    String text = options.own().getOrDefault(PARAMETER, "qualified");
    if (!text.equals("plain") && !text.equals("qualified")) {
      throw new IllegalArgumentException(PARAMETER + ": (expected: plain or qualified)");
    }
    return new WireIds(text.equals("plain"));
  }

  /** The id to send. */
  public String of(InstanceKey key) {
    return plain ? key.id() : key.service() + "~" + key.id();
  }

  /** The id of an instance of this service, from the one that was sent. */
  public String id(String service, String wireId) {
    String prefix = service + "~";
    return wireId.startsWith(prefix) ? wireId.substring(prefix.length()) : wireId;
  }
}
