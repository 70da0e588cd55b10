package io.evenkeel.http.dropin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a registry is, as the systems' clients are told, and its way into a registry URI.
 *
 * @param dialect the URI's scheme
 * @param shown the address as it was given, without user and password
 * @param target host, port and base path
 * @param parameters of the URI, which may be secret
 */
record RegistryAddress(
    String dialect, boolean tls, String shown, String target, Map<String, String> parameters) {
  private static final Pattern FORM =
      Pattern.compile("(?i)(?:(https?|tcp)://)?([^/?#\\s]*[^/?#\\s:])(/[^?#\\s]*)?");
  private static final Pattern USER = Pattern.compile("^[^@]*@");
  private static final Pattern HAS_PORT = Pattern.compile(".*[^:\\[\\]]:\\d+|\\[.*]:\\d+");
  private static final Pattern REGISTER =
      Pattern.compile("(?i)(/services)?/((\\$|%24)?register)?/*$|/services/*$");

  /** Copies the parameters. */
  RegistryAddress {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Reads an address such as {@code http://host:8082/base} or {@code host:8500}.
   *
   * @param variable for messages, which do not repeat the value: it may hold a password
   * @param port of an address without a scheme and a port; a URL's own is 80 or 443
   * @throws IllegalArgumentException when it is something else
   */
  static RegistryAddress parse(String dialect, String variable, String address, int port) {
    Matcher form = FORM.matcher(address.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          variable + ": not understood (expected: http(s)://host[:port][/path] or host[:port])");
    }
    String scheme = form.group(1) == null ? "" : form.group(1).toLowerCase(Locale.ROOT);
    int usual = scheme.equals("http") ? 80 : scheme.equals("https") ? 443 : port;
    String path = form.group(3) == null ? "" : form.group(3).replaceAll("/+$", "");
    String authority = withPort(form.group(2), usual);
    String prefix = scheme.isEmpty() ? "" : scheme + "://";
    return new RegistryAddress(
        dialect,
        scheme.equals("https"),
        prefix + USER.matcher(form.group(2)).replaceFirst("***@") + path,
        authority + path,
        Map.of());
  }

  /** A host that may be an IPv6 address without brackets. */
  static String authority(String host, int port) {
    return withBrackets(host) + ":" + port;
  }

  static String withBrackets(String host) {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
    return bare ? "[" + host + "]" : host;
  }

  private static String withPort(String authority, int port) {
    boolean severalColons = authority.indexOf(':') != authority.lastIndexOf(':');
    boolean bareIpv6 = severalColons && authority.indexOf('[') < 0 && authority.indexOf('@') < 0;
    if (bareIpv6) {
      return authority(authority, port);
    }
    return HAS_PORT.matcher(authority).matches() ? authority : authority + ":" + port;
  }

  /** Without the path at which an orchestrator takes registrations, whichever form it was given. */
  RegistryAddress withoutRegisterPath() {
    String base = REGISTER.matcher(target).replaceFirst("");
    return new RegistryAddress(dialect, tls, shown, base, parameters);
  }

  /** With TLS, or as it is. */
  RegistryAddress withTls(boolean more) {
    return new RegistryAddress(dialect, tls || more, shown, target, parameters);
  }

  /** With one more parameter, unless its value is empty. */
  RegistryAddress with(String parameter, String value) {
    if (value.isEmpty()) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(parameters);
    more.put(parameter, value);
    return new RegistryAddress(dialect, tls, shown, target, more);
  }

  /** The URI; it may hold secrets. */
  String uri() {
    StringBuilder uri = new StringBuilder(dialect).append(tls ? "+https" : "").append("://");
    uri.append(target);
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      uri.append(separator).append(parameter.getKey()).append('=');
      uri.append(URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8));
      separator = '&';
    }
    return uri.toString();
  }

  /** The address without secrets. */
  @Override
  public String toString() {
    return shown;
  }
}
