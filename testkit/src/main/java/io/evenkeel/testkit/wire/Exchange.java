package io.evenkeel.testkit.wire;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request of a golden conversation and the answer it must get, as written: with the holes that
 * {@link Golden} describes. Seven components, since it is an exchange and only its file makes it.
 *
 * @param about what the file says of it, and which section of the contracts it is from
 * @param after how much time passes before it
 * @param method GET, PUT, POST or DELETE
 * @param target path and query as they go over the wire
 * @param request the headers and the body to send
 * @param status of the answer
 * @param answer the headers that must be there, and the whole body
 */
public record Exchange(
    String about,
    Duration after,
    String method,
    String target,
    Message request,
    int status,
    Message answer) {

  /**
   * Headers and body.
   *
   * @param headers by name, in the order of the file
   * @param body empty if there is none
   */
  public record Message(Map<String, String> headers, String body) {
    /** Copies the headers. */
    public Message {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * This message with every hole filled: with the value kept under its name, or else with an
     * example. For tests of clients, which send requests and read answers without a server.
     *
     * @param values by name, <code>origin</code> among them; gains those that are kept here
     */
    public Message filled(Map<String, String> values) {
      Map<String, String> sent = new LinkedHashMap<>();
      headers.forEach((name, value) -> sent.put(name, Template.of(value).filled(values)));
      return new Message(sent, Template.of(body).filled(values));
    }
  }

  /** The target with every value in it that an earlier answer kept. */
  public String target(Map<String, String> values) {
    return Template.of(target).filled(values);
  }

  @Override
  public String toString() {
    return method + " " + target;
  }
}
