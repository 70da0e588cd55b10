package io.evenkeel.cli;

import io.evenkeel.model.ServiceInstance;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port as people write them, {@code HOST:PORT}, an IPv6 address in brackets.
 *
 * @param host without brackets
 * @param port 0..65535
 */
record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([^\\s\\[\\]]*:[^\\s\\[\\]]*)]|([^\\s:/\\[\\]]+)):(\\d{1,5})");

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  static HostPort parse(String text) {
    Matcher form = FORM.matcher(text);
    int port = form.matches() ? Integer.parseInt(form.group(3)) : -1;
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "address: " + text + " (expected: HOST:PORT such as 127.0.0.1:8500 or [::1]:0)");
    }
    return new HostPort(form.group(1) == null ? form.group(2) : form.group(1), port);
  }

  static HostPort of(ServiceInstance instance) {
    return new HostPort(instance.host(), instance.port());
  }

  /** Of a host as URIs have it, an IPv6 address in brackets. */
  static HostPort ofUri(String host, int port) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
