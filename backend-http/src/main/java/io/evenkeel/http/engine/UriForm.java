package io.evenkeel.http.engine;

import java.util.List;
import java.util.Set;

/**
 * What the URI of a dialect may hold besides what all have.
 *
 * @param port when the URI names none
 * @param basePath whether a path may follow the addresses
 * @param secrets parameters whose values are sent as headers
 * @param own further parameters, which the dialect reads itself
 */
public record UriForm(int port, boolean basePath, List<Secret> secrets, Set<String> own) {
  /** Copies the lists. */
  public UriForm {
    secrets = List.copyOf(secrets);
    own = Set.copyOf(own);
  }

  /**
   * A parameter whose value is sent as a header and shown nowhere.
   *
   * @param before stands before the value in the header
   */
  public record Secret(String parameter, String header, String before) {}

  /** {@code token}, sent as a bearer token. */
  public static Secret bearerToken() {
    return new Secret("token", "Authorization", "Bearer ");
  }
}
