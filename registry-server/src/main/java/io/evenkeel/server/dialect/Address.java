package io.evenkeel.server.dialect;

import io.evenkeel.model.ServiceInstance;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where an http or https URL leads. */
record Address(String scheme, String host, int port) {
  private static final Pattern URL =
      Pattern.compile("(?i)(https?)://(\\[[^\\]\\s]*]|[^/?#:@\\s]*)(?::([0-9]{0,5}))?([/?#]\\S*)?");

  private static final Pattern WILDCARD = Pattern.compile("(?i)\\[?([0:.]+|[0:]+:ffff:[0:.]+)]?");

  /** The address of an instance. */
  static Address of(ServiceInstance instance) {
    return new Address(instance.scheme(), instance.host(), instance.port());
  }

  /** Empty for what is no http or https URL, or leads to no host and port that could be called. */
  static Optional<Address> of(String url) {
    Matcher parts = URL.matcher(url);
    if (url.length() > 2_048 || !parts.matches()) {
      return Optional.empty();
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String host = parts.group(2).replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
    boolean usual = parts.group(3) == null || parts.group(3).isEmpty();
    int port = usual ? (scheme.equals("https") ? 443 : 80) : Integer.parseInt(parts.group(3));
    boolean bracketed = parts.group(2).startsWith("[");
    return bracketed == host.contains(":") && isUsable(host, port)
        ? Optional.of(new Address(scheme, host, port))
        : Optional.empty();
  }

  /**
   * The same for a system that takes any text for a URL.
   *
   * @throws IllegalArgumentException for one that leads to the wildcard address, which is
   *     everyone's
   */
  static Optional<Address> ofAny(String url) {
    Matcher parts = URL.matcher(url);
    if (parts.matches() && WILDCARD.matcher(parts.group(2)).matches()) {
      throw new IllegalArgumentException(
          "host: " + parts.group(2) + " (expected: an address that others can reach)");
    }
    return of(url);
  }

  private static boolean isUsable(String host, int port) {
    try {
      ServiceInstance.builder("any", host, port).build();
      return true;
    } catch (IllegalArgumentException refused) { // it is said what is expected, where it matters
      return false;
    }
  }

  /** Without a path, and without a slash at its end. */
  String url() {
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
