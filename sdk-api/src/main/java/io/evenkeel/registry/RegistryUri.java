package io.evenkeel.registry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of one registry: {@code scheme[+https]:[//]target[?key=value&…]}. {@link #toString()}
 * hides the values of parameters whose name speaks of a secret, and user and password before a
 * host.
 *
 * @param scheme in lower case, chooses the backend
 * @param tls whether {@code +https} followed the scheme
 * @param target what stands between the scheme and the question mark, without leading slashes
 * @param parameters percent-decoded, in their order
 */
public record RegistryUri(
    String scheme, boolean tls, String target, Map<String, String> parameters) {
  private static final Pattern FORM =
      Pattern.compile("([a-z][a-z0-9-]*)(\\+https)?:(?://)?([^?\\s]*)(?:\\?(\\S*))?");
  private static final Pattern SECRET =
      Pattern.compile(".*(token|secret|password|key).*", Pattern.CASE_INSENSITIVE);
  private static final Pattern USER_INFO = Pattern.compile("^[^/@,;=]*:[^/@,;=]*@");

  /** Copies the parameters. */
  public RegistryUri {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Reads a URI.
   *
   * @throws IllegalArgumentException saying what was expected; the value is not repeated, since it
   *     may hold a secret
   */
  public static RegistryUri parse(String uri) {
    Matcher form = FORM.matcher(uri.strip());
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "registry URI: not understood (expected: scheme:target?key=value, such as inmemory: or"
              + " static:orders=10.0.0.1:80)");
    }
    String query = form.group(4) == null ? "" : form.group(4);
    return new RegistryUri(
        form.group(1), form.group(2) != null, form.group(3), parseParameters(query));
  }

  private static Map<String, String> parseParameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      } else if (!pair.isEmpty()) {
        throw new IllegalArgumentException(
            "registry URI: a parameter without a name or value (expected: key=value)");
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // not as the cause: its message repeats the value
      throw new IllegalArgumentException(
          "registry URI: a bad escape in a parameter (expected: a percent sign and two hex digits)");
    }
  }

  /** The URI, with secrets replaced by {@code ***}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(scheme).append(tls ? "+https:" : ":");
    text.append(USER_INFO.matcher(target).replaceFirst("***@"));
    char separator = '?';
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      boolean secret = SECRET.matcher(parameter.getKey()).matches();
      text.append(separator).append(parameter.getKey()).append('=');
      text.append(secret ? "***" : parameter.getValue());
      separator = '&';
    }
    return text.toString();
  }
}
