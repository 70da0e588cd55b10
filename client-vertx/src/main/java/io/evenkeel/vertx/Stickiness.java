package io.evenkeel.vertx;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What keeps the requests of one user on one instance, for a program that forwards them:
 *
 * <pre>{@code
 * Session session = stickiness.of(incoming);
 * client.get("orders", "/cart").session(session).send()
 *     .onSuccess(answer -> {
 *       session.cookie().ifPresent(incoming.response()::addCookie);
 *       incoming.response().end(answer.body());
 *     });
 * }</pre>
 *
 * <p>By cookie: the instance that answers first serves the session while it is in rotation,
 * whatever the strategy; when it leaves, is ejected or fails, the strategy chooses another one and
 * the cookie is renewed. The cookie holds the instance's id, sealed: who carries it can neither
 * read nor forge it. Nothing is kept here, so sessions cost no memory. Use one name for each
 * service.
 *
 * <p>By header: its value is the key of the request, for a strategy that keeps calls with the same
 * key together, such as {@code consistent-hashing}; others ignore it.
 *
 * <p>Immutable; safe from any thread.
 */
public final class Stickiness {
  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"); // RFC 9110
  private static final int SHORTEST_SECRET = 16;

  private final String name;
  private final @Nullable Seal seal; // null when it is by header

  private Stickiness(String name, @Nullable Seal seal) {
    if (!TOKEN.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: " + name + " (expected: one that a header or cookie may have)");
    }
    this.name = name;
    this.seal = seal;
  }

  /**
   * By a cookie of this name. Only this object understands its own cookies: after a restart, or in
   * another process, the session begins again on whichever instance is chosen.
   */
  public static Stickiness cookie(String name) {
    return new Stickiness(name, Seal.random(name));
  }

  /**
   * By a cookie of this name which all understand that know the secret.
   *
   * @param secret at least 16 characters that nobody guesses
   */
  public static Stickiness cookie(String name, String secret) {
    if (secret.length() < SHORTEST_SECRET) {
      throw new IllegalArgumentException(
          "secret: of " + secret.length() + " characters (expected: at least 16)");
    }
    return new Stickiness(name, Seal.of(secret, name));
  }

  /** By a header of this name. */
  public static Stickiness header(String name) {
    return new Stickiness(name, null);
  }

  /** The session that a user's request belongs to, be it a new one. */
  public Session of(HttpServerRequest request) {
    if (seal == null) {
      return of(request.getHeader(name));
    }
    Cookie cookie = request.getCookie(name);
    return of(cookie == null ? null : cookie.getValue());
  }

  /** The session with this value of the cookie or header; null or blank for a new one. */
  public Session of(@Nullable String value) {
    String known = value == null || value.isBlank() ? null : value;
    return seal == null
        ? Session.byKey(known)
        : Session.byInstance(name, seal, known == null ? null : seal.open(known));
  }
}
