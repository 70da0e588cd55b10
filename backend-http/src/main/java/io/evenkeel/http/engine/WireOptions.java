package io.evenkeel.http.engine;

import io.evenkeel.registry.RegistryUri;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a registry's URI says about the wire: {@code
 * scheme[+https]://host[:port][,host2[:port]][/base/path]} and the parameters {@code timeout} (a
 * time such as {@code 500ms} or {@code 5s}, 3 s unless said), {@code ca} (a PEM file that alone is
 * trusted), {@code allow-link-local} and those of the dialect. Eight components, since it is the
 * URI taken apart.
 *
 * @param name the URI without secrets
 * @param origins where the registry listens, in the order to try
 * @param basePath before every path, empty or from / and without one at its end
 * @param timeout of a call, from its first address to the last byte of its answer
 * @param secretHeaders sent with every request and shown nowhere
 * @param ca the certificates to trust, null for those of the JDK
 * @param own the dialect's parameters that are there
 */
public record WireOptions(
    String name,
    List<HostAndPort> origins,
    boolean tls,
    String basePath,
    Duration timeout,
    boolean allowLinkLocal,
    Map<String, String> secretHeaders,
    @Nullable Buffer ca,
    Map<String, String> own) {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(3);
  private static final List<String> COMMON = List.of("timeout", "ca", "allow-link-local");
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)");
  private static final Pattern BASE_PATH = Pattern.compile("(/[A-Za-z0-9._~:@!$&'()*+,;=%-]+)*/?");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]+");

  /** Copies the lists. */
  public WireOptions {
    origins = List.copyOf(origins);
    secretHeaders = Map.copyOf(secretHeaders);
    own = Map.copyOf(own);
  }

  /**
   * Reads a URI.
   *
   * @throws IllegalArgumentException naming the part that is not understood, and no secret
   */
  public static WireOptions read(RegistryUri uri, UriForm form) {
    checkNames(uri, form);
    int slash = uri.target().indexOf('/');
    String addresses = slash < 0 ? uri.target() : uri.target().substring(0, slash);
    String path = slash < 0 ? "" : uri.target().substring(slash);
    if (!BASE_PATH.matcher(path).matches() || path.contains("/..")) {
      throw refused(uri, "path", "a plain path such as /registry");
    }
    if (!form.basePath() && path.length() > 1) {
      throw refused(uri, "path", "none, since its clients know only host and port");
    }
    Map<String, String> own = new LinkedHashMap<>(uri.parameters());
    own.keySet().retainAll(form.own());
    return new WireOptions(
        uri.toString(),
        Stream.of(addresses.split(",", -1)).map(text -> origin(uri, text, form.port())).toList(),
        uri.tls(),
        path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
        timeout(uri),
        isAllowed(uri),
        secretHeaders(uri, form),
        ca(uri),
        own);
  }

  private static void checkNames(RegistryUri uri, UriForm form) {
    TreeSet<String> known = new TreeSet<>(COMMON);
    known.addAll(form.own());
    form.secrets().forEach(secret -> known.add(secret.parameter()));
    for (String name : uri.parameters().keySet()) {
      if (!known.contains(name)) {
        throw refused(uri, "parameter " + ServerText.shown(name), "one of " + known);
      }
    }
  }

  /** A refused address is not repeated: it may begin with a password. */
  private static HostAndPort origin(RegistryUri uri, String text, int usualPort) {
    HostAndPort parsed = HostAndPort.parseAuthority(text, usualPort);
    if (parsed == null || parsed.host().isEmpty() || parsed.port() < 1 || parsed.port() > 65_535) {
      throw refused(uri, "address", "host:port[,host2:port], an IPv6 address in brackets");
    }
    return HostAndPort.create(HttpUrl.withoutBrackets(parsed.host()), parsed.port());
  }

  private static Duration timeout(RegistryUri uri) {
    String text = uri.parameters().get("timeout");
    if (text == null) {
      return USUAL_TIMEOUT;
    }
    Matcher form = TIME.matcher(text);
    if (!form.matches() || Long.parseLong(form.group(1)) == 0) {
      throw refused(
          uri, "timeout=" + ServerText.shown(text), "a time such as 500ms, 5s or 1m, above 0");
    }
    long count = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(count);
      case "s" -> Duration.ofSeconds(count);
      default -> Duration.ofMinutes(count);
    };
  }

  private static boolean isAllowed(RegistryUri uri) {
    String text = uri.parameters().getOrDefault("allow-link-local", "false");
    if (!text.equals("true") && !text.equals("false")) {
      throw refused(uri, "allow-link-local=" + ServerText.shown(text), "true or false");
    }
    return text.equals("true");
  }

  private static Map<String, String> secretHeaders(RegistryUri uri, UriForm form) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (UriForm.Secret secret : form.secrets()) {
      String value = uri.parameters().get(secret.parameter());
      if (value != null && !HEADER_VALUE.matcher(value).matches()) {
        throw refused(uri, secret.parameter(), "printable ASCII without blanks; not shown here");
      }
      if (value != null) {
        headers.put(secret.header(), secret.before() + value);
      }
    }
    return headers;
  }

  private static @Nullable Buffer ca(RegistryUri uri) {
    String file = uri.parameters().get("ca");
    if (file == null) {
      return null;
    }
    if (!uri.tls()) {
      throw refused(uri, "ca", "only with +https after the scheme");
    }
    try {
      return Buffer.buffer(Files.readAllBytes(Path.of(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          uri.scheme() + ": ca=" + file + " (expected: a PEM file that can be read)", e);
    }
  }

  private static IllegalArgumentException refused(RegistryUri uri, String what, String expected) {
    return new IllegalArgumentException(
        uri.scheme() + ": " + what + " (expected: " + expected + ")");
  }

  /** The URI without secrets. */
  @Override
  public String toString() {
    return name;
  }
}
