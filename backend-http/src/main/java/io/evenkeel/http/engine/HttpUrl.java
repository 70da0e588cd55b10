package io.evenkeel.http.engine;

import io.evenkeel.model.ServiceInstance;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL that came from outside, taken apart. {@link java.net.URI} is no help: it has no host for a
 * name with an underscore, which container networks hand out.
 *
 * @param host without brackets
 * @param port the scheme's when the URL has none
 * @param path from the first slash on, with its query; may be empty
 */
public record HttpUrl(String scheme, String host, int port, String path) {
  private static final Pattern FORM =
      Pattern.compile("(?i)(https?)://([^/?#@\\s]+)([/?][^#\\s]*)?(?:#.*)?");

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException when it is not http or https, has a user or no host
   */
  public static HttpUrl parse(String url) {
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      throw refused(url);
    }
    String scheme = form.group(1).toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    HostAndPort authority = HostAndPort.parseAuthority(form.group(2), usual);
    if (authority == null) {
      throw refused(url);
    }
    String path = form.group(3) == null ? "" : form.group(3);
    return new HttpUrl(scheme, withoutBrackets(authority.host()), authority.port(), path);
  }

  /** An instance's URL without a path: {@code scheme://host:port}. */
  public static String of(ServiceInstance instance) {
    return instance.scheme() + "://" + withBrackets(instance.host()) + ":" + instance.port();
  }

  static String withoutBrackets(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static String withBrackets(String host) {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  private static IllegalArgumentException refused(String url) {
    return new IllegalArgumentException(
        "url: " + ServerText.shown(url) + " (expected: http(s)://host[:port][/path])");
  }
}
