package io.evenkeel.vertx;

import io.evenkeel.loadbalancer.call.Call;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user's session, as one request of it was recognized by {@link Stickiness}. Made for each
 * request, handed to {@link ServiceRequest#session}, and asked for its cookie when that was
 * answered. Safe from any thread.
 */
public final class Session {
  private final String name; // of the cookie
  private final @Nullable Seal seal; // null when it goes by key
  private final @Nullable String known; // the key, or the id of the instance, as the request said
  private volatile @Nullable String latest; // the id of the instance that was asked last

  private Session(String name, @Nullable Seal seal, @Nullable String known) {
    this.name = name;
    this.seal = seal;
    this.known = known;
  }

  static Session byKey(@Nullable String key) {
    return new Session("", null, key);
  }

  static Session byInstance(String cookieName, Seal seal, @Nullable String instanceId) {
    return new Session(cookieName, seal, instanceId);
  }

  Call appliedTo(Call call) {
    return seal == null ? call.withKey(known) : call.withPreferred(known);
  }

  void sentTo(String instanceId) {
    latest = instanceId;
  }

  /**
   * The cookie to send to the user: when another instance has answered than the user's request
   * named. None when nothing has changed, nothing was sent, or the session goes by header. It is
   * for the whole site, not readable by scripts and not sent along from other sites' forms; what it
   * has beyond that, such as {@code setSecure}, can be set.
   */
  public Optional<Cookie> cookie() {
    String answered = latest;
    if (seal == null || answered == null || answered.equals(known)) {
      return Optional.empty();
    }
    return Optional.of(
        Cookie.cookie(name, seal.seal(answered))
            .setPath("/")
            .setHttpOnly(true)
            .setSameSite(CookieSameSite.LAX));
  }
}
