package io.evenkeel.server.web;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may call. A token comes as Consul's precedence has it: {@code ?token=}, {@code
 * X-Consul-Token}, {@code Authorization: Bearer}; and as {@code X-Service-Key}. Digests are
 * compared, all of them and each in constant time, so that timing tells nothing of a token.
 */
public final class Access {
  private static final class Credential {
    private final byte[] digest;
    private final String owner;

    Credential(byte[] digest, String owner) {
      this.digest = digest;
      this.owner = owner;
    }
  }

  private final List<Credential> credentials = new ArrayList<>();

  /** Lets in who has one of the tokens, and everyone when there are none. */
  public Access(Map<String, String> ownersByToken) {
    ownersByToken.forEach((token, owner) -> credentials.add(new Credential(digest(token), owner)));
  }

  /** The caller's name; empty where no tokens are asked for, and no value for a stranger. */
  Optional<String> owner(HttpServerRequest request) {
    if (credentials.isEmpty()) {
      return Optional.of("");
    }
    String token = token(request);
    return token == null ? Optional.empty() : owner(digest(token));
  }

  /** Whether a token was given at all: then a stranger is forbidden rather than asked for one. */
  boolean hasToken(HttpServerRequest request) {
    return token(request) != null;
  }

  private Optional<String> owner(byte[] digest) {
    String owner = null;
    for (Credential credential : credentials) {
      if (MessageDigest.isEqual(credential.digest, digest)) {
        owner = credential.owner;
      }
    }
    return Optional.ofNullable(owner);
  }

  private static @Nullable String token(HttpServerRequest request) {
    String token = request.getParam("token");
    if (token == null) {
      token = request.getHeader("X-Consul-Token");
    }
    if (token == null) {
      token = request.getHeader("X-Service-Key");
    }
    String bearer = request.getHeader("Authorization");
    if (token == null && bearer != null && bearer.regionMatches(true, 0, "Bearer ", 0, 7)) {
      token = bearer.substring(7).strip();
    }
    return token;
  }

  private static byte[] digest(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
