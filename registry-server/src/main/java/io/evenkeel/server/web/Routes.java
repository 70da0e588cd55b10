package io.evenkeel.server.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which handler answers a method and path. A template is made of literal segments, variables
 * ({@code :id}, one segment that is not empty) and, at its end, a tail ({@code *id}, one segment or
 * more with the slashes between them). Paths are percent-decoded before they are cut at slashes.
 * The first template that fits wins. Built before the server listens.
 */
public final class Routes {

  /**
   * A route.
   *
   * @param open whether it is served without a token; no route is unless it says so
   */
  public record Route(String method, List<String> template, boolean open, Handler handler) {}

  /** What a path leads to: a route, or the methods that it has. */
  public record Match(@Nullable Route route, Map<String, String> variables, List<String> allowed) {}

  private final List<Route> routes = new ArrayList<>();

  /** Adds a route for one method, or several separated by {@code |}. */
  public Routes on(String methods, String template, Handler handler) {
    return add(methods, template, false, handler);
  }

  /** Adds a route that needs no token: liveness probes, and nothing that tells of instances. */
  public Routes open(String methods, String template, Handler handler) {
    return add(methods, template, true, handler);
  }

  private Routes add(String methods, String template, boolean open, Handler handler) {
    for (String method : methods.split("\\|", -1)) {
      routes.add(new Route(method, segments(template), open, handler));
    }
    return this;
  }

  /** Every route, for tests that try them all. */
  public List<Route> all() {
    return List.copyOf(routes);
  }

  /**
   * Finds the route of a raw path.
   *
   * @throws IllegalArgumentException when a percent escape is broken
   */
  public Match match(String method, String rawPath) {
    List<String> path = segments(decode(rawPath));
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> variables = variables(route.template(), path);
      if (variables != null && route.method().equals(method)) {
        return new Match(route, variables, List.of());
      }
      if (variables != null) {
        allowed.add(route.method());
      }
    }
    return new Match(null, Map.of(), List.copyOf(allowed));
  }

  /** Whether a raw path has a route for some method. */
  boolean leadSomewhere(String rawPath) {
    List<String> path = segments(decode(rawPath));
    return routes.stream().anyMatch(route -> variables(route.template(), path) != null);
  }

  private static @Nullable Map<String, String> variables(List<String> template, List<String> path) {
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < template.size(); i++) {
      String wanted = template.get(i);
      if (wanted.startsWith("*") && path.size() > i) {
        found.put(wanted.substring(1), String.join("/", path.subList(i, path.size())));
        return found;
      }
      if (i >= path.size() || (wanted.startsWith(":") && path.get(i).isEmpty())) {
        return null;
      }
      if (wanted.startsWith(":")) {
        found.put(wanted.substring(1), path.get(i));
      } else if (!wanted.equals(path.get(i))) {
        return null;
      }
    }
    return template.size() == path.size() ? found : null;
  }

  private static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  private static String decode(String rawPath) {
    return rawPath.indexOf('%') < 0
        ? rawPath
        : URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
