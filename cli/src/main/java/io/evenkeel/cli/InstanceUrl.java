package io.evenkeel.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where an instance is reached, from {@code http(s)://host:port}.
 *
 * @param scheme http or https
 * @param address host and port; the scheme's own port where none is written
 */
record InstanceUrl(String scheme, HostPort address) {

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException saying what was expected
   */
  static InstanceUrl parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw refused(text);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean http = scheme.equals("http") || scheme.equals("https");
    boolean bare = uri.getRawUserInfo() == null && uri.getRawQuery() == null;
    String path = uri.getRawPath();
    if (!http || !bare || uri.getHost() == null || !(path.isEmpty() || path.equals("/"))) {
      throw refused(text);
    }
    int usual = scheme.equals("https") ? 443 : 80;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    return new InstanceUrl(scheme, HostPort.ofUri(uri.getHost(), port));
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException(
        "url: " + text + " (expected: http://HOST:PORT or https://HOST:PORT, nothing behind it)");
  }
}
