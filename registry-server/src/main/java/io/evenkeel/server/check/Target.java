package io.evenkeel.server.check;

import io.evenkeel.server.directory.CheckDefinition;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a polled check goes.
 *
 * @param tls whether it is an https URL
 * @param host a name or an IP address, without brackets
 * @param path with its query; empty for a TCP check
 */
record Target(boolean tls, String host, int port, String path) {

  /**
   * Reads the target of a polled check.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  static Target of(CheckDefinition check) {
    return check.kind() == CheckDefinition.Kind.HTTP ? http(check.target()) : tcp(check.target());
  }

  private static Target http(String text) {
    URI url = parse(text);
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean web = scheme.equals("http") || scheme.equals("https");
    if (!web || url.getHost() == null || url.getRawUserInfo() != null) {
      throw refused("an http or https URL with a host and without a user");
    }
    boolean tls = scheme.equals("https");
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return new Target(tls, bare(url.getHost()), port(url, tls ? 443 : 80), path + query);
  }

  private static Target tcp(String text) {
    URI url = parse("tcp://" + text);
    boolean plain = url.getHost() != null && url.getPort() > 0 && url.getRawUserInfo() == null;
    if (!plain || !url.getRawPath().isEmpty() || url.getRawQuery() != null) {
      throw refused("host:port");
    }
    return new Target(false, bare(url.getHost()), port(url, 0), "");
  }

  private static int port(URI url, int usual) {
    int port = url.getPort() < 0 ? usual : url.getPort();
    if (port < 1 || port > 65_535) {
      throw refused("a port of 1..65535");
    }
    return port;
  }

  private static URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) { // its message repeats the text, which may hold anything
      throw refused("an http or https URL, or host:port");
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static IllegalArgumentException refused(String expected) {
    return new IllegalArgumentException(
        "check target: not understood (expected: " + expected + ")");
  }
}
